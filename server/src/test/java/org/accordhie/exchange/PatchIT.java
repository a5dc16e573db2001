package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A patch is an update of what its source has written: it finds nothing else, and can do nothing that an update cannot. */
@ExchangeTest
class PatchIT {

    private static final String JSON_PATCH = "application/json-patch+json";
    private static final String CANARY = "Xq7Canary";

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    private Visit visit = Visit.of("pam");
    private String patient = "";
    private String observation = "";

    @BeforeEach
    void pamVisitsLakeside() {
        visit = Visit.of("pam");
        hospital().post("", visit.bundle()).then().statusCode(200);
        patient = hospital()
                .search("Patient?identifier=" + visit.token())
                .matches()
                .get(0);
        observation =
                hospital().search("Observation?subject=" + patient).matches().get(0);
    }

    @ParameterizedTest(name = "in {0}")
    @CsvSource(delimiter = ';', quoteCharacter = '\'', textBlock = """
            application/json-patch+json; [{"op":"replace","path":"/status","value":"amended"}]
            application/fhir+json;       {"resourceType":"Parameters","parameter":[{"name":"operation","part":[{"name":"type","valueCode":"replace"},{"name":"path","valueString":"Observation.status"},{"name":"value","valueCode":"amended"}]}]}
            application/fhir+xml;        <Parameters xmlns="http://hl7.org/fhir"><parameter><name value="operation"/><part><name value="type"/><valueCode value="replace"/></part><part><name value="path"/><valueString value="Observation.status"/></part><part><name value="value"/><valueCode value="amended"/></part></parameter></Parameters>
            """)
    void changesWhatItNamesAndNothingElse(String contentType, String body) {
        var before = hospital().get(observation).asString();

        var answer = patch(observation, contentType, body);

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo("W/\"2\"");
        var after = hospital().get(observation).asString();
        assertThat(after).contains("142.50").contains("\"amended\"");
        assertThat(plain(after).replace("\"amended\"", "\"final\"")).isEqualTo(plain(before));
        assertThat(hospital()
                        .search("Observation?status=amended&subject=" + patient)
                        .matches())
                .containsExactly(observation);
        assertThat(plain(hospital().get(observation + "/_history/1").asString()))
                .isEqualTo(plain(before));
    }

