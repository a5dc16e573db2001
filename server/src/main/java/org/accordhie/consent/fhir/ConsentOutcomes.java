package org.accordhie.consent.fhir;

import java.util.List;
import org.accordhie.consent.LintFinding;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** What there is to say of a consent, as OperationOutcomes: an error for what cannot be carried out, a warning for a finding. */
public final class ConsentOutcomes {

    /** The code system of the kinds of findings. */
    public static final String FINDINGS = "https://accordhie.org/fhir/CodeSystem/consent-finding";

    private ConsentOutcomes() {}

    /** An error for each thing that cannot be carried out. */
    public static OperationOutcome of(UnenforceableConsent unenforceable) {
        var outcome = new OperationOutcome();
        for (var problem : unenforceable.problems()) {
            outcome.addIssue()
                    .setSeverity(IssueSeverity.ERROR)
                    .setCode(IssueType.BUSINESSRULE)
                    .setDiagnostics(problem.said())
                    .addExpression(problem.path());
        }
        return outcome;
    }

    /** A warning for each finding, or the word that there is none. */
    public static OperationOutcome of(List<LintFinding> findings) {
        var outcome = new OperationOutcome();
        for (var finding : findings) {
            var issue = outcome.addIssue()
                    .setSeverity(IssueSeverity.WARNING)
                    .setCode(IssueType.BUSINESSRULE)
                    .setDiagnostics("`" + finding.path() + "` " + finding.said())
                    .addExpression(finding.path());
            issue.getDetails()
                    .addCoding()
                    .setSystem(FINDINGS)
                    .setCode(finding.kind().code());
        }
        if (findings.isEmpty()) {
            say(outcome, "the consent can be carried out as it is written, and nothing was found");
        }
        return outcome;
    }

    /** Adds something that is neither error nor warning. */
    public static void say(OperationOutcome outcome, String said) {
        outcome.addIssue()
                .setSeverity(IssueSeverity.INFORMATION)
                .setCode(IssueType.INFORMATIONAL)
                .setDiagnostics(said);
    }
}
