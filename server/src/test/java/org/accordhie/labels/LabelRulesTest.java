package org.accordhie.labels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.accordhie.vocabulary.Coding;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("the sensitivities of a record")
class LabelRulesTest {

    private static final String SNOMED = "http://snomed.info/sct";

    @ParameterizedTest(name = "{0}|{1} is {2}")
    @CsvSource(textBlock = """
            http://snomed.info/sct,                      5602001,   ETH
            http://snomed.info/sct,                      7200002,   ETH
            http://www.nlm.nih.gov/research/umls/rxnorm, 351266,    ETH
            http://snomed.info/sct,                      370143000, PSY
            http://www.nlm.nih.gov/research/umls/rxnorm, 310385,    PSY
            http://snomed.info/sct,                      86406008,  HIV
            http://loinc.org,                            20447-9,   HIV
            http://snomed.info/sct,                      72892002,  SEX
            http://snomed.info/sct,                      706893006, VIO
            """)
    void followFromACode(String system, String code, String sensitivity) {
        assertThat(LabelRules.sensitivitiesOf(List.of(new Coding(system, code)), List.of()))
                .containsExactly(sensitivity);
    }

    @ParameterizedTest(name = "`{0}` is {1}")
    @CsvSource(textBlock = """
            Opioid abuse (disorder),                 ETH
            OPIOID DEPENDENCE,                       ETH
            Buprenorphine 2 MG / Naloxone 0.5 MG,    ETH
            Misuses drugs (finding),                 ETH
            Major depressive disorder,               PSY
            Panic disorder (disorder),               PSY
            history of suicidal thoughts,            PSY
            HIV-1 RNA viral load,                    HIV
            Human immunodeficiency virus infection,  HIV
            Normal pregnancy,                        SEX
            IUD in place,                            SEX
            Victim of intimate partner abuse,        VIO
            """)
    void followFromWords(String text, String sensitivity) {
        assertThat(LabelRules.sensitivitiesOf(List.of(), List.of("nothing here", text)))
                .containsExactly(sensitivity);
    }

    @ParameterizedTest(name = "`{0}` has none")
    @CsvSource({
        "Hypertension",
        "studious",
        "archive",
        "Type 2 diabetes mellitus",
        "Assessment of substance use",
        "Depression screening",
        "''"
    })
    void areNotFoundInOtherWords(String text) {
        assertThat(LabelRules.sensitivitiesOf(List.of(new Coding(SNOMED, "38341003")), List.of(text)))
                .isEmpty();
    }

    @Test
    void doNotFollowFromTheSameCodeOfAnotherSystem() {
        assertThat(LabelRules.sensitivitiesOf(List.of(new Coding("urn:own", "5602001")), List.of()))
                .isEmpty();
    }

    @Test
    void addUpOverCodesAndWords() {
        assertThat(LabelRules.sensitivitiesOf(
                        List.of(new Coding(SNOMED, "5602001"), new Coding(SNOMED, "370143000")),
                        List.of("tested for HIV")))
                .isEqualTo(Set.of("ETH", "PSY", "HIV"));
    }

    @Test
    void areNoneOfNothing() {
        assertThat(LabelRules.sensitivitiesOf(List.of(), List.of())).isEmpty();
    }
}
