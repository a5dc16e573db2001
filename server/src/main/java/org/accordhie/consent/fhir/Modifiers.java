package org.accordhie.consent.fhir;

import org.hl7.fhir.r4.model.BackboneElement;
import org.hl7.fhir.r4.model.Consent;

/** Refuses what changes the meaning of a consent in a way unknown here. Source: FHIR R4, modifier elements. */
final class Modifiers {

    private static final String UNKNOWN = "changes the meaning in a way unknown here";

    private Modifiers() {}

    static void check(Consent consent, Problems problems) {
        if (consent.hasImplicitRules()) {
            problems.add("Consent.implicitRules", UNKNOWN);
        }
        if (consent.hasModifierExtension()) {
            problems.add("Consent.modifierExtension", UNKNOWN);
        }
        for (var policy : consent.getPolicy()) {
            check(policy, "Consent.policy", problems);
        }
        for (var verification : consent.getVerification()) {
            check(verification, "Consent.verification", problems);
        }
    }

    static void check(BackboneElement element, String path, Problems problems) {
        if (element.hasModifierExtension()) {
            problems.add(path + ".modifierExtension", UNKNOWN);
        }
    }
}
