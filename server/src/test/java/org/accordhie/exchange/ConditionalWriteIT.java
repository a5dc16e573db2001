package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A condition finds what the source itself has written and may see. What another source has written, seen or not, is met by
 * nothing: it is neither found nor changed, and the answers are those of what never was.
 */
@ExchangeTest
class ConditionalWriteIT {

    private static final String JSON_PATCH = "application/json-patch+json";
    private static final String SYSTEM = "urn:lakeside:conditional";

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    private final String value = UUID.randomUUID().toString();

    @Test
    void anUpdateCreatesUpdatesAndIsDeletedByItsIdentifier() {
        var created = put(condition(SYSTEM, value), patient(SYSTEM, value, "Example"));
        var address = addressOf(created);
        var updated = put(condition(SYSTEM, value), patient(SYSTEM, value, "Changed"));
        var named = put(
                condition(SYSTEM, value),
                patient(SYSTEM, value, "Named")
                        .replaceFirst("\\{", "{\"id\":\"" + address.substring("Patient/".length()) + "\","));

        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo(exchange.base() + "/" + address + "/_history/1");
        assertThat(List.of(updated.statusCode(), named.statusCode())).containsOnly(200);
        assertThat(List.of(addressOf(updated), addressOf(named))).containsOnly(address);
        hospital().get(address).then().statusCode(200).header("ETag", "W/\"3\"");
        assertThat(hospital().search(condition(SYSTEM, value)).matches()).containsExactly(address);

        var patched = patch(condition(SYSTEM, value));
        assertThat(patched.statusCode()).as(patched.asString()).isEqualTo(200);
        assertThat(patched.asString()).contains("\"birthDate\":\"2001-02-03\"").contains("Named");
        assertThat(hospital().delete(condition(SYSTEM, value)).statusCode()).isEqualTo(204);
        hospital().get(address).then().statusCode(404);
        assertThat(hospital().delete(condition(SYSTEM, value)).statusCode()).isEqualTo(404);
    }

    /** Clark's are hidden from the hospital and Cory's are not; neither are its own. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatAnotherSourceWroteIsMetByNothing(boolean hidden) {
        var person = hidden ? Person.CLARK : Person.CORY;
        var before = archive.recordOf(person);
        assertThat(before).isNotEmpty();
        var versions = versionsOf(before);
        var system = person.token().substring(0, person.token().indexOf("%7C"));

        var others = conversation(system, person.identifier());
        var absent = conversation(system, value);

        assertThat(others).hasSameSizeAs(absent);
        for (int step = 0; step < others.size(); step++) {
            assertThat(others.get(step)).as("step %d", step).isEqualTo(absent.get(step));
        }
        assertThat(others.stream().map(told -> told.substring(0, 3)))
                .containsExactly("404", "404", "200", "422", "412", "201", "200", "200", "204", "404");
        assertThat(versionsOf(before)).isEqualTo(versions);
    }

    /** Everything that a source might do by an identifier, until what it has created is gone again. */
    private List<String> conversation(String system, String identifier) {
        var told = new ArrayList<String>();
        var condition = condition(system, identifier);
        told.add(told(hospital().delete(condition), identifier, ""));
        told.add(told(patch(condition), identifier, ""));
        told.add(told(entries("""
                {"request":{"method":"DELETE","url":"%s"}}""".formatted(condition), "batch"), identifier, ""));
        told.add(told(entries("""
                {"request":{"method":"DELETE","url":"%s"}}""".formatted(condition), "transaction"), identifier, ""));
        told.add(told(
                hospital()
                        .given()
                        .header("If-Match", "W/\"1\"")
                        .body(patient(system, identifier, "Tagged"))
                        .put(hospital().base() + "/" + condition),
                identifier,
                ""));
        var created = put(condition, patient(system, identifier, "Example"));
        var address = addressOf(created);
        told.add(told(created, identifier, address));
        told.add(told(put(condition, patient(system, identifier, "Changed")), identifier, address));
        told.add(told(patch(condition), identifier, address));
        told.add(told(hospital().delete(condition), identifier, address));
        told.add(told(hospital().get(address), identifier, address));
        return told;
    }

