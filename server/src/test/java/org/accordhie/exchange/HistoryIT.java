package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Histories of a resource, of a type and of everything. Source: FHIR R4, RESTful API, history. */
@ExchangeTest
class HistoryIT {

    private static final int VERSIONS = 7;

    @Autowired
    Exchange exchange;

    @Autowired
    AlteredTokens tokens;

    @Autowired
    Archive archive;

    private String alice = "";
    private String observation = "";

    @BeforeEach
    void anObservationIsWrittenAgainAndAgain() {
        var visit = Visit.of("alice");
        hospital().post("", visit.bundle()).then().statusCode(200);
        alice = found("Patient?identifier=" + visit.token());
        observation = found("Observation?subject=" + alice);
        for (int version = 2; version <= VERSIONS; version++) {
            write("8480-6", version);
        }
    }

    @Test
    void reachesEveryVersionPageByPage() {
        var expected = new ArrayList<String>();
        for (int version = VERSIONS; version > 0; version--) {
            expected.add(observation + "/_history/" + version);
        }

        for (var count : List.of(1, 2, 3, VERSIONS, 1000)) {
            var pages = pages(clinic(), observation + "/_history?_count=" + count);

            assertThat(pages).as("pages of %s", count).hasSize((VERSIONS + count - 1) / count);
            assertThat(pages)
                    .allSatisfy(page -> assertThat(page.path("total").asInt()).isEqualTo(VERSIONS));
            assertThat(pages.stream().flatMap(page -> versions(page).stream())).containsExactlyElementsOf(expected);
        }
        assertThat(versions(clinic(), observation + "/_history?_offset=5"))
                .containsExactlyElementsOf(expected.subList(5, VERSIONS));
        assertThat(total(clinic(), observation + "/_history?_offset=99")).isEqualTo(VERSIONS);
        assertThat(total(clinic(), observation + "/_history?_summary=count")).isEqualTo(VERSIONS);
    }

    @Test
    void tellsWhatWasWrittenInEachVersion() {
        var entries = Caller.json(clinic().get(observation + "/_history")).path("entry");

        assertThat(entries).hasSize(VERSIONS);
        for (int index = 0; index < VERSIONS - 1; index++) {
            assertThat(entries.path(index).at("/resource/valueQuantity/value").asInt())
                    .isEqualTo(VERSIONS - index);
            assertThat(entries.path(index).at("/request/method").asText()).isEqualTo("PUT");
        }
    }

    @Test
    void isCutBySinceAndAt() {
        var third = Caller.json(clinic().get(observation + "/_history/3"))
                .at("/meta/lastUpdated")
                .asText();
        var at = third.replace("+", "%2B");

        assertThat(numbers(observation + "/_history?_since=" + at)).containsExactly("7", "6", "5", "4", "3");
        assertThat(numbers(observation + "/_history?_since=2999-01-01")).isEmpty();
        assertThat(numbers(observation + "/_history?_at=" + at)).containsExactly("3");
        assertThat(numbers(observation + "/_history?_at=ge" + at)).containsExactly("7", "6", "5", "4", "3");
        assertThat(numbers(observation + "/_history?_at=le" + at)).containsExactly("3", "2", "1");
        assertThat(numbers(observation + "/_history?_at=lt" + at)).containsExactly("2", "1");
        assertThat(numbers(observation + "/_history?_at=ge" + at + "&_at=le" + at))
                .containsExactly("3");
        assertThat(numbers(observation + "/_history?_at=2020")).isEmpty();
        assertThat(numbers("Observation/_history?_count=5&_since=" + at)).startsWith("7", "6", "5", "4", "3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_since=yesterday",
                "_since=2024&_since=2025",
                "_at=ne2024",
                "_at=",
                "_count=0",
                "_count=-1",
                "_count=x",
                "_offset=-1",
                "_list=x",
                "_sort=_lastUpdated",
                "code=x"
            })
    void refusesWhatItDoesNotCarryOut(String query) {
        for (var history : List.of(observation, "Observation", "Patient/no-such-patient", "")) {
            var answer = clinic().get((history + "/_history?" + query).replaceFirst("^/", ""));

            assertThat(answer.statusCode()).as(history).isEqualTo(400);
            assertThat(answer.asString()).contains(query.split("=", 2)[0]);
        }
    }

