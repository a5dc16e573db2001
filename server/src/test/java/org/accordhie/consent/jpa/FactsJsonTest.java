package org.accordhie.consent.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ElementLabels;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.ResourceFacts.LabelledPart;
import org.accordhie.vocabulary.ResourceFacts.Labels;
import org.accordhie.vocabulary.ResourceFacts.Origin;
import org.accordhie.vocabulary.TimeSpan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Facts are read as they were written, or there is an error: a fact that is missing could release something. */
class FactsJsonTest {

    private static final Set<Coding> CODES = Set.of(
            new Coding("", "local"), new Coding("http://loinc.org", "2345-7"), new Coding("http://a", "\"\\\u00e9"));

    private static final Labels PLAIN = new Labels(Set.of(), Confidentiality.N);

    private static final Labels LABELLED = new Labels(
            Set.of("ETH", "PSY", "HIV"),
            Confidentiality.V,
            Set.of(
                    new LabelledPart(new ElementLabels(Set.of("SDV"), Confidentiality.R), CODES, Set.of("Encounter/e")),
                    new LabelledPart(new ElementLabels(Set.of(), Confidentiality.R), Set.of(), Set.of())));

    static Stream<ResourceFacts> facts() {
        var year = new TimeSpan(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2020-12-31T23:59:59.999999999Z"));
        return Stream.of(
                facts(PLAIN, null, Origin.EXCHANGE, Set.of()),
                facts(PLAIN, new TimeSpan(null, null), Origin.EXCHANGE, CODES),
                facts(PLAIN, new TimeSpan(year.from(), null), Origin.EXCHANGE, CODES),
                facts(PLAIN, new TimeSpan(null, Instant.parse("0001-01-01T00:00:00Z")), Origin.EXCHANGE, CODES),
                facts(
                        LABELLED,
                        year,
                        new Origin(
                                "Organization/a", Set.of("Organization/b", "Organization/a"), Set.of("Practitioner/p")),
                        CODES));
    }

    private static ResourceFacts facts(Labels labels, @Nullable TimeSpan dates, Origin origin, Set<Coding> codes) {
        return new ResourceFacts(
                "Observation",
                "o",
                3_000_000_000L,
                Set.of("Patient/b", "Patient/a"),
                Set.of("Patient/a"),
                codes,
                codes,
                Set.of("http://example.org/profile"),
                labels,
                dates,
                origin,
                Set.of("Encounter/2", "Encounter/10", "Encounter/1"));
    }

    @ParameterizedTest
    @MethodSource("facts")
    void readsWhatIsWritten(ResourceFacts facts) {
        var written = RuleJson.write(facts);

        assertThat(FactsJson.read(written)).isEqualTo(facts).isEqualTo(RuleJson.read(written, ResourceFacts.class));
    }

    @Test
    void factsOfBeforeElementsCouldBeLabelledSayNothingOfThem() {
        var written = written(PLAIN);

        assertThat(written).doesNotContain("inline");
        assertThat(FactsJson.read(written).labels().inline()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type",
                "id",
                "version",
                "patients",
                "compartments",
                "codes",
                "documentTypes",
                "profiles",
                "labels",
                "sensitivities",
                "confidentiality",
                "origin",
                "source",
                "organizations",
                "authors",
                "references",
                "system",
                "code",
                "dates",
                "from"
            })
    void anUnknownNameIsAnError(String name) {
        var written = written(LABELLED);
        assertThat(written).contains('"' + name + '"');

        var renamed = written.replace('"' + name + "\":", "\"other\":");

        assertThatThrownBy(() -> FactsJson.read(renamed)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "\"version\":3000000000; \"version\":\"3\"",
                "\"version\":3000000000; \"version\":3.5",
                "\"version\":3000000000; \"version\":null",
                "\"id\":\"o\"; \"id\":7",
                "\"id\":\"o\"; \"id\":null",
                "\"patients\":[; \"patients\":[null,",
                "\"patients\":[; \"patients\":[[],",
                "\"confidentiality\":\"V\"; \"confidentiality\":\"X\"",
                "\"confidentiality\":\"V\"; \"confidentiality\":null",
                "\"from\":\"2020-01-01T00:00:00Z\"; \"from\":7",
                "\"source\":\"Organization/a\"; \"source\":true"
            })
    void anotherValueThanWasWrittenIsAnError(String was, String is) {
        var written = written(LABELLED);
        assertThat(written).contains(was);

        assertThatThrownBy(() -> FactsJson.read(written.replace(was, is))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "7", "[]", "{}"})
    void whatIsNoObjectOfFactsIsAnError(String text) {
        assertThatThrownBy(() -> FactsJson.read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatEndsTooSoonOrGoesOnIsAnError() {
        var written = written(LABELLED);

        for (int length = 1; length < written.length(); length++) {
            var part = written.substring(0, length);
            assertThatThrownBy(() -> FactsJson.read(part))
                    .isInstanceOfAny(UncheckedIOException.class, IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> FactsJson.read(written + "{}")).isInstanceOf(IllegalArgumentException.class);
    }

    private static String written(Labels labels) {
        return RuleJson.write(facts(
                labels,
                new TimeSpan(Instant.parse("2020-01-01T00:00:00Z"), null),
                new Origin("Organization/a", Set.of("Organization/a"), Set.of("Practitioner/p")),
                CODES));
    }
}
