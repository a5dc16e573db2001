package org.accordhie.smart.fhir;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** An Organization that cannot be a partner as it is written, with every problem found. */
public final class RegistrationRefused extends UnprocessableEntityException {

    private static final long serialVersionUID = 1L;

    RegistrationRefused(List<Problem> problems) {
        super("the organization cannot be registered", outcome(problems));
    }

    private static OperationOutcome outcome(List<Problem> problems) {
        var outcome = new OperationOutcome();
        problems.forEach(problem -> outcome.addIssue()
                .setSeverity(IssueSeverity.ERROR)
                .setCode(IssueType.BUSINESSRULE)
                .setDiagnostics("`" + problem.path() + "` " + problem.said())
                .addExpression(problem.path()));
        return outcome;
    }

    /**
     * One thing that is wrong.
     *
     * @param path where, as a FHIRPath expression on the Organization
     * @param said what
     */
    record Problem(String path, String said) {}
}
