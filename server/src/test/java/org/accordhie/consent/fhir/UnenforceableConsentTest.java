package org.accordhie.consent.fhir;

import static org.accordhie.consent.fhir.Consents.concept;
import static org.accordhie.consent.fhir.Consents.consent;
import static org.accordhie.consent.fhir.Consents.deny;
import static org.accordhie.consent.fhir.Consents.permit;
import static org.accordhie.consent.fhir.Consents.permitting;
import static org.accordhie.consent.fhir.Consents.with;
import static org.accordhie.consent.fhir.Consents.withActor;
import static org.accordhie.consent.fhir.Consents.withPolicyRule;
import static org.accordhie.consent.fhir.Consents.withPurpose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.accordhie.consent.ConsentPolicy.Uncomputable;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.SecurityLabel;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be enforced is refused at the door, and denies where it is stored already. */
@DisplayName("a consent that cannot be enforced")
class UnenforceableConsentTest {

    private static final String NESTED = "Consent.provision.provision[0]";

    private final ConsentReader reader = new ConsentReader();

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource({"ofTheRoot", "ofActors", "ofCriteria", "ofModifiers"})
    void isRefusedWithThePlaceAndDeniesIfStored(String what, String path, Consent consent) {
        assertThatThrownBy(() -> reader.check(consent))
                .as(what)
                .isInstanceOfSatisfying(UnenforceableConsent.class, refusal -> {
                    assertThat(refusal.path()).isEqualTo(path);
                    assertThat(refusal.reason()).startsWith("`" + path + "` ").isEqualTo(refusal.getMessage());
                });
        assertThat(reader.read(consent)).get().isInstanceOfSatisfying(Uncomputable.class, policy -> {
            assertThat(policy.id()).isEqualTo("Consent/1/_history/2");
            assertThat(policy.reason()).startsWith("`" + path + "` ").doesNotContain("ann");
        });
    }

    static Stream<Arguments> ofTheRoot() {
        return Stream.of(
                refused("no base", "Consent.policyRule", consent()),
                refused("an unknown base", "Consent.policyRule", withPolicyRule("EMRGONLY")),
                refused("two bases", "Consent.policyRule", twoBases()),
                refused("no scope", "Consent.scope", scoped(new CodeableConcept().setText("privacy"))),
                refused("a consent to treatment", "Consent.scope", scoped(concept(Consents.SCOPE, "treatment"))),
                refused("a scope of no system", "Consent.scope", scoped(concept("", "patient-privacy"))),
                refused("no patient", "Consent.patient", aboutPatient(new Reference())),
                refused("a patient by identifier", "Consent.patient", aboutPatient(new Reference("urn:uuid:1"))),
                refused("somebody else", "Consent.patient", aboutPatient(new Reference("Practitioner/ann"))),
                refused(
                        "another server's patient",
                        "Consent.patient",
                        aboutPatient(new Reference("https://elsewhere.example/Patient/ann"))),
                refused("a purpose without a type", "Consent.provision", untypedRoot()),
                refused("a label without a type", "Consent.provision", untypedRootWithLabel()),
                refused("no type", NESTED, with(new ProvisionComponent())),
                refused(
                        "no type, deeper",
                        NESTED + ".provision[1]",
                        with(deny().addProvision(permit()).addProvision(new ProvisionComponent()))));
    }

    static Stream<Arguments> ofActors() {
        return Stream.of(
                refused(
                        "a role unknown here",
                        NESTED + ".actor[0].role",
                        with(withActor(deny(), "WIT", "Organization/a"))),
                refused("no role", NESTED + ".actor[0].role", with(withActor(deny(), "", "Organization/a"))),
                refused(
                        "an actor without a type",
                        NESTED + ".actor[0].reference",
                        with(withActor(deny(), "IRCP", "a"))),
                refused(
                        "an actor yet to be resolved",
                        NESTED + ".actor[0].reference",
                        with(withActor(deny(), "IRCP", "urn:uuid:1"))),
                refused(
                        "an actor of another server",
                        NESTED + ".actor[0].reference",
                        with(withActor(permit(), "IRCP", "https://elsewhere.example/Organization/clinic"))),
                refused("a group", NESTED + ".actor[0].reference", with(withActor(deny(), "IRCP", "Group/a"))),
                refused(
                        "an author who is a team",
                        NESTED + ".actor[0].reference",
                        with(withActor(deny(), "AUT", "CareTeam/a"))));
    }

