package org.accordhie.consent;

/** What a rule says when it applies. Source: FHIR R4 {@code Consent.provision.type}. */
public enum Effect {
    PERMIT,
    DENY
}
