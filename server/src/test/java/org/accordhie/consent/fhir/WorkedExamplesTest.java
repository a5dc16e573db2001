package org.accordhie.consent.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.accordhie.consent.AccessRequest;
import org.accordhie.consent.ConsentPolicy;
import org.accordhie.consent.Decision;
import org.accordhie.consent.DecisionPoint;
import org.accordhie.consent.Rules;
import org.accordhie.consent.ShippedPack;
import org.accordhie.vocabulary.BreakGlass;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.ResourceFacts.Labels;
import org.accordhie.vocabulary.ResourceFacts.Origin;
import org.accordhie.vocabulary.TimeSpan;
import org.hl7.fhir.r4.model.DateTimeType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The documentation's worked examples: each consent is read, each question put, and the answer must be the one printed. */
@DisplayName("the worked examples")
class WorkedExamplesTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Set<String> TYPES =
            Set.of("Condition", "DiagnosticReport", "DocumentReference", "Encounter", "Observation", "Patient");

    @TestFactory
    Stream<DynamicContainer> ofTheRule() {
        return WorkedExamples.of(DOCS.resolve("consent.md")).stream().map(WorkedExamplesTest::tests);
    }

    @TestFactory
    Stream<DynamicContainer> ofTheIntentsInThePrivacyConsentOnFhirGuide() {
        return WorkedExamples.of(DOCS.resolve("pcf.md")).stream().map(WorkedExamplesTest::tests);
    }

    @Test
    void areAllRead() {
        assertThat(WorkedExamples.of(DOCS.resolve("consent.md"))).hasSizeGreaterThanOrEqualTo(10);
        assertThat(WorkedExamples.of(DOCS.resolve("pcf.md"))).hasSize(23);
        assertThat(Stream.of("consent.md", "pcf.md").flatMap(page -> WorkedExamples.of(DOCS.resolve(page)).stream()))
                .allSatisfy(example -> assertThat(example.questions()).hasSizeGreaterThanOrEqualTo(2));
    }

    private static DynamicContainer tests(WorkedExamples.Example example) {
        return DynamicContainer.dynamicContainer(
                example.title(),
                example.questions().stream()
                        .map(row -> DynamicTest.dynamicTest(
                                String.join(" ", row.subList(0, 3)), () -> assertAnswered(example, row))));
    }

    private static void assertAnswered(WorkedExamples.Example example, List<String> row) {
        var reader = new ConsentReader();
        var consents = new ArrayList<ConsentPolicy>();
        for (var consent : example.consents()) {
            reader.read(consent).ifPresent(consents::add);
        }
        var decision = DecisionPoint.decide(
                request(row.get(0), row.get(1)),
                facts(row.get(2)),
                new Rules(ShippedPack.US_OPT_OUT, Map.of("Patient/ann", consents)));

        assertThat(List.of(decision.permits() ? "released" : "hidden", because(decision)))
                .isEqualTo(row.subList(3, 5));
    }

    private static String because(Decision decision) {
        var reason = decision.reasons().get(0);
        return reason.path().isEmpty() ? reason.rule() : reason.rule() + " at " + reason.path();
    }

    /** {@code Organization/clinic Practitioner/kim CareTeam/x}, and why, with {@code emergency} where one is declared. */
    private static AccessRequest request(String who, String why) {
        var names = List.of(who.split(" "));
        var organization = first(names, "Organization/");
        var words = List.of(why.split(" "));
        var purposes = words.stream()
                .flatMap(code -> PurposeOfUse.ofCode(code).stream())
                .toList();
        var requester = new Requester(
                "app",
                "",
                organization,
                Set.of(organization, "Organization/network"),
                names.stream()
                        .filter(name -> name.startsWith("Practitioner/"))
                        .findFirst()
                        .orElse(null),
                null,
                Set.copyOf(names.stream()
                        .filter(name -> name.startsWith("CareTeam/"))
                        .toList()),
                Set.of(),
                Set.copyOf(purposes));
        return new AccessRequest(
                requester,
                AccessRequest.ACCESS,
                new DateTimeType("2026-11-22T12:00:00Z").getValue().toInstant(),
                words.contains("emergency") ? new BreakGlass("Patient/ann", "unconscious on arrival") : null);
    }

    private static String first(List<String> names, String prefix) {
        return names.stream()
                .filter(name -> name.startsWith(prefix))
                .findFirst()
                .orElseThrow();
    }

    /**
     * {@code Observation/7 R PSY 2024-05-01 code loinc|1 from Organization/x by Practitioner/kim of Encounter/3}: a type or an
     * address, then labels, a date, and what the words introduce.
     */
    private static ResourceFacts facts(String what) {
        var words = List.of(what.split(" "));
        var address = words.get(0).split("/", -1);
        assertThat(TYPES).contains(address[0]);
        var origin = after(words, "from").stream().findFirst().orElse("Organization/hospital");
        var codes = coded(after(words, "code"));
        return new ResourceFacts(
                address[0],
                address.length > 1 ? address[1] : "1",
                1,
                Set.of("Patient/ann"),
                Set.of("Patient/ann"),
                codes,
                address[0].equals("DocumentReference") ? codes : Set.of(),
                Set.of(),
                labels(words),
                words.stream()
                        .filter(word -> word.matches("\\d{4}.*"))
                        .map(WorkedExamplesTest::span)
                        .findFirst()
                        .orElse(null),
                new Origin(origin, Set.of(origin), after(words, "by")),
                after(words, "of"));
    }

    private static Set<Coding> coded(Set<String> codes) {
        var read = new HashSet<Coding>();
        codes.forEach(code ->
                read.add(new Coding(code.substring(0, code.indexOf('|')), code.substring(code.indexOf('|') + 1))));
        return read;
    }

    private static Set<String> after(List<String> words, String word) {
        var found = new HashSet<String>();
        IntStream.range(1, words.size())
                .filter(index -> words.get(index - 1).equals(word))
                .forEach(index -> found.add(words.get(index)));
        return found;
    }

    private static Labels labels(List<String> words) {
        var sensitivities = new HashSet<String>();
        var level = Confidentiality.N;
        for (var word : words.subList(1, words.size())) {
            var named = Confidentiality.ofCode(word);
            level = named.orElse(level);
            if (named.isEmpty() && word.matches("[A-Z]{3,}")) {
                sensitivities.add(word);
            }
        }
        return new Labels(sensitivities, level);
    }

    private static @Nullable TimeSpan span(String date) {
        return ClinicalDates.spanOf(new DateTimeType(date));
    }
}
