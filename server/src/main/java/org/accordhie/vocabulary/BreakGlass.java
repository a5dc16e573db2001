package org.accordhie.vocabulary;

/**
 * A declared emergency, which may pass the patient's own denials. Source: HL7 v3 ActReason, BTG.
 *
 * @param patient the one patient whose record is opened, as {@code Patient/[id]}
 * @param reason the requester's own words
 */
public record BreakGlass(String patient, String reason) {

    /** An emergency without a reason is none. */
    public BreakGlass {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("breaking the glass needs a reason");
        }
    }
}
