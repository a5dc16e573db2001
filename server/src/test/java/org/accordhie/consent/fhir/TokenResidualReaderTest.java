package org.accordhie.consent.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.accordhie.consent.TokenResidual;
import org.accordhie.smart.ResidualClaim;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.ResourceFacts.Labels;
import org.accordhie.vocabulary.ResourceFacts.Origin;
import org.accordhie.vocabulary.TimeSpan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** As IHE's examples state them: what the token forbids, and what of it the token permits again. */
@DisplayName("the residual of a token")
class TokenResidualReaderTest {

    private static final String BASE = "https://exchange.example/fhir";
    private static final String ANN = "Patient/ann";
    private static final Map<String, ?> FORBID = Map.of("type", "forbid");

    private final TokenResidualReader reader = new TokenResidualReader(FhirContext.forR4Cached(), BASE);

    static Stream<Arguments> rules() {
        var psychiatric = facts("Condition", "PSY", null);
        var normal = facts("Condition", null, null);
        var of2022 = facts("Condition", null, "2022-05-01T10:00:00Z");
        var of2023 = facts("Condition", null, "2023-05-01T10:00:00Z");
        var in2022 = Map.of("start", "2022-01-01", "end", "2022-12-31");
        var label = List.of(coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "PSY"));
        var level = List.of(coding("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "N"));
        return Stream.of(
                row("nothing stated", false, List.of(), normal),
                row("forbid all", true, List.of(FORBID), normal),
                row("forbid a label, which it has", true, List.of(forbid("securityLabel", label)), psychiatric),
                row("forbid a label, which it has not", false, List.of(forbid("securityLabel", label)), normal),
                row("permit a label alone", false, List.of(permit("securityLabel", label)), normal),
                row("forbid all but a level", false, List.of(FORBID, permit("securityLabel", level)), normal),
                row("forbid all but a level", true, List.of(FORBID, permit("securityLabel", level)), psychiatric),
                row("forbid all but two labels", true, List.of(FORBID, permit("securityLabel", label)), normal),
                row("forbid all but two labels", false, List.of(FORBID, permit("securityLabel", label)), psychiatric),
                row("forbid a year", true, List.of(forbid("dataPeriod", in2022)), of2022),
                row("forbid a year", false, List.of(forbid("dataPeriod", in2022)), of2023),
                row("forbid a year, of what has no date", true, List.of(forbid("dataPeriod", in2022)), normal),
                row("forbid all but a year", false, List.of(FORBID, permit("dataPeriod", in2022)), of2022),
                row("forbid all but a year", true, List.of(FORBID, permit("dataPeriod", in2022)), of2023),
                row("forbid all but a year", true, List.of(FORBID, permit("dataPeriod", in2022)), normal),
                row("a list of years", false, List.of(FORBID, permit("dataPeriod", List.of(in2022))), of2022),
                row(
                        "forbid an author's",
                        true,
                        List.of(forbid("data", data("authoredby", "Practitioner/kim"))),
                        normal),
                row("forbid another's", false, List.of(forbid("data", data("authoredby", "Practitioner/lee"))), normal),
                row("forbid one", true, List.of(forbid("data", data("instance", "Condition/1"))), normal),
                row(
                        "by its whole address",
                        true,
                        List.of(forbid("data", data("instance", BASE + "/Condition/1"))),
                        normal),
                row("forbid a visit", true, List.of(forbid("data", data("dependents", "Encounter/7"))), normal),
                row(
                        "both criteria of a rule must hold",
                        false,
                        List.of(Map.of("type", "forbid", "securityLabel", label, "dataPeriod", in2022)),
                        of2022));
    }

    @ParameterizedTest(name = "{0}: forbids {1}")
    @MethodSource("rules")
    void forbidsWhatItSays(String name, boolean forbids, List<Map<String, ?>> rules, ResourceFacts facts)
            throws UnenforceableConsent {
        var residual = reader.read(new ResidualClaim(ANN, rules));

        assertThat(residual.forbids(facts)).isEqualTo(forbids);
        assertThat(new TokenResidual("Patient/bob", residual.rules()).forbids(facts))
                .isFalse();
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of("residual[0].type", Map.of()),
                Arguments.of("residual[0].type", Map.of("type", "deny")),
                Arguments.of("residual[0].type", Map.of("type", 1)),
                Arguments.of("residual[0]", forbid("class", List.of())),
                Arguments.of("residual[0]", forbid("provision", List.of(Map.of("type", "permit")))),
                Arguments.of("residual[0]", forbid("dataPeriod", "2022")),
                Arguments.of("residual[0]", forbid("dataPeriod", Map.of("begin", "2022"))),
                Arguments.of("residual[0].dataPeriod", forbid("dataPeriod", List.of())),
                Arguments.of("residual[0].dataPeriod", forbid("dataPeriod", Map.of("start", "2022", "end", "2021"))),
                Arguments.of(
                        "residual[0].securityLabel[0]", forbid("securityLabel", List.of(coding("urn:other", "R")))),
                Arguments.of("residual[0].data[0].reference", forbid("data", data("instance", "urn:uuid:7"))),
                Arguments.of(
                        "residual[0].data[0].reference",
                        forbid("data", data("instance", "https://elsewhere.example/fhir/Condition/1"))),
                Arguments.of("residual[0]", forbid("data", data("author", "Practitioner/kim"))));
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("malformed")
    void refusesWhatItCannotCarryOut(String path, Map<String, ?> rule) {
        assertThatThrownBy(() -> reader.read(new ResidualClaim(ANN, List.of(rule))))
                .isInstanceOfSatisfying(
                        UnenforceableConsent.class,
                        unenforceable -> assertThat(unenforceable.path()).isEqualTo(path));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void readsWhatIsWritten(String name, boolean forbids, List<Map<String, ?>> rules, ResourceFacts facts)
            throws Exception {
        var residual = reader.read(new ResidualClaim(ANN, rules));

        var written = new ObjectMapper().readTree(TokenResidualWriter.write(residual, List.of("Consent/1")));

        assertThat(written.path("patient_id").asText()).isEqualTo(ANN);
        assertThat(written.path("doc_id").get(0).asText()).isEqualTo("Consent/1");
        List<Map<String, ?>> again =
                new ObjectMapper().convertValue(written.path("residual"), new TypeReference<>() {});
        assertThat(reader.read(new ResidualClaim(ANN, again))).isEqualTo(residual);
    }

    private static Arguments row(String name, boolean forbids, List<Map<String, ?>> rules, ResourceFacts facts) {
        return Arguments.of(name, forbids, rules, facts);
    }

    private static Map<String, ?> forbid(String element, Object value) {
        return Map.of("type", "forbid", element, value);
    }

    private static Map<String, ?> permit(String element, Object value) {
        return Map.of("type", "permit", element, value);
    }

    private static Map<String, ?> coding(String system, String code) {
        return Map.of("system", system, "code", code);
    }

    private static List<Map<String, ?>> data(String meaning, String reference) {
        return List.of(Map.of("meaning", meaning, "reference", Map.of("reference", reference)));
    }

    private static ResourceFacts facts(String type, @Nullable String label, @Nullable String at) {
        var instant = at == null ? null : Instant.parse(at);
        return new ResourceFacts(
                type,
                "1",
                1,
                Set.of(ANN),
                Set.of(ANN),
                Set.of(),
                Set.of(),
                Set.of(),
                new Labels(label == null ? Set.of() : Set.of(label), Confidentiality.N),
                instant == null ? null : new TimeSpan(instant, instant),
                new Origin("Organization/lakeside", Set.of("Organization/lakeside"), Set.of("Practitioner/kim")),
                Set.of("Encounter/7"));
    }
}
