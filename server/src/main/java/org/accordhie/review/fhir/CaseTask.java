package org.accordhie.review.fhir;

import java.time.Duration;
import java.util.Date;
import org.accordhie.review.Review;
import org.accordhie.review.Step;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.Type;

/** Writes the review of an emergency as a FHIR Task. It is made for the answer, and stored nowhere as such. */
public final class CaseTask {

    private static final String CODE = "review-emergency-access";

    private CaseTask() {}

    /**
     * The task.
     *
     * @param window how long the emergency lasted
     * @param events how many reads there were in it
     */
    public static Task of(Review review, Duration window, int events) {
        var emergency = review.emergency();
        var requester = emergency.requester();
        var task = new Task();
        task.setId(emergency.id().toString());
        task.getMeta().setVersionId(String.valueOf(review.version()));
        task.setStatus(status(review));
        task.setBusinessStatus(new CodeableConcept().setText(review.state().code()));
        task.setIntent(TaskIntent.ORDER);
        task.setCode(new CodeableConcept().setText(CODE));
        task.setFor(new Reference(emergency.patient()));
        task.setAuthoredOn(Date.from(emergency.opened()));
        input(task, "organization", new Reference(requester.organization()));
        input(task, "client", new StringType(requester.client()));
        if (requester.user() != null) {
            input(task, "user", new Reference(requester.user()));
        }
        input(task, "reason", new StringType(emergency.reason()));
        input(task, "end", new DateTimeType(Date.from(emergency.opened().plus(window))));
        input(task, "reads", new IntegerType(events));
        review.steps().forEach(step -> say(task, step));
        return task;
    }

    private static TaskStatus status(Review review) {
        return switch (review.state()) {
            case OPEN -> TaskStatus.REQUESTED;
            case FOLLOW_UP -> TaskStatus.INPROGRESS;
            case AWAITING_CONFIRMATION -> TaskStatus.ONHOLD;
            case JUSTIFIED, UNJUSTIFIED -> TaskStatus.COMPLETED;
        };
    }

    private static void input(Task task, String name, Type value) {
        task.addInput().setType(new CodeableConcept().setText(name)).setValue(value);
    }

    private static void say(Task task, Step step) {
        task.addNote()
                .setAuthor(new Reference(step.officer().name()))
                .setTime(Date.from(step.at()))
                .setText(step.comment());
        task.addOutput().setType(new CodeableConcept().setText("outcome")).setValue(new StringType(step.verdict()));
        task.setLastModified(Date.from(step.at()));
    }
}
