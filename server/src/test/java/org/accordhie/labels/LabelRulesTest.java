package org.accordhie.labels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.accordhie.labels.web.RuleFiles;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ElementLabels;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("the sensitivities of a record")
class LabelRulesTest {

    private static final Map<String, String> SYSTEMS = Map.of(
            "SNOMED", "http://snomed.info/sct",
            "RXNORM", "http://www.nlm.nih.gov/research/umls/rxnorm",
            "LOINC", "http://loinc.org",
            "ICD10CM", "http://hl7.org/fhir/sid/icd-10-cm");

    private final LabelRules rules = RuleFiles.read(null);

    @ParameterizedTest(name = "{0} {1} ({3}): {2}")
    @CsvFileSource(resources = "label-codes.csv", numLinesToSkip = 1)
    void followFromACode(String system, String code, String sensitivities, String meaning) {
        assertThat(sensitivitiesOf(List.of(new Coding(SYSTEMS.getOrDefault(system, system), code)), List.of()))
                .isEqualTo(sensitivities == null ? Set.of() : Set.of(sensitivities.split(" ")));
    }

    @ParameterizedTest(name = "`{0}` is {1}")
    @CsvSource(textBlock = """
            Opioid abuse (disorder),                 ETH
            OPIOID DEPENDENCE,                       ETH
            Buprenorphine 2 MG / Naloxone 0.5 MG,    ETH
            Misuses drugs (finding),                 ETH
            Alcohol use disorder,                    ETH
            Major depressive disorder,               PSY
            Panic disorder (disorder),               PSY
            history of suicidal thoughts,            PSY
            Referred to psychiatry,                  PSY
            HIV-1 RNA viral load,                    HIV
            Human immunodeficiency virus infection,  HIV
            Normal pregnancy,                        SEX
            IUD in place,                            SEX
            Victim of intimate partner abuse,        SDV
            shows signs of dementia,                 COGN
            Sickle cell trait,                       SCA
            a sister with cystic fibrosis,           GDIS
            'Genital herpes, recurrent',             STD
            Gunshot wound,                           VIO
            Sexual orientation,                      GENDER
            """)
    void followFromWords(String text, String sensitivity) {
        assertThat(sensitivitiesOf(List.of(), List.of("nothing here", text))).containsExactly(sensitivity);
    }

    @ParameterizedTest(name = "`{0}` has none")
    @CsvSource({
        "Hypertension",
        "studious",
        "archive",
        "hivernal",
        "Type 2 diabetes mellitus",
        "Assessment of substance use",
        "Assessment of anxiety (procedure)",
        "Depression screening",
        "Screening for drug abuse (procedure)",
        "Drug Abuse Screening Test-10 [DAST-10]",
        "Alcohol Use Disorder Identification Test - Consumption [AUDIT-C]",
        "'Humiliation, Afraid, Rape, and Kick questionnaire [HARK]'",
        "Ex-smoker",
        "''"
    })
    void areNotFoundInOtherWords(String text) {
        assertThat(sensitivitiesOf(List.of(new Coding("http://snomed.info/sct", "38341003")), List.of(text)))
                .isEmpty();
    }

    @Test
    void areFoundBesideAScreening() {
        assertThat(sensitivitiesOf(List.of(), List.of("Screening for drug abuse: opioid dependence")))
                .containsExactly("ETH");
    }

    @Test
    void doNotFollowFromTheSameCodeOfAnotherSystem() {
        assertThat(sensitivitiesOf(
                        List.of(new Coding("urn:own", "5602001"), new Coding("urn:own", "F11.20")), List.of()))
                .isEmpty();
    }

    @Test
    void addUpOverCodesAndWords() {
        assertThat(sensitivitiesOf(
                        List.of(
                                new Coding("http://snomed.info/sct", "5602001"),
                                new Coding("http://snomed.info/sct", "370143000")),
                        List.of("tested for HIV")))
                .isEqualTo(Set.of("ETH", "PSY", "HIV"));
    }

    @Test
    void areNoneOfNothing() {
        assertThat(sensitivitiesOf(List.of(), List.of())).isEmpty();
    }

    @Test
    void comeWithTheirRuleAndItsVersion() {
        var labels = rules.add(Labels.NONE, ElementLabels.NONE, List.of(), List.of("alcoholism"));

        assertThat(labels.sensitivities())
                .containsEntry("ETH", new LabelBasis(LabelRules.SYSTEM, "2", "substance-use"));
        assertThat(labels.confidentiality()).isEqualTo(Confidentiality.R);
    }

    @Test
    void haveASourceForEveryRule() {
        assertThat(rules.rules()).hasSizeGreaterThan(10).allSatisfy(rule -> {
            assertThat(rule.source()).endsWith(".").hasSizeGreaterThan(40);
            assertThat(rule.basis().version()).isEqualTo("2");
        });
    }

    private Set<String> sensitivitiesOf(List<Coding> codes, List<String> texts) {
        return rules.matching(codes, texts).keySet();
    }
}