    @Test
    @DisplayName("F7: the history of a type tells what is released and nothing else")
    void ofATypeTellsWhatIsReleasedAndNothingElse() {
        var hidden = hides();

        var told = wholeHistory(clinic(), "Observation/_history");
        var officers = wholeHistory(hospital(), "Observation/_history");

        assertThat(told).doesNotHaveDuplicates().contains(observation + "/_history/1", observation + "/_history/7");
        assertThat(told).noneMatch(version -> version.startsWith(hidden + "/"));
        assertThat(officers).contains(hidden + "/_history/1", hidden + "/_history/2");
        assertThat(told).allMatch(version -> version.startsWith("Observation/"));
        assertThat(told).isSubsetOf(officers);
        assertThat(wholeHistory(clinic(), "_history")).noneMatch(version -> version.startsWith(hidden + "/"));
    }

    @Test
    void whatIsHiddenLeavesNoTrace() {
        var before = total(clinic(), "Observation/_history?_summary=count");
        var all = total(clinic(), "_history?_summary=count");

        hides();

        // The hidden patient's own Patient and Encounter came before the refusal, and are gone with it.
        assertThat(total(clinic(), "Observation/_history?_summary=count")).isEqualTo(before);
        assertThat(total(clinic(), "_history?_summary=count")).isEqualTo(all);
    }

    @Test
    void tellsOfADeletionWithoutAResource() {
        var condition = found("Condition?subject=" + alice);
        hospital().delete(condition).then().statusCode(204);

        for (var history : List.of(condition + "/_history", "Condition/_history", "_history")) {
            var deletion = Caller.json(clinic().get(history + (history.contains(condition) ? "" : "?_count=1")))
                    .path("entry")
                    .path(0);

            assertThat(deletion.at("/request/method").asText()).as(history).isEqualTo("DELETE");
            assertThat(deletion.at("/request/url").asText()).contains(condition);
            assertThat(deletion.has("resource")).isFalse();
        }
        assertThat(total(clinic(), condition + "/_history")).isEqualTo(2);
    }

    @Test
    @DisplayName("C8: the history of the system tells the types that are granted")
    void ofTheSystemTellsTheTypesThatAreGranted() {
        var observer = with("system/Observation.s system/Patient.r");
        var everything = with("system/*.rs");

        var told = wholeHistory(observer, "_history?_since=2020-01-01");

        assertThat(told)
                .contains(observation + "/_history/7")
                .allMatch(version -> version.startsWith("Observation/"))
                .containsExactlyElementsOf(wholeHistory(observer, "Observation/_history"));
        assertThat(wholeHistory(everything, "_history")).contains(alice + "/_history/1", observation + "/_history/1");
    }

    @Test
    void ofWhatIsNotGrantedIsRefused() {
        for (var scopes : List.of("system/*.r", "system/Patient.cud", "patient/*.rs")) {
            assertThat(with(scopes).get("_history").statusCode()).as(scopes).isEqualTo(403);
        }
        assertThat(with("system/Observation.rs").get("Patient/_history").statusCode())
                .isEqualTo(403);
        assertThat(with("system/Patient.r").get("Patient/_history").statusCode())
                .isEqualTo(403);
    }

    @Test
    void ofOnePatientIsOfTheirCompartment() {
        var app = exchange.with(tokens.of(
                exchange.token(LAKESIDE_HOSPITAL, "", "system/*.rs"),
                claims -> claims.claim("scope", "patient/*.rs").claim("patient", alice.substring(8))));

        assertThat(wholeHistory(app, "Observation/_history"))
                .hasSize(VERSIONS)
                .allMatch(version -> version.startsWith(observation + "/"));
    }

    @Test
    void isReadInABatchToo() {
        var answers = clinic().bundle(
                        "batch", List.of(observation + "/_history?_count=2&_offset=1", "Observation/_history?_count=3"))
                .path("entry");

        assertThat(versions(answers.path(0).path("resource")))
                .containsExactly(observation + "/_history/6", observation + "/_history/5");
        assertThat(versions(answers.path(1).path("resource"))).hasSize(3);
    }

