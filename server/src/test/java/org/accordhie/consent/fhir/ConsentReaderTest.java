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
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.consent.DataReference;
import org.accordhie.consent.Effect;
import org.accordhie.consent.LabelCriteria;
import org.accordhie.consent.Provision;
import org.accordhie.consent.RequesterCriteria;
import org.accordhie.consent.ResourceCriteria;
import org.accordhie.consent.ResourceCriteria.DataClasses;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.SecurityLabel;
import org.accordhie.vocabulary.TimeSpan;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.UriType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("a FHIR consent read as a policy")
class ConsentReaderTest {

    private final ConsentReader reader = new ConsentReader();

    private Computable read(Consent consent) {
        assertThatCode(() -> reader.check(consent)).doesNotThrowAnyException();
        return (Computable) reader.read(consent).orElseThrow();
    }

    private Provision readProvision(ProvisionComponent provision) {
        return read(with(provision)).provisions().get(0);
    }

    private static ResourceCriteria dataOf(Provision provision) {
        return (ResourceCriteria) provision.resource();
    }

    private static RequesterCriteria contextOf(Provision provision) {
        return (RequesterCriteria) provision.requester();
    }

    @Test
    void isKnownByItsVersion() {
        assertThat(read(permitting()).id()).isEqualTo("Consent/1/_history/2");
    }

    @ParameterizedTest
    @EnumSource(value = ConsentState.class, mode = EnumSource.Mode.EXCLUDE, names = "ACTIVE")
    void saysNothingUnlessActive(ConsentState state) {
        var consent = permitting();
        consent.setStatus(state);

        assertThat(reader.read(consent)).isEmpty();
    }

    @Test
    void mayBeADraftThatCannotBeEnforcedYet() {
        var draft = consent();
        draft.setStatus(ConsentState.DRAFT);

        assertThatCode(() -> reader.check(draft)).doesNotThrowAnyException();
    }

    @Nested
    @DisplayName("base")
    class Base {

        @ParameterizedTest
        @CsvSource({"OPTIN, PERMIT", "OPTINR, PERMIT", "IMPLIED, PERMIT", "OPTOUT, DENY", "OPTOUTE, DENY"})
        void isThePolicyRule(String code, Effect base) {
            assertThat(read(withPolicyRule(code)).base()).isEqualTo(base);
        }

        @Test
        void isTheTypeOfTheRootRatherThanThePolicyRule() {
            var consent = withPolicyRule("OPTIN");
            consent.getProvision().setType(ConsentProvisionType.DENY);

            assertThat(read(consent).base()).isEqualTo(Effect.DENY);
        }

        @Test
        void mayHaveAPeriodWithoutAType() {
            var consent = permitting();
            consent.getProvision().setPeriod(period("2026-01-01T00:00:00Z", "2026-12-31T23:59:59Z"));

            assertThat(read(consent).validity()).isEqualTo(span("2026-01-01T00:00:00Z", "2026-12-31T23:59:59.999Z"));
        }

        @Test
        void holdsAlwaysWithoutAPeriod() {
            assertThat(read(permitting()).validity()).isEqualTo(TimeSpan.ALWAYS);
        }

        @Test
        void withATypeMayHaveCriteria() {
            var consent = permitting();
            withPurpose(consent.getProvision(), "TREAT").setType(ConsentProvisionType.PERMIT);

            assertThat(((RequesterCriteria) read(consent).requester()).purposes())
                    .containsExactly(PurposeOfUse.TREAT);
        }
    }

    @Nested
    @DisplayName("provision")
    class Provisions {

        @Test
        void keepsItsPlaceAndItsExceptions() {
            var provision = deny().addProvision(permit().addProvision(deny()));

            var read = readProvision(provision);

            var exception = read.provisions().get(0);
            assertThat(read.path()).isEqualTo("Consent.provision.provision[0]");
            assertThat(read.effect()).isEqualTo(Effect.DENY);
            assertThat(exception.path()).isEqualTo("Consent.provision.provision[0].provision[0]");
            assertThat(exception.effect()).isEqualTo(Effect.PERMIT);
            assertThat(exception.provisions()).hasSize(1);
        }

        @Test
        void withoutCriteriaHoldsForEverybodyAndEverything() {
            assertThat(readProvision(deny()).requester()).isEqualTo(RequesterCriteria.ANYBODY);
            assertThat(readProvision(deny()).resource()).isEqualTo(ResourceCriteria.ANYTHING);
        }

        @Test
        void hasAPeriod() {
            var provision = deny().setPeriod(new Period().setEndElement(new DateTimeType("2026-06-30T12:00:00Z")));

            assertThat(contextOf(readProvision(provision)).period())
                    .isEqualTo(new TimeSpan(null, Instant.parse("2026-06-30T12:00:00.999Z")));
        }

