package org.accordhie.consent.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.Set;
import org.accordhie.redaction.fhir.InlineLabels;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ElementLabels;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.ResourceFacts.LabelledPart;
import org.accordhie.vocabulary.SecurityLabel;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("the facts of a resource")
class FactsReaderTest {

    private static final String BASE = "https://accord.example/fhir";
    private static final FactsReader READER = new FactsReader(FhirContext.forR4Cached(), BASE, any -> any);

    private static ResourceFacts read(Resource resource) {
        return READER.read(resource);
    }

    private static Observation observation() {
        var observation = new Observation();
        observation.setId("Observation/1/_history/3");
        return observation;
    }

    private static Observation observationOf(String patient) {
        return observation().setSubject(new Reference(patient));
    }

    @Test
    void tellApartWhatLabelledElementsSay() {
        var observation = observationOf("Patient/ann");
        observation.getCode().addCoding().setSystem("loinc").setCode("1");
        observation.setEncounter(new Reference("Encounter/7"));
        observation.getEncounter().addExtension(inline("PSY"));
        var value = new CodeableConcept().addCoding(new org.hl7.fhir.r4.model.Coding("loinc", "2", null));
        value.addExtension(inline("ETH"));
        observation.setValue(value);
        observation.setEffective(new DateTimeType("2026-01-01"));
        observation.getEffective().addExtension(inline("ETH"));

        var facts = read(observation);

        assertThat(facts.codes()).containsExactly(new Coding("loinc", "1"));
        assertThat(facts.references()).containsExactly("Patient/ann");
        assertThat(facts.allReferences()).containsExactlyInAnyOrder("Patient/ann", "Encounter/7");
        assertThat(facts.dates()).isNull();
        assertThat(facts.sensitivities()).isEmpty();
        assertThat(facts.labels().inline())
                .containsExactlyInAnyOrder(
                        new LabelledPart(
                                new ElementLabels(Set.of("ETH"), Confidentiality.R),
                                Set.of(new Coding("loinc", "2")),
                                Set.of()),
                        new LabelledPart(
                                new ElementLabels(Set.of("PSY"), Confidentiality.R), Set.of(), Set.of("Encounter/7")));
    }

    @Test
    void nameAPatientAlsoInALabelledElement() {
        var observation = observationOf("Patient/ann");
        observation.getSubject().addExtension(inline("PSY"));

        assertThat(read(observation).patients()).containsExactly("Patient/ann");
        assertThat(read(observation).compartments()).containsExactly("Patient/ann");
    }

    private static Extension inline(String sensitivity) {
        return new Extension(
                InlineLabels.EXTENSION,
                new org.hl7.fhir.r4.model.Coding(SecurityLabel.SENSITIVITY_SYSTEM, sensitivity, null));
    }

    @Test
    void beginWithTypeIdAndVersion() {
        assertThat(read(observation()))
                .extracting(ResourceFacts::reference, ResourceFacts::version)
                .containsExactly("Observation/1", 3L);
    }

    @Test
    void haveTheVersionOfMetaWhereTheIdHasNone() {
        var observation = new Observation();
        observation.setId("Observation/1");
        observation.getMeta().setVersionId("4");

        assertThat(read(observation).version()).isEqualTo(4);
    }

    @Nested
    @DisplayName("name every patient")
    class Patients {

        @Test
        void itIsAbout() {
            assertThat(read(observationOf("Patient/ann")).patients()).containsExactly("Patient/ann");
        }

        @Test
        void itIsItself() {
            var patient = new Patient();
            patient.setId("Patient/ann/_history/1");

            assertThat(read(patient).patients()).containsExactly("Patient/ann");
            assertThat(read(patient).compartments()).containsExactly("Patient/ann");
        }

        @Test
        void itIsItselfHoweverTheIdIsWritten() {
            var patient = new Patient();
            patient.setId("ann");

            assertThat(read(patient).patients()).containsExactly("Patient/ann");
        }

        @Test
        void itIsLinkedTo() {
            var patient = new Patient();
            patient.setId("Patient/ann");
            patient.addLink().setOther(new Reference("Patient/bob"));

            assertThat(read(patient).patients()).containsExactly("Patient/ann", "Patient/bob");
        }

        @Test
        void itWasMadeBy() {
            var observation = observationOf("Patient/ann").addPerformer(new Reference("Patient/bob"));

            assertThat(read(observation).patients()).containsExactly("Patient/ann", "Patient/bob");
        }

        @Test
        void inABackboneElement() {
            var list = new ListResource();
            list.setId("List/1");
            list.addEntry().setItem(new Reference("Patient/ann"));
            list.addEntry().setItem(new Reference("Patient/bob"));

            assertThat(read(list).patients()).containsExactly("Patient/ann", "Patient/bob");
        }

        @Test
        void inAnExtensionInAnExtension() {
            var observation = observation();
            observation.addExtension(new Extension("https://example.org/outer").setValue(null));
            observation
                    .getExtension()
                    .get(0)
                    .addExtension(new Extension("https://example.org/inner", new Reference("Patient/ann")));

            assertThat(read(observation).patients()).containsExactly("Patient/ann");
        }

        @Test
        void inAnExtensionOfAPrimitive() {
            var observation = observation();
            var note = new StringType("said by her mother");
            note.addExtension(new Extension("https://example.org/by", new Reference("Patient/bob")));
            observation.setValue(note);

            assertThat(read(observation).patients()).containsExactly("Patient/bob");
        }