    static Stream<Arguments> ofCriteria() {
        return Stream.of(
                refused("an unknown purpose", NESTED + ".purpose[0]", with(withPurpose(deny(), "FUN"))),
                refused(
                        "a purpose of no system",
                        NESTED + ".purpose[0]",
                        with(deny().addPurpose(new Coding().setCode("TREAT")))),
                refused("an unknown label", NESTED + ".securityLabel[0]", with(labelled("urn:own", "secret"))),
                refused(
                        "an unknown confidentiality",
                        NESTED + ".securityLabel[0]",
                        with(labelled(Confidentiality.SYSTEM, "X"))),
                refused(
                        "a label without a code",
                        NESTED + ".securityLabel[0]",
                        with(deny().addSecurityLabel(new Coding().setSystem(SecurityLabel.SENSITIVITY_SYSTEM)))),
                refused(
                        "data without a meaning",
                        NESTED + ".data[0].meaning",
                        with(data(ConsentDataMeaning.NULL, "Observation/1"))),
                refused(
                        "data without a reference",
                        NESTED + ".data[0].reference",
                        with(data(ConsentDataMeaning.INSTANCE, null))),
                refused(
                        "data yet to be resolved",
                        NESTED + ".data[0].reference",
                        with(data(ConsentDataMeaning.INSTANCE, "urn:uuid:1"))),
                refused(
                        "data of another server",
                        NESTED + ".data[0].reference",
                        with(data(ConsentDataMeaning.INSTANCE, "https://elsewhere.example/Observation/1"))),
                refused(
                        "a code in words",
                        NESTED + ".code[0]",
                        with(permit().addCode(new CodeableConcept().setText("HbA1c")))),
                refused(
                        "an action in words",
                        NESTED + ".action[0]",
                        with(permit().addAction(new CodeableConcept().setText("read")))),
                refused(
                        "an unknown action",
                        NESTED + ".action[0]",
                        with(deny().addAction(concept(Consents.ACTION, "look")))),
                refused(
                        "a class without a code",
                        NESTED + ".class[0]",
                        with(deny().addClass_(new Coding().setDisplay("Labs")))),
                refused(
                        "a class that is no type",
                        NESTED + ".class[0]",
                        with(deny().addClass_(new Coding("http://hl7.org/fhir/resource-types", "observation", null)))));
    }

    static Stream<Arguments> ofModifiers() {
        var onTheConsent = permitting();
        onTheConsent.addModifierExtension(modifier());
        var onTheRoot = permitting();
        onTheRoot.getProvision().addModifierExtension(modifier());
        var onAProvision = deny();
        onAProvision.addModifierExtension(modifier());
        var onAnActor = withActor(deny(), "IRCP", "Organization/a");
        onAnActor.getActorFirstRep().addModifierExtension(modifier());
        var onData = data(ConsentDataMeaning.INSTANCE, "Observation/1");
        onData.getDataFirstRep().addModifierExtension(modifier());
        var byRules = permitting();
        byRules.setImplicitRules("https://example.org/rules");
        return Stream.of(
                refused("a modifier of the consent", "Consent.modifierExtension", onTheConsent),
                refused("a modifier of the root", "Consent.provision.modifierExtension", onTheRoot),
                refused("a modifier of a provision", NESTED + ".modifierExtension", with(onAProvision)),
                refused("a modifier of an actor", NESTED + ".actor[0].modifierExtension", with(onAnActor)),
                refused("a modifier of data", NESTED + ".data[0].modifierExtension", with(onData)),
                refused("rules unknown here", "Consent.implicitRules", byRules));
    }

    private static Arguments refused(String what, String path, Consent consent) {
        return arguments(what, path, consent);
    }

    private static Consent twoBases() {
        var consent = withPolicyRule("OPTIN");
        consent.getPolicyRule().addCoding(new Coding(SecurityLabel.SENSITIVITY_SYSTEM, "OPTOUT", null));
        return consent;
    }

    private static Consent scoped(CodeableConcept scope) {
        var consent = permitting();
        consent.setScope(scope);
        return consent;
    }

    private static Consent aboutPatient(Reference patient) {
        var consent = permitting();
        consent.setPatient(patient);
        return consent;
    }

    private static Consent untypedRoot() {
        var consent = permitting();
        withPurpose(consent.getProvision(), "TREAT");
        return consent;
    }

    private static Consent untypedRootWithLabel() {
        var consent = permitting();
        consent.getProvision().addSecurityLabel(new Coding(Confidentiality.SYSTEM, "R", null));
        return consent;
    }

    private static ProvisionComponent labelled(String system, String code) {
        return deny().addSecurityLabel(new Coding(system, code, null));
    }

    private static ProvisionComponent data(
            ConsentDataMeaning meaning, @org.jspecify.annotations.Nullable String reference) {
        var provision = deny();
        provision.addData().setMeaning(meaning).setReference(new Reference(reference));
        return provision;
    }

    private static Extension modifier() {
        return new Extension("https://example.org/unless", new StringType("raining"));
    }
}
