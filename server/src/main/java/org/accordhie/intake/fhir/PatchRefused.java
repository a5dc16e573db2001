package org.accordhie.intake.fhir;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import org.accordhie.intake.PatchPath;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;

/** A patch of which nothing was carried out, with the operation that is at fault and its path. */
public final class PatchRefused extends UnprocessableEntityException {

    private static final long serialVersionUID = 1L;

    /** One operation is at fault. */
    PatchRefused(int operation, String path, String said) {
        this(operation, path, said, null);
    }

    /** One operation is at fault; what its cause says may hold what is stored, and is not told. */
    PatchRefused(int operation, String path, String said, @Nullable Throwable cause) {
        super("the patch cannot be applied", outcome("operation " + (operation + 1) + where(path) + " " + said));
        initCause(cause);
    }

    /** The whole is at fault. */
    PatchRefused(String said) {
        super("the patch cannot be applied", outcome(said));
    }

    /** The operation, its path and what is wrong. */
    public String said() {
        return ((OperationOutcome) getOperationOutcome()).getIssueFirstRep().getDiagnostics();
    }

    private static String where(String path) {
        var told = PatchPath.told(path);
        return told.isEmpty() ? "" : " at `" + told + "`";
    }

    private static OperationOutcome outcome(String said) {
        var outcome = new OperationOutcome();
        outcome.addIssue()
                .setSeverity(IssueSeverity.ERROR)
                .setCode(IssueType.PROCESSING)
                .setDiagnostics(said);
        return outcome;
    }
}
