package org.accordhie.consent;

import java.util.Locale;

/** Where a consent is in its life. Source: FHIR R4 consent-state-codes; deleted is what became of the resource. */
public enum ConsentStatus {
    DRAFT,
    PROPOSED,
    ACTIVE,
    REJECTED,
    INACTIVE,
    ENTERED_IN_ERROR,
    DELETED;

    /** As FHIR writes it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Whether it once was the patient's word, and so stands in the place of what it replaced: what was never given, or in
     * error, replaces nothing.
     */
    boolean replacesOthers() {
        return this == ACTIVE || this == INACTIVE || this == DELETED;
    }
}
