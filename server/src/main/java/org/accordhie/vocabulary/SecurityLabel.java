package org.accordhie.vocabulary;

/** The code systems of security labels other than confidentiality. Source: FHIR R4 security labels. */
public final class SecurityLabel {

    /** HL7 v3 ActCode, which holds the sensitivities. */
    public static final String SENSITIVITY_SYSTEM = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

    private SecurityLabel() {}
}