    @ParameterizedTest(name = "{0} {1} is answered with {2}")
    @CsvSource(delimiter = ';', textBlock = """
            PUT;    Patient?_id=x;                                        422
            PUT;    Patient?name=Example;                                 422
            PUT;    Patient?identifier=1;                                 422
            PUT;    Patient?identifier=urn:x%7C1,urn:x%7C2;               422
            PUT;    Patient?identifier=urn:x%7C1&name=Example;            422
            PUT;    Patient?identifier=urn:x%7C1&identifier=urn:x%7C2;    422
            PUT;    Patient;                                              400
            DELETE; Patient?_id=x;                                        422
            DELETE; Patient?identifier:of-type=urn:x%7C1;                 422
            DELETE; Patient;                                              404
            PATCH;  Patient?name=Example;                                 422
            PATCH;  Patient;                                              400
            """)
    void whatIsNoIdentifierIsRefused(String method, String address, int status) {
        var rows = archive.rows();
        var asked = hospital().given();
        if (method.equals("PATCH")) {
            asked.contentType(JSON_PATCH).body("[]");
        } else if (method.equals("PUT")) {
            asked.body(patient(SYSTEM, value, "Example"));
        }

        var answer = asked.request(method, hospital().base() + "/" + address);

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        if (status == 422) {
            assertThat(answer.asString()).contains("identifier=[system]|[value]");
        }
        assertThat(archive.rows()).isEqualTo(rows);
    }