        @ParameterizedTest
        @CsvSource({"IRCP, Organization/a", "PRCP, Practitioner/a", "GRANTEE, Device/a", "IRCP, PractitionerRole/a"})
        void hasRecipients(String role, String reference) {
            var read = readProvision(withActor(deny(), role, reference));

            assertThat(contextOf(read).recipients()).containsExactly(reference);
            assertThat(dataOf(read).origins()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"AUT", "CST"})
        void hasOrigins(String role) {
            var read = readProvision(withActor(deny(), role, "Organization/a"));

            assertThat(dataOf(read).origins()).containsExactly("Organization/a");
            assertThat(contextOf(read).recipients()).isEmpty();
        }

        @Test
        void hasPurposesAndActions() {
            var provision = withPurpose(withPurpose(deny(), "HRESCH"), "HMARKT");
            provision.addAction(concept(Consents.ACTION, "access"));

            var read = contextOf(readProvision(provision));

            assertThat(read.purposes()).containsExactly(PurposeOfUse.HMARKT, PurposeOfUse.HRESCH);
            assertThat(read.actions()).containsExactly("access");
        }

        @Test
        void hasLabels() {
            var provision = deny();
            provision.addSecurityLabel().setSystem(Confidentiality.SYSTEM).setCode("R");
            provision
                    .addSecurityLabel()
                    .setSystem(SecurityLabel.SENSITIVITY_SYSTEM)
                    .setCode("ETH");

            assertThat(dataOf(readProvision(provision)).labels())
                    .isEqualTo(new LabelCriteria(Set.of("ETH"), Set.of(Confidentiality.R)));
        }

        @Test
        void hasClassesCodesAndData() {
            var provision = deny();
            provision
                    .addClass_()
                    .setSystem("http://hl7.org/fhir/resource-types")
                    .setCode("Observation");
            provision.addClass_().setCode("http://hl7.org/fhir/StructureDefinition/vitalsigns");
            provision.addClass_().setSystem("http://loinc.org").setCode("11506-3");
            provision.addCode(concept("http://loinc.org", "1"));
            provision
                    .addCode()
                    .addExtension(CriteriaReader.VALUE_SET, new UriType("https://example.org/ValueSet/heart"));
            provision
                    .addData()
                    .setMeaning(ConsentDataMeaning.AUTHOREDBY)
                    .setReference(new Reference("Practitioner/kim"));
            provision.addCode(new CodeableConcept(new org.hl7.fhir.r4.model.Coding().setCode("2")));
            provision
                    .addData()
                    .setMeaning(ConsentDataMeaning.INSTANCE)
                    .setReference(new Reference("Observation/7/_history/3"));

            var read = dataOf(readProvision(provision));

            assertThat(read.classes())
                    .isEqualTo(new DataClasses(
                            Set.of("Observation"),
                            Set.of("http://hl7.org/fhir/StructureDefinition/vitalsigns"),
                            Set.of(new Coding("http://loinc.org", "11506-3"))));
            assertThat(read.codes().codes())
                    .isEqualTo(Set.of(new Coding("http://loinc.org", "1"), new Coding("", "2")));
            assertThat(read.codes().valueSets()).isEqualTo(Set.of("https://example.org/ValueSet/heart"));
            assertThat(read.data())
                    .isEqualTo(Set.of(
                            new DataReference(DataReference.Meaning.INSTANCE, "Observation/7"),
                            new DataReference(DataReference.Meaning.AUTHOREDBY, "Practitioner/kim")));
        }

        @Test
        void hasADataPeriod() {
            var provision = deny().setDataPeriod(period("2020-01-01T00:00:00Z", "2020-12-31T23:59:59Z"));

            assertThat(dataOf(readProvision(provision)).dataPeriod())
                    .isEqualTo(span("2020-01-01T00:00:00Z", "2020-12-31T23:59:59.999Z"));
        }

        @Test
        void keepsItsCriteriaInNoOrder() {
            var one = withActor(withActor(deny(), "IRCP", "Organization/b"), "IRCP", "Organization/a");
            var other = withActor(withActor(deny(), "IRCP", "Organization/a"), "IRCP", "Organization/b");

            assertThat(List.of(readProvision(one))).isEqualTo(List.of(readProvision(other)));
        }
    }

    private static Period period(String start, String end) {
        return new Period().setStartElement(new DateTimeType(start)).setEndElement(new DateTimeType(end));
    }

    private static TimeSpan span(String from, String until) {
        return new TimeSpan(Instant.parse(from), Instant.parse(until));
    }
}