        @Test
        void inAContainedResource() {
            var observation = observationOf("Patient/ann");
            var contained = new Observation();
            contained.setId("#inner");
            contained.setSubject(new Reference("Patient/bob"));
            observation.addContained(contained);
            observation.addHasMember(new Reference("#inner"));

            assertThat(read(observation).patients()).containsExactly("Patient/ann", "Patient/bob");
        }

        @Test
        void butNotInAnEntryOfABundleWhoseNamesAreItsOwn() {
            var bundle = new Bundle();
            bundle.setId("Bundle/1");
            bundle.addEntry().setResource(observationOf("Patient/ann"));

            assertThat(read(bundle).patients()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"Patient/ann", "Patient/ann/_history/7", BASE + "/Patient/ann"})
        void howeverItIsAddressed(String reference) {
            assertThat(read(observationOf(reference)).patients()).containsExactly("Patient/ann");
            assertThat(read(observationOf(reference)).compartments()).containsExactly("Patient/ann");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://elsewhere.example/fhir/Patient/ann",
                    BASE + "/other/Patient/ann",
                    "urn:uuid:a",
                    "#ann",
                    "Organization/ann"
                })
        void butNobodyElse(String reference) {
            assertThat(read(observationOf(reference)).patients()).isEmpty();
            assertThat(read(observationOf(reference)).compartments()).isEmpty();
        }
    }

    @Nested
    @DisplayName("tell in whose compartment it lies")
    class Compartments {

        @Test
        void notWhomItMerelyMentions() {
            var observation = observationOf("Patient/ann").addFocus(new Reference("Patient/bob"));

            assertThat(read(observation).patients()).containsExactly("Patient/ann", "Patient/bob");
            assertThat(read(observation).compartments()).containsExactly("Patient/ann");
        }

        @Test
        void whoeverIsTargetOfAProvenance() {
            var provenance = new Provenance();
            provenance.setId("Provenance/1");
            provenance.addTarget(new Reference("Patient/ann"));

            assertThat(read(provenance).compartments()).containsExactly("Patient/ann");
        }

        @Test
        void notAPatientWhoIsCalledLikeAPractitioner() {
            var observation = observationOf("Patient/ann").addPerformer(new Reference("Practitioner/bob"));

            assertThat(read(observation).compartments()).containsExactly("Patient/ann");
        }

        @Test
        void nobodysForTheDirectory() {
            var organization = new Organization();
            organization.setId("Organization/1");

            assertThat(read(organization).compartments()).isEmpty();
            assertThat(read(organization).patients()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0} is from `{1}`")
    @DisplayName("tell where it is from")
    @CsvSource({
        BASE + "/Organization/lab, Organization/lab",
        BASE + "/Organization/lab#bundle-7, Organization/lab",
        BASE + "/Practitioner/kim, ''",
        "https://elsewhere.example/fhir/Organization/lab, ''",
        "Organization/lab, ''",
        "#fragment, ''"
    })
    void source(String source, String expected) {
        var observation = observation();
        observation.getMeta().setSource(source);

        assertThat(read(observation).source()).isEqualTo(expected);
    }

    @Test
    void areFromTheExchangeWhereNoSourceIsGiven() {
        assertThat(read(observation()).source()).isEmpty();
    }

    @Nested
    @DisplayName("tell its labels")
    class Labels {

        @Test
        void sensitivitiesAndTheHighestConfidentiality() {
            var observation = observation();
            var meta = observation.getMeta();
            meta.addSecurity(SecurityLabel.SENSITIVITY_SYSTEM, "PSY", null);
            meta.addSecurity(SecurityLabel.SENSITIVITY_SYSTEM, "ETH", null);
            meta.addSecurity(Confidentiality.SYSTEM, "N", null);
            meta.addSecurity(Confidentiality.SYSTEM, "R", null);
            meta.addSecurity("urn:own", "HIV", null);

            assertThat(read(observation).sensitivities()).containsExactly("ETH", "PSY");
            assertThat(read(observation).confidentiality()).isEqualTo(Confidentiality.R);
        }

        @Test
        void normalWithoutAny() {
            assertThat(read(observation()).confidentiality()).isEqualTo(Confidentiality.N);
            assertThat(read(observation()).sensitivities()).isEmpty();
        }

        @ParameterizedTest
        @NullSource
        void withoutACodeLeftOut(String code) {
            var observation = observation();
            observation.getMeta().addSecurity(SecurityLabel.SENSITIVITY_SYSTEM, code, "no code");
            observation.getMeta().addProfile(code);

            assertThat(read(observation).sensitivities()).isEmpty();
            assertThat(read(observation).profiles()).isEmpty();
        }

        @Test
        void whichAreNoCodesOfTheContent() {
            var observation = observation();
            observation.getMeta().addSecurity(SecurityLabel.SENSITIVITY_SYSTEM, "PSY", null);
            observation.getCode().addCoding().setSystem("http://loinc.org").setCode("1");
            observation.addCategory().addCoding().setCode("survey");

            assertThat(read(observation).codes())
                    .isEqualTo(Set.of(new Coding("http://loinc.org", "1"), new Coding("", "survey")));
        }
    }
}