    @Test
    void severalThatMeetItAreTooMany() {
        var condition = "Location?identifier=" + SYSTEM + "%7C" + value;
        hospital().post("Location", ward("", value)).then().statusCode(201);
        var other = addressOf(hospital().post("Location", ward("", "other" + value)));
        // What is changed by its id may come to bear the identifier of another one.
        hospital()
                .put(other, ward(other.substring("Location/".length()), value))
                .then()
                .statusCode(200);
        assertThat(hospital().search(condition).total()).isEqualTo(2);
        var rows = archive.rows();

        var answers = List.of(
                put(condition, ward("", value)),
                hospital().delete(condition),
                patch(condition),
                entries(
                        "{\"resource\":" + ward("", value) + ",\"request\":{\"method\":\"PUT\",\"url\":\"" + condition
                                + "\"}}",
                        "transaction"));

        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(412));
        assertThat(archive.rows()).isEqualTo(rows);
    }

    private static String ward(String id, String identifier) {
        return """
                {"resourceType":"Location",%s"identifier":[{"system":"%s","value":"%s"}],"name":"Ward"}""".formatted(id.isEmpty() ? "" : "\"id\":\"" + id + "\",", SYSTEM, identifier);
    }

    @Test
    void theBodySaysNothingElse() {
        var address = addressOf(put(condition(SYSTEM, value), patient(SYSTEM, value, "Example")));
        var rows = archive.rows();
        var named = patient(SYSTEM, value, "Changed").replaceFirst("\\{", "{\"id\":\"another\",");
        var unknown = UUID.randomUUID().toString();

        var mismatched = put(condition(SYSTEM, value), named);
        var inXml = hospital()
                .given()
                .contentType("application/fhir+xml")
                .accept("application/fhir+json")
                .body("<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"another\"/></Patient>")
                .put(hospital().base() + "/" + condition(SYSTEM, value));
        var nameless = put(condition(SYSTEM, unknown), patient(SYSTEM, value, "Changed"));

        assertThat(mismatched.statusCode()).isEqualTo(422);
        assertThat(mismatched.asString())
                .contains("Bundle.entry[0].resource.id")
                .doesNotContain("another");
        assertThat(inXml.asString()).isEqualTo(mismatched.asString());
        assertThat(nameless.statusCode()).isEqualTo(422);
        assertThat(nameless.asString()).contains("Bundle.entry[0].resource.identifier");
        assertThat(archive.rows()).isEqualTo(rows);
        hospital().get(address).then().statusCode(200).header("ETag", "W/\"1\"");
    }

    @Test
    void anEntityTagHoldsAsForAnUpdateById() {
        var address = addressOf(put(condition(SYSTEM, value), patient(SYSTEM, value, "Example")));
        var named = patient(SYSTEM, value, "Changed")
                .replaceFirst("\\{", "{\"id\":\"" + address.substring("Patient/".length()) + "\",");

        var byId = tagged("77", address, named);
        var byIdentifier = tagged("77", condition(SYSTEM, value), patient(SYSTEM, value, "Changed"));
        var right = tagged("1", condition(SYSTEM, value), patient(SYSTEM, value, "Changed"));

        assertThat(byId.statusCode()).isIn(409, 412);
        assertThat(byIdentifier.statusCode()).isEqualTo(byId.statusCode());
        assertThat(byIdentifier.asString()).isEqualTo(byId.asString());
        assertThat(right.statusCode()).isEqualTo(200);
    }

    private Response tagged(String version, String address, String body) {
        return hospital()
                .given()
                .header("If-Match", "W/\"" + version + "\"")
                .body(body)
                .put(hospital().base() + "/" + address);
    }

    @Test
    void anEntryOfABundleGoesTheSameWay() {
        var old = UUID.randomUUID().toString();
        put(condition(SYSTEM, old), patient(SYSTEM, old, "Gone")).then().statusCode(201);
        var bundle = """
                {"fullUrl":"urn:uuid:9d5d4c2e-0000-4000-8000-00000000000a","resource":%s,
                 "request":{"method":"PUT","url":"%s"}},
                {"resource":{"resourceType":"Condition","code":{"text":"cough"},
                 "subject":{"reference":"urn:uuid:9d5d4c2e-0000-4000-8000-00000000000a"}},
                 "request":{"method":"POST","url":"Condition"}},
                {"request":{"method":"DELETE","url":"%s"}}""".formatted(patient(SYSTEM, value, "Example"), condition(SYSTEM, value), condition(SYSTEM, old));

        var answer = entries(bundle, "transaction");

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(statuses(answer)).containsExactly("201", "201", "204");
        var patient = hospital().search(condition(SYSTEM, value)).matches();
        assertThat(hospital().search("Condition?subject=" + patient.get(0)).total())
                .isEqualTo(1);
        assertThat(hospital().search(condition(SYSTEM, old)).total()).isZero();
        var again = entries(
                "{\"resource\":" + patient(SYSTEM, value, "Changed") + ",\"request\":{\"method\":\"PUT\",\"url\":\""
                        + condition(SYSTEM, value) + "\"}},"
                        + "{\"request\":{\"method\":\"DELETE\",\"url\":\"" + condition(SYSTEM, old) + "\"}}",
                "batch");
        assertThat(statuses(again)).containsExactly("200", "422");
        assertThat(entries(bundle, "transaction").statusCode()).isEqualTo(422);
    }

    @Test
    void sentFourTimesAtOnceItLeavesOne() throws Exception {
        var senders = Executors.newFixedThreadPool(4);
        try {
            Callable<Integer> send = () -> put(condition(SYSTEM, value), patient(SYSTEM, value, "Example"))
                    .statusCode();

            for (var answer : senders.invokeAll(List.of(send, send, send, send))) {
                assertThat(answer.get()).isIn(200, 201);
            }
        } finally {
            senders.shutdown();
        }
        assertThat(hospital().search(condition(SYSTEM, value)).total()).isEqualTo(1);
    }

    @Test
    void aConditionIsASearchForWhichScopesAreNeeded() {
        put(condition(SYSTEM, value), patient(SYSTEM, value, "Example")).then().statusCode(201);

        assertThat(with("system/Patient.cud")
                        .put(condition(SYSTEM, value), patient(SYSTEM, value, "X"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(with("system/Patient.cud").delete(condition(SYSTEM, value)).statusCode())
                .isEqualTo(403);
        assertThat(with("system/Patient.us")
                        .put(condition(SYSTEM, value), patient(SYSTEM, value, "X"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(with("system/Patient.us").delete(condition(SYSTEM, value)).statusCode())
                .isEqualTo(403);
        assertThat(with("system/Patient.ds").delete(condition(SYSTEM, value)).statusCode())
                .isEqualTo(204);
    }

    @Test
    void theEventKeepsTheCondition() {
        put(condition(SYSTEM, value), patient(SYSTEM, value, "Example")).then().statusCode(201);

        var query = archive.sql()
                .sql("SELECT query FROM accord.audit_event WHERE query LIKE ? AND interaction = 'UPDATE'")
                .param("%" + value + "%")
                .query(String.class)
                .list();

        assertThat(query).singleElement().satisfies(asked -> assertThat(asked).contains("Patient?identifier="));
    }

    /** Consents are officers' and patients' own; a source changes none by an identifier either. */
    @Test
    void consentsAreNotASources() {
        var condition = "Consent?identifier=" + SYSTEM + "%7C" + value;
        for (var partner : List.of(LAKESIDE_HOSPITAL, RIVERSIDE_CLINIC)) {
            var caller = exchange.as(partner);
            assertThat(caller.delete(condition).statusCode()).isEqualTo(403);
            assertThat(caller.put(condition, Consents.share("Patient/x")).statusCode())
                    .isEqualTo(403);
        }
        assertThat(exchange.as(PRIVACY_OFFICER).delete(condition).statusCode()).isEqualTo(404);
    }

    private List<String> statuses(Response answer) {
        var statuses = new ArrayList<String>();
        Caller.tree(answer.asString())
                .path("entry")
                .forEach(entry ->
                        statuses.add(entry.at("/response/status").asText().split(" ", 2)[0]));
        return statuses;
    }

    private List<String> versionsOf(List<Archive.Stored> record) {
        var ids = record.stream().map(Archive.Stored::id).toArray(String[]::new);
        return archive.sql()
                .sql("SELECT res_type || '/' || fhir_id || ' ' || res_ver FROM hfj_resource"
                        + " WHERE fhir_id = ANY (?) ORDER BY 1")
                .param(ids)
                .query(String.class)
                .list();
    }

    private static String told(Response answer, String identifier, String address) {
        var headers = new TreeMap<String, String>();
        answer.headers().forEach(header -> headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue()));
        headers.remove("date");
        headers.remove("x-request-id");
        headers.computeIfPresent("last-modified", (name, time) -> "[now]");
        var told = (answer.statusCode() + "\n" + headers + "\n" + answer.asString()).replace(identifier, "[value]");
        return (address.isEmpty() ? told : told.replace(address.split("/", 2)[1], "[id]"))
                .replaceAll("/[0-9a-f-]{36}", "/[random]")
                .replaceAll("\"id\":\"[0-9a-f-]{36}\"", "\"id\":\"[random]\"")
                .replaceAll("\"lastModified\":\"[^\"]*\"", "\"lastModified\":\"[now]\"")
                .replaceAll("\"lastUpdated\":\"[^\"]*\"", "\"lastUpdated\":\"[now]\"");
    }

    private static String condition(String system, String identifier) {
        return "Patient?identifier=" + system + "%7C" + identifier;
    }

    private static String patient(String system, String identifier, String family) {
        return """
                {"resourceType":"Patient","identifier":[{"system":"%s","value":"%s"}],"name":[{"family":"%s"}]}""".formatted(system, identifier, family);
    }

    private static String addressOf(Response written) {
        return String.valueOf(written.header("Content-Location")).replaceFirst(".*/([A-Z][A-Za-z]+/[^/]+).*", "$1");
    }

    private Response put(String address, String body) {
        return hospital().put(address, body);
    }

    private Response patch(String address) {
        return hospital()
                .given()
                .contentType(JSON_PATCH)
                .body("[{\"op\":\"add\",\"path\":\"/birthDate\",\"value\":\"2001-02-03\"}]"
                        .replace("birthDate", address.startsWith("Patient") ? "birthDate" : "description"))
                .patch(hospital().base() + "/" + address);
    }

    private Response entries(String entries, String type) {
        return hospital()
                .post("", "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":[" + entries + "]}");
    }

    private Caller with(String scopes) {
        return exchange.with(exchange.token(LAKESIDE_HOSPITAL, "", scopes));
    }

    private Caller hospital() {
        return exchange.as(LAKESIDE_HOSPITAL);
    }
}
