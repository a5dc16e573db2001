package org.accordhie.labels.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.accordhie.labels.LabelBasis;
import org.accordhie.labels.Labels;
import org.accordhie.labels.web.RuleFiles;
import org.accordhie.redaction.fhir.InlineLabels;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.SecurityLabel;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the labeller")
class LabellerTest {

    private final Labeller labeller = new Labeller(RuleFiles.read(null));

    @Test
    void readsNotesAndStringValues() {
        assertThat(found(new Observation().addNote(new Annotation().setText("opioid dependence"))))
                .containsExactly("ETH");
        assertThat(found(new Observation().setValue(new StringType("HIV positive"))))
                .containsExactly("HIV");
        var binary = new Binary().setContentType("text/plain");
        assertThat(found(binary.setData("sickle cell".getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .containsExactly("SCA");
    }

    @Test
    void readsContainedResources() {
        var request = new MedicationRequest();
        request.addContained(new Medication().setCode(new CodeableConcept().setText("methadone")));

        assertThat(found(request)).containsExactly("ETH");
    }

    @Test
    void readsNeitherNamesNorLabels() {
        var patient = new Patient().addName(new HumanName().setFamily("Methadone"));
        patient.getMeta().addTag("urn:x", "y", "pregnancy cohort");
        assertThat(found(patient)).isEmpty();
        assertThat(found(new Organization().setName("Psychiatric hospital"))).isEmpty();
        assertThat(found(new Organization().addType(new CodeableConcept().setText("psychiatric hospital"))))
                .containsExactly("PSY");
    }

    @Test
    void takesOverWhatAConditionTells() {
        var visit = new Encounter();
        visit.addDiagnosis().setCondition(new Reference("Condition/1"));
        var labels =
                labels(visit, Map.of("Condition/1", Labels.NONE.with("PSY", LabelBasis.SOURCE, Confidentiality.V)));

        assertThat(labels.sensitivities()).containsEntry("PSY", LabelBasis.REFERENCE);
        assertThat(labels.confidentiality()).isEqualTo(Confidentiality.V);
    }

    @Test
    void takesNothingOverFromAnEncounterNorIntoAProvenance() {
        var told = Map.of("Encounter/1", sensitive(), "Condition/1", sensitive());
        var observation = new Observation().setEncounter(new Reference("Encounter/1"));
        var provenance = new Provenance().addTarget(new Reference("Condition/1"));

        assertThat(labels(observation, told)).isEqualTo(Labels.NONE);
        assertThat(labels(provenance, told)).isEqualTo(Labels.NONE);
    }

    @Test
    void keepsWhatTheFormerVersionHad() {
        assertThat(labeller.labelsOf(new Observation(), Labels.NONE, sensitive(), address -> Optional.empty()))
                .isEqualTo(sensitive());
    }

    @Test
    void restrictsWhatASourceFindsSensitive() {
        var condition = new Condition();
        condition.getMeta().addSecurity(SecurityLabel.SENSITIVITY_SYSTEM, "ETH", null);
        condition.getMeta().addSecurity(Confidentiality.SYSTEM, "L", null);

        var labels = labels(condition, Map.of());

        assertThat(labels.confidentiality()).isEqualTo(Confidentiality.R);
    }

    @Test
    void writesWhatIsMissingAndNeverLowers() {
        var meta = new Meta();
        meta.addSecurity(SecurityLabel.SENSITIVITY_SYSTEM, "ETH", null);
        meta.addSecurity(Confidentiality.SYSTEM, "V", null);
        meta.addSecurity().setCode("bare").addExtension("urn:basis", new Coding());

        Labeller.write(sensitive().with("ETH", LabelBasis.REFERENCE, Confidentiality.R), meta);

        assertThat(meta.getSecurity()).extracting(Coding::getCode).containsExactly("ETH", "V", "bare", "HIV");
        assertThat(meta.getSecurity()).noneMatch(Coding::hasExtension);
    }

    @Test
    void replacesALowerConfidentiality() {
        var meta = new Meta();
        meta.addSecurity(Confidentiality.SYSTEM, "U", null);

        Labeller.write(sensitive(), meta);

        assertThat(meta.getSecurity()).extracting(Coding::getCode).containsExactly("HIV", "R");
    }

    @Test
    void leavesToALabelledElementWhatItCarriesItself() {
        var observation = new Observation().addNote(new Annotation().setText("opioid dependence"));
        label(observation.getNoteFirstRep(), "ETH");
        observation.addNote(new Annotation().setText("slept well"));

        assertThat(found(observation)).isEmpty();
        assertThat(labels(observation, Map.of()).confidentiality()).isEqualTo(Confidentiality.N);
    }

    @Test
    void labelsTheWholeWithWhatALabelledElementDoesNotCarry() {
        var observation = new Observation().addNote(new Annotation().setText("opioid dependence, HIV positive"));
        label(observation.getNoteFirstRep(), "HIV");
        label(observation.getCode().setText("x"), "ETH");

        assertThat(found(observation)).containsExactly("ETH");
    }

    @Test
    void labelsTheWholeWithWhatStandsBesideLabelledElements() {
        var observation = new Observation().addNote(new Annotation().setText("opioid dependence"));
        label(observation.getCode().setText("opioid dependence"), "ETH");

        assertThat(found(observation)).containsExactly("ETH");
    }

    @Test
    void takesTheNarrativeForLabelledLikeAllElementsTogether() {
        var observation = new Observation();
        label(observation.getCode().setText("x"), "ETH");
        observation.getText().setDivAsString("<div xmlns=\"http://www.w3.org/1999/xhtml\">opioid dependence</div>");
        assertThat(found(observation)).isEmpty();

        observation.getText().setDivAsString("<div xmlns=\"http://www.w3.org/1999/xhtml\">HIV positive</div>");
        assertThat(found(observation)).containsExactly("HIV");
    }

    @Test
    void takesOverThroughALabelledReferenceWhatItDoesNotCarry() {
        var visit = new Encounter();
        visit.addDiagnosis().setCondition(new Reference("Condition/1"));
        label(visit.getDiagnosisFirstRep(), "HIV");
        assertThat(labels(visit, Map.of("Condition/1", sensitive())).sensitivities())
                .isEmpty();

        var other = new Encounter();
        other.addDiagnosis().setCondition(new Reference("Condition/1"));
        label(other.getDiagnosisFirstRep(), "PSY");
        assertThat(labels(other, Map.of("Condition/1", sensitive())).sensitivities())
                .containsOnlyKeys("HIV");
    }

    @Test
    void takesALabelOnTheWholeResourceForOneOfItsMeta() {
        var patient = new Patient();
        patient.addExtension(InlineLabels.EXTENSION, new Coding(SecurityLabel.SENSITIVITY_SYSTEM, "SDV", null));

        assertThat(found(patient)).containsExactly("SDV");
    }

    @Test
    void saysThatElementsCarryLabels() {
        var observation = new Observation();
        observation.getMeta().addSecurity(SecurityLabel.SENSITIVITY_SYSTEM, SecurityLabel.HAS_INLINE_LABELS, null);
        assertThat(Labeller.read(observation).sensitivities()).isEmpty();

        var labelled = new Observation();
        label(labelled.getCode().setText("x"), "ETH");
        Labeller.announceInline(labelled);
        Labeller.announceInline(labelled);
        assertThat(labelled.getMeta().getSecurity())
                .extracting(Coding::getCode)
                .containsExactly(SecurityLabel.HAS_INLINE_LABELS);
    }

    private static void label(Element element, String sensitivity) {
        element.addExtension(InlineLabels.EXTENSION, new Coding(SecurityLabel.SENSITIVITY_SYSTEM, sensitivity, null));
    }

    private static Labels sensitive() {
        return Labels.NONE.with("HIV", new LabelBasis("urn:rules", "1", "hiv"), Confidentiality.R);
    }

    private Set<String> found(Resource resource) {
        return labels(resource, Map.of()).sensitivities().keySet();
    }

    private Labels labels(Resource resource, Map<String, Labels> others) {
        return labeller.labelsOf(
                resource, Labeller.read(resource), Labels.NONE, address -> Optional.ofNullable(others.get(address)));
    }
}
