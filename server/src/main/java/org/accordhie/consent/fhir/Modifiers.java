package org.accordhie.consent.fhir;

import org.hl7.fhir.r4.model.BackboneElement;
import org.hl7.fhir.r4.model.Consent;

/** Refuses what changes the meaning of a consent in a way unknown here. Source: FHIR R4, modifier elements. */
final class Modifiers {

    private static final String UNKNOWN = "changes the meaning in a way unknown here";

    private Modifiers() {}

    static void refuse(Consent consent) throws UnenforceableConsent {
        if (consent.hasImplicitRules()) {
            throw new UnenforceableConsent("Consent.implicitRules", UNKNOWN);
        }
        if (consent.hasModifierExtension()) {
            throw new UnenforceableConsent("Consent.modifierExtension", UNKNOWN);
        }
        for (var policy : consent.getPolicy()) {
            refuse(policy, "Consent.policy");
        }
        for (var verification : consent.getVerification()) {
            refuse(verification, "Consent.verification");
        }
    }

    static void refuse(BackboneElement element, String path) throws UnenforceableConsent {
        if (element.hasModifierExtension()) {
            throw new UnenforceableConsent(path + ".modifierExtension", UNKNOWN);
        }
    }
}
