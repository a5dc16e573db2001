package org.accordhie.fhirserver;

import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;

/**
 * What was asked for by its id is not there for this requester, whether it was ever stored or not. It answers like every absence;
 * the audit trail keeps what it was decided with.
 */
public final class NotReleased extends ResourceNotFoundException {

    private static final long serialVersionUID = 1L;

    private final String evidence;

    /**
     * An absence.
     *
     * @param evidence what it was decided with, as JSON
     * @param absent what storage said
     */
    public NotReleased(String evidence, ResourceNotFoundException absent) {
        super("not found");
        this.evidence = evidence;
        initCause(absent);
    }

    /** What it was decided with, as JSON. */
    public String evidence() {
        return evidence;
    }
}
