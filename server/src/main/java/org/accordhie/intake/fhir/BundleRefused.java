package org.accordhie.intake.fhir;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** A push of which nothing was stored, with every problem found: the entry, the path and what is wrong. */
public final class BundleRefused extends UnprocessableEntityException {

    private static final long serialVersionUID = 1L;

    /** With everything that was found. */
    public BundleRefused(List<Problem> problems) {
        super("the bundle cannot be stored", outcome(problems));
    }

    private static OperationOutcome outcome(List<Problem> problems) {
        var outcome = new OperationOutcome();
        problems.forEach(problem -> outcome.addIssue()
                .setSeverity(IssueSeverity.ERROR)
                .setCode(problem.type())
                .setDiagnostics(problem.said())
                .addExpression(problem.path()));
        return outcome;
    }

    /**
     * One thing that is wrong.
     *
     * @param type the kind of issue
     * @param path where, as a FHIRPath expression on the bundle
     * @param said what, without any value of the resource
     */
    public record Problem(IssueType type, String path, String said) {}
}
