package org.accordhie.vocabulary;

import org.jspecify.annotations.Nullable;

/** The code systems of security labels other than confidentiality. Source: FHIR R4 security labels. */
public final class SecurityLabel {

    /** HL7 v3 ActCode, which holds the sensitivities. */
    public static final String SENSITIVITY_SYSTEM = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

    /** HL7 v3 ObservationValue, which holds what was done to a resource. */
    public static final String INTEGRITY_SYSTEM = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";

    /** The resource is not whole. */
    public static final String SUBSETTED = "SUBSETTED";

    /** Something was taken out of the resource for its protection. */
    public static final String REDACTED = "REDACTED";

    /** Says that elements carry labels, and is none itself. Source: HL7 DS4P 1.0.0. */
    public static final String HAS_INLINE_LABELS = "PROCESSINLINELABEL";

    private SecurityLabel() {}

    /** Whether a coding is a sensitivity. */
    public static boolean isSensitivity(@Nullable String system, @Nullable String code) {
        return SENSITIVITY_SYSTEM.equals(system) && code != null && !code.equals(HAS_INLINE_LABELS);
    }

    /** Whether a coding says that the resource is not whole. */
    public static boolean isPartial(@Nullable String system, @Nullable String code) {
        return INTEGRITY_SYSTEM.equals(system) && (SUBSETTED.equals(code) || REDACTED.equals(code));
    }
}