    @Test
    void isRecordedAsFhirCallsIt() {
        clinic().get("Observation/_history?_count=1").then().statusCode(200);
        clinic().get("_history?_count=1").then().statusCode(200);

        assertThat(archive.sql()
                        .sql("SELECT interaction FROM accord.audit_event ORDER BY recorded DESC LIMIT 2")
                        .query(String.class)
                        .list())
                .containsExactly("HISTORY_SYSTEM", "HISTORY_TYPE");
        var events = Caller.json(exchange.as(PRIVACY_OFFICER).get("AuditEvent?_count=2&_sort=-date&outcome=0"));
        assertThat(events.at("/entry/0/resource/subtype/0/code").asText()).isEqualTo("history-system");
        assertThat(events.at("/entry/1/resource/subtype/0/code").asText()).isEqualTo("history-type");
    }

    /** An observation of somebody who then refuses the clinic, in two versions. */
    private String hides() {
        var visit = Visit.of("harriet");
        hospital().post("", visit.bundle()).then().statusCode(200);
        var harriet = found("Patient?identifier=" + visit.token());
        var hidden = found("Observation?subject=" + harriet);
        var again = Caller.json(hospital().get(hidden)).toString().replace("142.5", "150");
        hospital().put(hidden, again).then().statusCode(200);
        exchange.as(PRIVACY_OFFICER)
                .post("Consent", Consents.refuse(harriet))
                .then()
                .statusCode(201);
        return hidden;
    }

    private void write(String code, int value) {
        hospital()
                .put(observation, """
                        {"resourceType":"Observation","id":"%s","status":"final","subject":{"reference":"%s"},
                         "code":{"coding":[{"system":"http://loinc.org","code":"%s"}]},
                         "valueQuantity":{"value":%d,"unit":"mm[Hg]"}}""".formatted(observation.substring("Observation/".length()), alice, code, value))
                .then()
                .statusCode(200);
    }

    private String found(String query) {
        return hospital().search(query).matches().get(0);
    }

    private List<String> numbers(String history) {
        return versions(clinic(), history).stream()
                .map(version -> version.replaceFirst(".*/", ""))
                .toList();
    }

    private static int total(Caller caller, String history) {
        return Caller.json(caller.get(history)).path("total").asInt(-1);
    }

    private static List<String> wholeHistory(Caller caller, String history) {
        var whole = pages(caller, history + (history.contains("?") ? "&" : "?") + "_count=500").stream()
                .flatMap(page -> versions(page).stream())
                .toList();
        assertThat(total(caller, history)).isEqualTo(whole.size());
        return whole;
    }

    private static List<JsonNode> pages(Caller caller, String history) {
        var pages = new ArrayList<JsonNode>();
        var next = history;
        while (!next.isEmpty()) {
            var page = Caller.json(caller.get(next));
            pages.add(page);
            next = Found.in(page).next();
            assertThat(pages).hasSizeLessThan(200);
        }
        return pages;
    }

    private static List<String> versions(Caller caller, String history) {
        return versions(Caller.json(caller.get(history)));
    }

    /** As {@code [type]/[id]/_history/[version]}; deletions as far as they are told. */
    private static List<String> versions(JsonNode bundle) {
        var versions = new ArrayList<String>();
        for (var entry : bundle.path("entry")) {
            var resource = entry.path("resource");
            versions.add(
                    resource.isMissingNode()
                            ? entry.at("/request/url").asText().replaceFirst(".*/fhir/", "")
                            : resource.path("resourceType").asText() + "/"
                                    + resource.path("id").asText() + "/_history/"
                                    + resource.at("/meta/versionId").asText());
        }
        return versions;
    }

    private Caller with(String scopes) {
        return exchange.with(tokens.of(
                exchange.token(LAKESIDE_HOSPITAL, "", "system/*.rs"),
                claims -> claims.claim("scope", scopes).claim("patient", alice.substring("Patient/".length()))));
    }

    private Caller hospital() {
        return exchange.as(LAKESIDE_HOSPITAL);
    }

    private Caller clinic() {
        return exchange.as(RIVERSIDE_CLINIC);
    }
}