    /** The clinic may see Cory and writes nothing, the hospital may see him too, and Clark is hidden from both. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = ';', quoteCharacter = '\'', textBlock = """
            '';      [{"op":"replace","path":"/status","value":"amended"}]; application/json-patch+json
            '';      [{"op":"test","path":"/status","value":"final"}];      application/json-patch+json
            '';      [{"op":"test","path":"/status","value":"Xq7Canary"}];  application/json-patch+json
            '';      [{"op":"remove","path":"/nothing/at/all"}];            application/json-patch+json
            '';      [];                                                    application/json-patch+json
            '';      {"no":"patch"};                                        application/json-patch+json
            W/"1";   [{"op":"replace","path":"/status","value":"amended"}]; application/json-patch+json
            W/"77";  [{"op":"replace","path":"/status","value":"amended"}]; application/json-patch+json
            '';      {"resourceType":"Parameters"};                         application/fhir+json
            '';      {"resourceType":"Patient"};                            application/fhir+json
            """)
    void whatIsAnothersOrHiddenAnswersLikeWhatNeverWas(String tag, String body, String contentType) {
        var rows = archive.rows();
        for (var partner : List.of(LAKESIDE_HOSPITAL, RIVERSIDE_CLINIC, PRIVACY_OFFICER)) {
            for (var type : List.of("Patient", "Condition", "Encounter")) {
                var absent = type + "/" + UUID.randomUUID();
                var said = told(exchange.as(partner), absent, tag, body, contentType);
                assertThat(said).startsWith("404");
                for (var person : List.of(Person.CORY, Person.CLARK)) {
                    assertThat(told(exchange.as(partner), recordOf(person, type), tag, body, contentType))
                            .as("%s of %s as %s", type, person, partner)
                            .isEqualTo(said);
                }
            }
        }
        assertThat(archive.rows()).isEqualTo(rows);
    }

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(delimiter = ';', quoteCharacter = '\'', textBlock = """
            a test that fails;    application/json-patch+json; [{"op":"test","path":"/status","value":"Xq7Canary"}];                      422; /status
            nothing to remove;    application/json-patch+json; [{"op":"remove","path":"/method"}];                                        422; /method
            the second operation; application/json-patch+json; [{"op":"remove","path":"/subject"},{"op":"steal","path":"/status"}];       422; operation 2
            another id;           application/json-patch+json; [{"op":"replace","path":"/id","value":"Xq7Canary"}];                       422; id
            another type;         application/json-patch+json; [{"op":"replace","path":"/resourceType","value":"Condition"}];             422; Observation
            an unknown element;   application/json-patch+json; [{"op":"add","path":"/favourite","value":"Xq7Canary"}];                    422; Observation
            a bad code;           application/json-patch+json; [{"op":"replace","path":"/status","value":"Xq7Canary"}];                   422; Observation
            a bundle of null;     application/json-patch+json; [{"op":"add","path":"/contained","value":[{"resourceType":"Bundle","id":"a","entry":[{"resource":[null]}]}]}]; 422; Observation
            one as an operation;  application/fhir+json;       {"resourceType":"Parameters","parameter":[{"name":"operation","resource":{"resourceType":"Bundle","entry":[{"resource":[null]}]}}]}; 400; FHIRPath patch
            a redacted one;       application/json-patch+json; [{"op":"add","path":"/meta/security/-","value":{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationValue","code":"REDACTED"}}]; 422; meta
            nobody's reference;   application/json-patch+json; [{"op":"replace","path":"/encounter/reference","value":"Encounter/Xq7Canary"}]; 422; resource.encounter
            an exploding number;  application/json-patch+json; [{"op":"replace","path":"/valueQuantity/value","value":1e999999999}];      400; exponent
            no patch;             application/json-patch+json; {"op":"remove","path":"/status"};                                          422; array
            no JSON;              application/json-patch+json; Xq7Canary;                                                                 400; line 1
            a resource;           application/fhir+json;       {"resourceType":"Observation","status":"final"};                           400; patch
            a path that searches; application/fhir+json;       {"resourceType":"Parameters","parameter":[{"name":"operation","part":[{"name":"type","valueCode":"delete"},{"name":"path","valueString":"Observation.descendants().where($this = ''Xq7Canary'')"}]}]}; 422; path
            an unknown type;      application/fhir+json;       {"resourceType":"Parameters","parameter":[{"name":"operation","part":[{"name":"type","valueCode":"steal"},{"name":"path","valueString":"Observation.status"}]}]}; 422; Observation.status
            an XML patch;         application/xml-patch+xml;   <diff/>;                                                                   415; content type
            a merge patch;        application/merge-patch+json; {"status":null};                                                          415; content type
            """)
    void whatIsWrongIsNamedWithoutAnyValue(String title, String contentType, String body, int status, String names) {
        var rows = archive.rows();

        var answer = patch(observation, contentType, body);

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        assertThat(answer.asString())
                .contains("OperationOutcome")
                .contains(names)
                .doesNotContain(CANARY)
                .doesNotContain("HAPI-")
                .doesNotContain("Exception");
        assertThat(archive.rows()).isEqualTo(rows);
        hospital().get(observation).then().statusCode(200).header("ETag", "W/\"1\"");
    }

    @Test
    void aJsonPatchIsForPatchAlone() {
        assertThat(hospital()
                        .given()
                        .contentType(JSON_PATCH)
                        .body("[]")
                        .post(hospital().base() + "/Observation")
                        .statusCode())
                .isEqualTo(415);
        assertThat(patch(observation + "/_history/1", JSON_PATCH, "[]").statusCode())
                .isEqualTo(405);
    }

    @Test
    void anEntityTagHoldsAsForAnUpdate() {
        var body = "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"amended\"}]";
        var whole = Caller.tree(hospital().get(observation).asString()).toString();
        var updated = hospital()
                .given()
                .header("If-Match", "W/\"77\"")
                .body(whole)
                .put(hospital().base() + "/" + observation);

        var wrong = tagged("77", body);
        var right = tagged("1", body);
        var again = tagged("1", body);

        assertThat(wrong.statusCode()).isIn(409, 412).isEqualTo(updated.statusCode());
        assertThat(wrong.asString()).isEqualTo(updated.asString());
        assertThat(right.statusCode()).isEqualTo(200);
        assertThat(again.asString()).isEqualTo(wrong.asString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "*", "W/\"abc\"", "\"1", "W/1\"", "-1", "\"99999999999999999999\""})
    void anEntityTagOfAnUpdateMustBeAVersion(String tag) {
        var refused = hospital()
                .given()
                .header("If-Match", tag)
                .body(hospital().get(observation).asString())
                .put(hospital().base() + "/" + observation);

        refused.then().statusCode(422).body("issue[0].diagnostics", containsString("must be a version"));
    }

    private Response tagged(String version, String body) {
        return hospital()
                .given()
                .contentType(JSON_PATCH)
                .header("If-Match", "W/\"" + version + "\"")
                .body(body)
                .patch(hospital().base() + "/" + observation);
    }

    @Test
    void fourAtOnceAreAllKept() throws Exception {
        var senders = Executors.newFixedThreadPool(4);
        try {
            var patches = IntStream.range(0, 4)
                    .<Callable<Integer>>mapToObj(number -> () -> patch(observation, JSON_PATCH, """
                            [{"op":"add","path":"/code/coding/-","value":{"system":"urn:x","code":"c%d"}}]""".formatted(number))
                            .statusCode())
                    .toList();

            for (var answer : senders.invokeAll(patches)) {
                assertThat(answer.get()).isEqualTo(200);
            }
        } finally {
            senders.shutdown();
        }
        var codes = Caller.tree(hospital().get(observation).asString())
                .at("/code/coding")
                .findValuesAsText("code");
        assertThat(codes).contains("8480-6", "c0", "c1", "c2", "c3").hasSize(5);
    }

    @Test
    void doesToLabelsWhatAnUpdateDoes() {
        var added = patch(observation, JSON_PATCH, """
                [{"op":"add","path":"/meta","value":{"source":"https://elsewhere.example.org","tag":[{"code":"mine"}],
                  "security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"ETH"}]}}]""");
        assertThat(added.statusCode()).as(added.asString()).isEqualTo(200);
        assertThat(labels()).contains("ETH");
        assertThat(exchange.as(RIVERSIDE_CLINIC).get(observation).statusCode()).isEqualTo(404);

        var removed = patch(observation, JSON_PATCH, "[{\"op\":\"remove\",\"path\":\"/meta/security\"}]");

        assertThat(removed.statusCode()).as(removed.asString()).isEqualTo(200);
        assertThat(labels()).contains("ETH");
        var meta = Caller.tree(hospital().get(observation).asString()).path("meta");
        assertThat(meta.path("source").asText()).startsWith(exchange.base() + "/" + LAKESIDE_HOSPITAL.organization);
        assertThat(meta.has("tag")).isFalse();
    }

    private List<String> labels() {
        var labels = new ArrayList<String>();
        Caller.tree(hospital().get(observation).asString())
                .at("/meta/security")
                .forEach(label -> labels.add(label.path("code").asText()));
        return labels;
    }

    @Test
    void movesNothingToAnotherPatient() {
        var other = Visit.of("quinn");
        hospital().post("", other.bundle()).then().statusCode(200);
        var quinn = hospital()
                .search("Patient?identifier=" + other.token())
                .matches()
                .get(0);

        var answer = patch(observation, JSON_PATCH, """
                [{"op":"replace","path":"/subject/reference","value":"%s"}]""".formatted(quinn));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.asString()).contains("Bundle.entry[0].resource").doesNotContain(quinn);
        hospital().get(observation).then().statusCode(200).header("ETag", "W/\"1\"");
    }

    @Test
    void needsTheScopeOfAnUpdateAndLeavesItsEvent() {
        var body = "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"amended\"}]";

        assertThat(patch(with("system/*.rs system/Observation.cd"), observation, JSON_PATCH, body)
                        .statusCode())
                .isEqualTo(403);
        assertThat(patch(
                                with("system/Observation.u system/Patient.r system/Encounter.r"),
                                observation,
                                JSON_PATCH,
                                body)
                        .statusCode())
                .isEqualTo(200);
        var events = archive.sql()
                .sql("SELECT outcome FROM accord.audit_event WHERE interaction = 'PATCH' AND query LIKE ?"
                        + " ORDER BY recorded")
                .param("%" + observation)
                .query(String.class)
                .list();
        assertThat(events).containsExactly("REFUSED", "SUCCESS");
    }

    @Test
    void patientsOwnAppsPatchTheirConsentsAndNobodyElses() {
        var consent = exchange.as(PRIVACY_OFFICER)
                .post("Consent", Consents.share(patient))
                .header("Location")
                .replaceFirst(".*/(Consent/[^/]+).*", "$1");
        var body = "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"inactive\"}]";

