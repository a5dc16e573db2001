package org.accordhie.consent.fhir;

import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.SecurityLabel;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Reference;

/** Parts of FHIR consents, for tests. */
final class Consents {

    static final String SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope";
    static final String ROLE = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    static final String ACTION = "http://terminology.hl7.org/CodeSystem/consentaction";

    private Consents() {}

    /** An active consent of Patient/ann, which says nothing yet. */
    static Consent consent() {
        var consent = new Consent();
        consent.setId("Consent/1/_history/2");
        consent.getMeta().setVersionId("2");
        consent.setStatus(ConsentState.ACTIVE);
        consent.setScope(concept(SCOPE, "patient-privacy"));
        consent.setPatient(new Reference("Patient/ann"));
        return consent;
    }

    static Consent withPolicyRule(String code) {
        var consent = consent();
        consent.setPolicyRule(concept(SecurityLabel.SENSITIVITY_SYSTEM, code));
        return consent;
    }

    static Consent permitting() {
        return withPolicyRule("OPTIN");
    }

    static ProvisionComponent deny() {
        return new ProvisionComponent().setType(ConsentProvisionType.DENY);
    }

    static ProvisionComponent permit() {
        return new ProvisionComponent().setType(ConsentProvisionType.PERMIT);
    }

    /** A permitting consent with one provision. */
    static Consent with(ProvisionComponent provision) {
        var consent = permitting();
        consent.getProvision().addProvision(provision);
        return consent;
    }

    static ProvisionComponent withActor(ProvisionComponent provision, String role, String reference) {
        provision.addActor().setRole(concept(ROLE, role)).setReference(new Reference(reference));
        return provision;
    }

    static ProvisionComponent withPurpose(ProvisionComponent provision, String code) {
        provision.addPurpose(new Coding(PurposeOfUse.SYSTEM, code, null));
        return provision;
    }

    static CodeableConcept concept(String system, String code) {
        return new CodeableConcept(new Coding(system, code, null));
    }
}
