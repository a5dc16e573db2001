package org.accordhie.consent.fhir;

import static org.accordhie.consent.fhir.Consents.concept;
import static org.accordhie.consent.fhir.Consents.deny;
import static org.accordhie.consent.fhir.Consents.permit;
import static org.accordhie.consent.fhir.Consents.permitting;
import static org.accordhie.consent.fhir.Consents.with;
import static org.accordhie.consent.fhir.Consents.withActor;
import static org.accordhie.consent.fhir.Consents.withPurpose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.util.FhirContextSearchParamRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.accordhie.consent.HardRule;
import org.accordhie.consent.NamedElement;
import org.accordhie.vocabulary.SecurityLabel;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("elements that a policy names")
class NamedElementsTest {

    private static final String FIRST = "Consent.provision.provision[0]";

    private final SoughtElements sought =
            new SoughtElements(new FhirContextSearchParamRegistry(FhirContext.forR4Cached()));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient.telecom",
                "Patient.address.line",
                "Patient.contact.name.family",
                "Patient.birthDate",
                "Patient.deceased",
                "Patient.text",
                "Patient.identifier",
                "Patient.generalPractitioner",
                "Observation.value",
                "Observation.component",
                "Observation.code.text",
                "Condition.note",
                "Claim.diagnosis"
            })
    void canBeTakenOut(String name) throws UnenforceableConsent {
        assertThat(read(removing(permit(), name)).removals())
                .flatExtracting(each -> each.elements())
                .extracting(NamedElement::toString)
                .containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient",
                "telecom",
                "Patient.",
                "Patient.telecom[0]",
                "Patient.nothing",
                "Patient.telecom.nothing",
                "Patient.birthDate.year",
                "Nothing.telecom",
                "Observation.value.unit",
                "Observation.value[x]",
                "Patient.id",
                "Patient.name.id",
                "Patient.meta",
                "Patient.meta.source",
                "Patient.contained",
                "Patient.extension",
                "Patient.implicitRules",
                "Observation.status",
                "Observation.code",
                "Observation.component.code",
                "Patient.link",
                "Patient.link.type",
                "Observation.subject",
                "Observation.subject.display",
                "Observation.performer",
                "Observation.focus",
                "Condition.note.text",
                "MedicationRequest.reported",
                "RelatedPerson.patient",
                "Organization.telecom",
                "Consent.category"
            })
    void areRefusedWhereTheyMustStayOrDoNotExist(String name) {
        assertRefused(FIRST + ".extension[0]", with(removing(permit(), name)));
    }

    static Stream<Arguments> misplaced() {
        var named = "Patient.telecom";
        var denied = permitting();
        denied.addExtension(ElementRuleReader.REDACT, new StringType(named));
        return Stream.of(
                arguments("Consent.extension", denied),
                arguments(FIRST + ".extension", with(removing(deny(), named))),
                arguments(FIRST, with(removing(permit().addClass_(new Coding(null, "Patient", null)), named))),
                arguments(
                        FIRST,
                        with(removing(
                                permit().addSecurityLabel(new Coding(SecurityLabel.SENSITIVITY_SYSTEM, "ETH", null)),
                                named))),
                arguments(FIRST + ".provision", with(removing(permit().addProvision(deny()), named))),
                arguments(
                        FIRST + ".provision[0]",
                        with(deny().addClass_(new Coding(null, "Patient", null))
                                .addProvision(removing(permit(), named)))),
                arguments(FIRST + ".extension[0]", with(removing(permit(), new Coding(null, named, null)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misplaced")
    void areRefusedWhereMoreThanTheRequestWouldCount(String path, Consent consent) {
        assertRefused(path, consent);
    }

    @Test
    void areTakenOutForWhomTheProvisionAndThoseAboveItSpeakTo() throws UnenforceableConsent {
        var inner = removing(withPurpose(permit(), "HRESCH"), "Patient.telecom", "Patient.address");
        var rule = read(withActor(deny(), "IRCP", "Organization/a").addProvision(inner));

        assertThat(rule.removals()).singleElement().satisfies(each -> {
            assertThat(each.criteria()).hasSize(2);
            assertThat(each.criteria().get(0).recipients()).containsExactly("Organization/a");
            assertThat(each.criteria().get(1).purposes()).hasSize(1);
            assertThat(each.elements()).hasSize(2);
        });
    }

    @Test
    void areNothingThatAPatientsConsentCanName() {
        assertThatThrownBy(() -> new ConsentReader().check(with(removing(permit(), "Patient.telecom"))))
                .isInstanceOfSatisfying(
                        UnenforceableConsent.class,
                        refusal -> assertThat(refusal.path()).isEqualTo(FIRST + ".extension"));
    }

    @Test
    void areFoundInContainedResourcesAndWhateverTheirType() {
        var contained = new Patient();
        contained.addTelecom().setValue("2");
        var observation = new Observation().setValue(new Quantity(5)).setSubject(new Reference("#p"));
        observation.addContained(contained);
        var patient = new Patient();
        patient.addContact().addTelecom().setValue("3");

        assertThat(NamedElements.in(observation, named("Patient.telecom", "Observation.value")))
                .containsExactlyInAnyOrder(observation.getValue(), contained.getTelecomFirstRep());
        assertThat(NamedElements.in(patient, named("Patient.contact.telecom"))).hasSize(1);
        assertThat(NamedElements.concern(patient, named("Patient.telecom"))).isFalse();
        patient.getText().setDivAsString("<div>3</div>");
        assertThat(NamedElements.concern(patient, named("Patient.telecom"))).isTrue();
        assertThat(NamedElements.concern(patient, named("Condition.note"))).isFalse();
    }

    @ParameterizedTest(name = "{0}?{1}={2} {3}")
    @CsvSource({
        "Patient, phone, 1, true",
        "Patient, phone:missing, true, true",
        "Patient, telecom, 1, true",
        "Patient, family, x, true",
        "Patient, name, x, true",
        "Patient, given, x, false",
        "Patient, address, x, false",
        "Patient, birthdate, 2000, false",
        "Patient, _id, 1, false",
        "Patient, _count, 1, false",
        "Patient, _sort, birthdate, false",
        "Patient, _sort, 'birthdate,-phone', true",
        "Patient, _include, Patient:general-practitioner, true",
        "Patient, _include:iterate, Patient:general-practitioner, true",
        "Patient, _include, Patient:link, false",
        "Patient, _include, *, true",
        "Patient, _include, Patient:*, true",
        "Observation, _include, Observation:*, false",
        "Practitioner, _revinclude, Patient:general-practitioner, true",
        "Observation, patient.phone, 1, true",
        "Observation, subject.phone, 1, true",
        "Observation, subject:Patient.phone, 1, true",
        "Observation, subject:Group.code, 1, false",
        "Observation, subject:missing.phone, 1, true",
        "Observation, patient._text, 1, true",
        "Observation, patient._id, 1, false",
        "Observation, encounter.subject.phone, 1, true",
        "Observation, patient.general-practitioner.name, 1, true",
        "Encounter, _has:Observation:encounter:patient.phone, 1, true",
        "Encounter, _has:Observation:encounter:code, 1, false",
        "Practitioner, _has:Patient:general-practitioner:birthdate, 1, true",
        "Group, member:Patient._has:Observation:patient:_has:Provenance:target:agent.phone, 1, true",
        "Observation, code, 1, false"
    })
    void areLookedAtByASearch(String type, String parameter, String value, boolean expected) {
        var elements = named("Patient.telecom", "Patient.name.family", "Patient.generalPractitioner");

        assertThat(sought.first(type, Map.of(parameter, new String[] {value}), elements))
                .matches(found -> found.isPresent() == expected);
    }

    @Test
    void closeParametersOfSeveralParts() {
        assertThat(sought.first(
                        "Observation",
                        Map.of("code-value-quantity", new String[] {"1$2"}),
                        named("Observation.note.text")))
                .isPresent();
        assertThat(sought.first(
                        "Observation", Map.of("value-quantity", new String[] {"2"}), named("Observation.note.text")))
                .isEmpty();
    }

    private static List<NamedElement> named(String... names) {
        return Arrays.stream(names)
                .map(name -> List.of(name.split("\\.")))
                .map(path -> new NamedElement(path.get(0), path.subList(1, path.size())))
                .toList();
    }

    private static ProvisionComponent removing(ProvisionComponent provision, String... names) {
        Arrays.stream(names).forEach(name -> removing(provision, new StringType(name)));
        return provision;
    }

    private static ProvisionComponent removing(ProvisionComponent provision, Type value) {
        provision.addExtension(ElementRuleReader.REDACT, value);
        return provision;
    }

    private static HardRule read(ProvisionComponent provision) throws UnenforceableConsent {
        return PolicyReader.read(policy(with(provision)));
    }

    private static Consent policy(Consent consent) {
        consent.setPatient(null);
        consent.setScope(concept(PolicyReader.SCOPE.system(), PolicyReader.SCOPE.code()));
        consent.addCategory(concept(PolicyReader.KINDS, "DEFAULT").setText("a rule"));
        consent.addPolicy().setUri("urn:example:law");
        return consent;
    }

    private static void assertRefused(String path, Consent consent) {
        assertThatThrownBy(() -> PolicyReader.read(policy(consent)))
                .isInstanceOfSatisfying(
                        UnenforceableConsent.class,
                        refusal -> assertThat(refusal.path()).isEqualTo(path));
    }
}
