package org.accordhie.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ElementLabels;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("a rule file")
class LabelRuleReaderTest {

    private static final String SNOMED = "http://snomed.info/sct";

    @Test
    void isReadAsItIsWritten() {
        var file = LabelRuleReader.read(file(rule -> rule.put("ranges", Map.of("urn:icd", List.of("H90", "H91-H93")))));

        assertThat(file.system()).isEqualTo("urn:rules");
        assertThat(file.version()).isEqualTo("7");
        assertThat(file.screenings()).containsExactly("hearing screening");
        assertThat(file.rules()).singleElement().satisfies(rule -> {
            assertThat(rule.basis()).isEqualTo(new LabelBasis("urn:rules", "7", "hearing"));
            assertThat(rule.sensitivity()).isEqualTo("DIA");
            assertThat(rule.confidentiality()).isEqualTo(Confidentiality.V);
            assertThat(rule.codes()).containsExactly(new Coding(SNOMED, "15188001"));
            assertThat(rule.ranges())
                    .containsExactly(new CodeRange("urn:icd", "H90", "H90"), new CodeRange("urn:icd", "H91", "H93"));
        });
    }

    @Test
    void givesTheConfidentialityOfItsRules() {
        var rules = LabelRules.of(List.of(LabelRuleReader.read(file(rule -> {}))));

        var labels = rules.add(Labels.NONE, ElementLabels.NONE, List.of(new Coding(SNOMED, "15188001")), List.of());

        assertThat(labels.confidentiality()).isEqualTo(Confidentiality.V);
        assertThat(rules.version()).isEqualTo("urn:rules|7");
    }

    @Test
    void mustNotHaveTheAddressOfAnother() {
        var file = LabelRuleReader.read(file(rule -> {}));

        assertThatThrownBy(() -> LabelRules.of(List.of(file, file)))
                .isInstanceOf(MalformedLabelRules.class)
                .hasMessage("system: is that of another rule file too");
    }

    @Test
    void mayHaveTwoRulesForOneSensitivityOfWhichTheStricterCounts() {
        var normal = with(rule -> rule.put("id", "first"));
        normal.put("confidentiality", "R");
        var rules = LabelRules.of(List.of(LabelRuleReader.read(Map.of(
                "system", "urn:rules", "version", "1", "rules", List.of(normal, with(rule -> {}), normal(normal))))));

        assertThat(rules.matching(List.of(new Coding(SNOMED, "15188001")), List.of())
                        .get("DIA"))
                .satisfies(rule -> assertThat(rule.basis().code()).isEqualTo("hearing"));
    }

    private static Map<String, @Nullable Object> normal(Map<String, @Nullable Object> rule) {
        var other = new HashMap<>(rule);
        other.put("id", "third");
        return other;
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(null, "the file: is empty"),
                mistake("text", "the file: must be a map"),
                mistake(Map.of("rule", List.of()), "the file: has the unknown field `rule`"),
                mistake(Map.of("system", "rules", "version", "1"), "system: must be an absolute address"),
                mistake(Map.of("system", "urn:x"), "version: is missing"),
                mistake(Map.of("system", "urn:x", "version", 1), "version: must be a text in quotes"),
                mistake(Map.of("system", "urn:x", "version", "1"), "rules: is missing"),
                mistake(Map.of("system", "urn:x", "version", "1", "rules", "all"), "rules: must be a list"),
                broken("colour", "red", "rules[0]: has the unknown field `colour`"),
                broken("id", " ", "rules[0].id: must be a text in quotes"),
                broken("source", null, "rules[0].source: is missing"),
                broken("sensitivity", "SECRET", "rules[0].sensitivity: is no sensitivity of v3-ActCode"),
                broken("confidentiality", "N", "rules[0].confidentiality: must be `R` or `V`"),
                broken("confidentiality", "X", "rules[0].confidentiality: must be `R` or `V`"),
                broken("codes", List.of("1"), "rules[0].codes: must be a map"),
                broken(
                        "codes",
                        Map.of(SNOMED, Map.of(1, "one")),
                        "rules[0].codes[" + SNOMED + "]: `1` must be in quotes"),
                broken(
                        "codes",
                        Map.of(SNOMED, Map.of("1", 2)),
                        "rules[0].codes[" + SNOMED + "][1]: must be a text in quotes"),
                broken("ranges", Map.of("urn:i", "F10"), "rules[0].ranges[urn:i]: must be a list"),
                broken(
                        "ranges",
                        Map.of("urn:i", List.of("F10 to F11")),
                        "rules[0].ranges[urn:i][0]: is no range such as"),
                broken("ranges", Map.of("urn:i", List.of("F10-F1")), "rules[0].ranges[urn:i][0]: has ends that differ"),
                broken(
                        "ranges",
                        Map.of("urn:i", List.of("F20-F10")),
                        "rules[0].ranges[urn:i][0]: has ends that differ"),
                broken("words", List.of("deaf", "(a+)+"), "rules[0].words[1]: may hold letters"),
                broken("codes", null, "rules[0]: has no codes, ranges or words"),
                mistake(
                        Map.of("system", "urn:x", "version", "1", "rules", List.of(with(rule -> {}), with(rule -> {}))),
                        "rules[1].id: is that of another rule too"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("mistakes")
    void isRefusedWithThePlace(@Nullable Object tree, String message) {
        assertThatThrownBy(() -> LabelRuleReader.read(tree))
                .isInstanceOf(MalformedLabelRules.class)
                .hasMessageStartingWith(message);
    }

    private static Arguments mistake(@Nullable Object tree, String message) {
        return Arguments.of(tree, message);
    }

    private static Arguments broken(String field, @Nullable Object value, String message) {
        return mistake(file(rule -> rule.put(field, value)), message);
    }

    private static Map<String, @Nullable Object> file(Consumer<Map<String, @Nullable Object>> change) {
        var file = new HashMap<String, @Nullable Object>();
        file.put("system", "urn:rules");
        file.put("version", "7");
        file.put("screenings", List.of("hearing screening"));
        file.put("rules", List.of(with(change)));
        return file;
    }

    private static Map<String, @Nullable Object> with(Consumer<Map<String, @Nullable Object>> change) {
        var rule = new HashMap<String, @Nullable Object>();
        rule.put("id", "hearing");
        rule.put("sensitivity", "DIA");
        rule.put("confidentiality", "V");
        rule.put("source", "An example.");
        rule.put("codes", Map.of(SNOMED, Map.of("15188001", "Hearing loss")));
        change.accept(rule);
        return rule;
    }
}
