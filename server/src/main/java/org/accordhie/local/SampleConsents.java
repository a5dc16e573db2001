package org.accordhie.local;

import ca.uhn.fhir.rest.param.TokenParam;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.SecurityLabel;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Reference;

/** What five people of the sample have agreed to, one for each effect; the others have said nothing. */
final class SampleConsents {

    private static final String PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    private static final String SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope";
    private static final String LOINC = "http://loinc.org";

    /** All that the shipped rules find: a note that tells of two is covered by a permission that names both. */
    private static final List<String> EVERY_LABEL =
            List.of("COGN", "DVD", "ETH", "GDIS", "GENDER", "HIV", "PSY", "SCA", "SDV", "SEX", "STD", "VIO");

    /** Finds patients' consents. */
    static final TokenParam SCOPE_TOKEN = new TokenParam(SCOPE, "patient-privacy");

    /** By Synthea's identifier of the person. */
    static final Map<String, Wish> WISHES = Map.of(
            "6434e526-d5c3-3094-5b1c-9249ce1e0182",
            new Wish("share everything, substance use treatment included", SampleConsents::everything),
            "023d7eb6-99db-5345-9a81-a69b58d5216a",
            new Wish("share, but not with Riverside Clinic", SampleConsents::notRiverside),
            "88f9105e-d08b-55af-597a-337c00ce8dd0",
            new Wish("share, but not mental health", SampleConsents::notMentalHealth),
            "293db2fb-46f5-ad3e-6563-e8274f2c7872",
            new Wish("research only", SampleConsents::researchOnly));

    private SampleConsents() {}

    /**
     * A wish.
     *
     * @param summary in a few words
     * @param provision says it in a consent's root provision
     */
    record Wish(String summary, Consumer<ProvisionComponent> provision) {}

    static Consent consent(Wish wish, String patient) {
        var consent = new Consent();
        consent.addIdentifier().setSystem("urn:accord:sample-consent").setValue(patient);
        consent.setStatus(ConsentState.ACTIVE);
        consent.setScope(new CodeableConcept(new Coding(SCOPE, "patient-privacy", null)));
        consent.addCategory(new CodeableConcept(new Coding(LOINC, "59284-0", null)));
        consent.setPatient(new Reference(patient));
        consent.setPolicyRule(new CodeableConcept(new Coding(SecurityLabel.SENSITIVITY_SYSTEM, "OPTIN", null)));
        wish.provision().accept(consent.getProvision());
        return consent;
    }

    private static void everything(ProvisionComponent root) {
        root.setType(ConsentProvisionType.PERMIT);
        var named = root.addProvision().setType(ConsentProvisionType.PERMIT);
        for (var sensitivity : EVERY_LABEL) {
            named.addSecurityLabel(new Coding(SecurityLabel.SENSITIVITY_SYSTEM, sensitivity, null));
        }
    }

    private static void notRiverside(ProvisionComponent root) {
        root.setType(ConsentProvisionType.PERMIT);
        root.addProvision()
                .setType(ConsentProvisionType.DENY)
                .addActor()
                .setRole(new CodeableConcept(new Coding(PARTICIPATION, "IRCP", null)))
                .setReference(new Reference("Organization/riverside-clinic"));
    }

    private static void notMentalHealth(ProvisionComponent root) {
        root.setType(ConsentProvisionType.PERMIT);
        root.addProvision()
                .setType(ConsentProvisionType.DENY)
                .addSecurityLabel(new Coding(SecurityLabel.SENSITIVITY_SYSTEM, "PSY", null));
    }

    private static void researchOnly(ProvisionComponent root) {
        root.setType(ConsentProvisionType.DENY);
        Function<PurposeOfUse, Coding> coding = purpose -> new Coding(PurposeOfUse.SYSTEM, purpose.name(), null);
        root.addProvision().setType(ConsentProvisionType.PERMIT).addPurpose(coding.apply(PurposeOfUse.HRESCH));
    }
}