        for (var caller : List.of(hospital(), exchange.as(RIVERSIDE_CLINIC))) {
            assertThat(patch(caller, consent, JSON_PATCH, body).statusCode()).isEqualTo(403);
        }
        assertThat(patch(exchange.asAppOf("Patient/somebody-else"), consent, JSON_PATCH, body)
                        .statusCode())
                .isEqualTo(404);
        assertThat(patch(exchange.asAppOf(patient), consent, JSON_PATCH, """
                        [{"op":"replace","path":"/patient/reference","value":"Patient/somebody-else"}]""").statusCode())
                .isEqualTo(403);
        var revoked = patch(exchange.asAppOf(patient), consent, JSON_PATCH, body);

        assertThat(revoked.statusCode()).as(revoked.asString()).isEqualTo(200);
        exchange.as(PRIVACY_OFFICER).get(consent).then().statusCode(200).header("ETag", "W/\"2\"");
    }

    private String recordOf(Person person, String type) {
        return archive.recordOf(person).stream()
                .filter(stored -> stored.type().equals(type))
                .findFirst()
                .orElseThrow()
                .address();
    }

    private static String told(Caller caller, String address, String tag, String body, String contentType) {
        var asked = caller.given().contentType(contentType).body(body);
        if (!tag.isEmpty()) {
            asked.header("If-Match", tag);
        }
        var answer = asked.patch(caller.base() + "/" + address);
        var headers = new TreeMap<String, String>();
        answer.headers().forEach(header -> headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue()));
        headers.remove("date");
        headers.remove("x-request-id");
        return (answer.statusCode() + "\n" + headers + "\n" + answer.asString())
                .replace(address.split("/", 2)[1], "[id]");
    }

    /** Without what each version has of its own. */
    private static String plain(String resource) {
        JsonNode tree = Caller.tree(resource);
        ((com.fasterxml.jackson.databind.node.ObjectNode) tree).remove("meta");
        return tree.toString();
    }

    private Response patch(String address, String contentType, String body) {
        return patch(hospital(), address, contentType, body);
    }

    private static Response patch(Caller caller, String address, String contentType, String body) {
        return caller.given().contentType(contentType).body(body).patch(caller.base() + "/" + address);
    }

    private Caller with(String scopes) {
        return exchange.with(exchange.token(LAKESIDE_HOSPITAL, "", scopes));
    }

    private Caller hospital() {
        return exchange.as(LAKESIDE_HOSPITAL);
    }
}
