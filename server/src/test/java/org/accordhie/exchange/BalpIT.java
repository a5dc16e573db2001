package org.accordhie.exchange;

import static io.restassured.RestAssured.given;
import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PATIENT_APP;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.accordhie.audit.fhir.Balp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Whatever is asked, its event is a valid AuditEvent and meets every profile of IHE BALP that it claims. */
@ExchangeTest
class BalpIT {

    private static final String FHIR = "application/fhir+json";

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    private Callers callers;

    @BeforeEach
    void aPatientIsPushed() {
        var visit = Visit.of("balp");
        var hospital = exchange.as(LAKESIDE_HOSPITAL);
        hospital.post("", visit.bundle()).then().statusCode(200);
        var patient =
                hospital.search("Patient?identifier=" + visit.token()).matches().get(0);
        callers = new Callers(
                exchange,
                patient,
                hospital.search("Condition?subject=" + patient).matches().get(0),
                hospital.search("Observation?subject=" + patient).matches().get(0));
    }

    /**
     * Who asks, and about whom.
     *
     * @param patient whom Lakeside Hospital has pushed, with what follows
     */
    record Callers(Exchange exchange, String patient, String condition, String observation) {

        Caller clinic() {
            return exchange.as(RIVERSIDE_CLINIC);
        }

        Caller hospital() {
            return exchange.as(LAKESIDE_HOSPITAL);
        }

        Caller officer() {
            return exchange.as(PRIVACY_OFFICER);
        }

        String observed(String id) {
            return """
                    {"resourceType":"Observation",%s"status":"final","subject":{"reference":"%s"},
                     "code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},
                     "valueQuantity":{"value":120,"unit":"mm[Hg]"}}""".formatted(id, patient);
        }
    }

    /** A request, the status of its answer, and of its event: subtype, outcome and the profiles claimed. */
    static List<Arguments> requests() {
        return List.of(
                asked("a read", they -> they.clinic().get(they.condition()), 200, "read 0 PatientRead system"),
                asked(
                        "a read of a version",
                        they -> they.clinic().get(they.condition() + "/_history/1"),
                        200,
                        "vread 0 PatientRead system"),
                asked(
                        "a history",
                        they -> they.clinic().get(they.condition() + "/_history"),
                        200,
                        "history-instance 0 system"),
                asked(
                        "a search that finds one patient's",
                        they -> they.clinic().get("Condition?_include=Condition:subject&subject=" + they.patient()),
                        200,
                        "search-type 0 PatientQuery system"),
                asked(
                        "a search that finds several patients'",
                        they -> they.clinic().get("Patient?_count=5"),
                        200,
                        "search-type 0 Query system"),
                asked(
                        "a search that finds nothing",
                        they -> they.clinic().get("Condition?code=nothing%20at%20all%22"),
                        200,
                        "search-type 0 Query system"),
                asked(
                        "a posted search",
                        they -> they.clinic()
                                .given()
                                .contentType("application/x-www-form-urlencoded")
                                .body("subject=" + they.patient())
                                .post(they.exchange().base() + "/Condition/_search"),
                        200,
                        "search-type 0 PatientQuery system"),
                asked(
                        "a create",
                        they -> they.hospital().post("Observation", they.observed("")),
                        201,
                        "create 0 PatientCreate system"),
                asked(
                        "a create about nobody",
                        they -> they.hospital()
                                .post("Location", "{\"resourceType\":\"Location\",\"name\":\"Ward of the audited\"}"),
                        201,
                        "create 0 Create system"),
                asked(
                        "an update",
                        they -> they.hospital()
                                .put(
                                        they.observation(),
                                        they.observed("\"id\":\""
                                                + they.observation().substring("Observation/".length()) + "\",")),
                        200,
                        "update 0 PatientUpdate system"),
                asked(
                        "a patch",
                        they -> they.hospital()
                                .given()
                                .contentType("application/json-patch+json")
                                .body("[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"amended\"}]")
                                .patch(they.exchange().base() + "/" + they.observation()),
                        200,
                        "patch 0 PatientUpdate system"),
                asked(
                        "a conditional update of nothing",
                        they -> they.hospital()
                                .put(
                                        "Observation?identifier=urn:balp%7C" + they.observation(),
                                        they.observed("\"identifier\":[{\"system\":\"urn:balp\",\"value\":\""
                                                + they.observation() + "\"}],")),
                        201,
                        "update 0 PatientUpdate system"),
                asked(
                        "a conditional delete of nothing",
                        they -> they.hospital().delete("Observation?identifier=urn:balp%7Cnothing"),
                        404,
                        "delete 4 system"),
                asked(
                        "a delete",
                        they -> they.hospital().delete(they.observation()),
                        204,
                        "delete 0 PatientDelete system"),
                asked(
                        "a transaction",
                        they -> they.hospital().post("", Visit.of("balp").bundle()),
                        200,
                        "transaction 0 system"),
                asked(
                        "a batch",
                        they -> they.clinic()
                                .given()
                                .body("""
                                {"resourceType":"Bundle","type":"batch","entry":[
                                 {"request":{"method":"GET","url":"%s"}},
                                 {"request":{"method":"GET","url":"Condition/nobodys"}}]}""".formatted(they.condition()))
                                .post(they.exchange().base()),
                        200,
                        "read 0 PatientRead system",
                        "read 4 system"),
                asked(
                        "a bundle of nothing",
                        they -> they.clinic().post("", "{\"resourceType\":\"Bundle\",\"type\":\"batch\"}"),
                        200,
                        "batch 0 system"),
                asked(
                        "$everything",
                        they -> they.clinic().get(they.patient() + "/$everything"),
                        200,
                        "operation 0 system"),
                asked(
                        "$explain",
                        they -> they.officer()
                                .get(they.condition()
                                        + "/$explain?requester=Organization/riverside-clinic&purpose=TREAT"),
                        200,
                        "operation 0 user"),
                asked(
                        "an export",
                        they -> Export.ask(they.clinic(), "$export?_type=Location"),
                        202,
                        "operation 0 system"),
                asked(
                        "what the officer reads",
                        they -> they.officer().get("AuditEvent?patient=" + they.patient()),
                        200,
                        "search-type 0 PatientQuery user"),
                asked(
                        "what a patient's own app reads",
                        they -> they.exchange().asAppOf(they.patient()).get(they.patient()),
                        200,
                        "read 0 PatientRead user"),
                asked(
                        "an emergency",
                        they -> they.exchange()
                                .inEmergency(RIVERSIDE_CLINIC, they.patient(), "found <unconscious>\u0007 & alone")
                                .get(they.patient()),
                        200,
                        "read 0 PatientRead system"),
                asked(
                        "what the scopes do not grant",
                        they -> they.exchange()
                                .with(they.exchange().token(RIVERSIDE_CLINIC, "", "system/Patient.r"))
                                .get("Condition?code=1"),
                        403,
                        "search-type 4 system"),
                asked("what is not there", they -> they.clinic().get("Condition/nobodys"), 404, "read 4 system"),
                asked(
                        "what is no search",
                        they -> they.clinic().get("Condition?favourite=blue%00"),
                        400,
                        "search-type 8"),
                asked("what leads nowhere", they -> they.clinic().get("Nothing/at/all"), 404, "(none) 4 system"),
                asked(
                        "a body that no parser must meet",
                        they -> they.clinic()
                                .given()
                                .contentType(FHIR)
                                .body("{{{")
                                .post("Observation"),
                        400,
                        "create 8"),
                asked(
                        "a request without a token",
                        they -> given().get(they.exchange().base() + "/" + they.patient()),
                        401,
                        "read 4"),
                asked(
                        "what everybody may ask",
                        they -> given().get(they.exchange().base() + "/metadata"),
                        200,
                        "capabilities 0"));
    }

    private static Arguments asked(String what, Function<Callers, Response> request, int status, String... events) {
        return Arguments.of(what, request, status, List.of(events));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void isRecordedAsItClaims(String what, Function<Callers, Response> request, int status, List<String> expected) {
        var before = Instant.now();

        var answer = request.apply(callers);

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        var recorded = new ArrayList<String>();
        for (var id : eventsSince(before)) {
            var event = callers.officer().get("AuditEvent/" + id).asString();
            assertThat(Balp.errors(event)).as(event).isEmpty();
            recorded.add(claims(Caller.tree(event)));
        }
        assertThat(recorded).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void anEventTellsWhatItsDecisionRestsOn() {
        var cory = archive.released(Person.CORY, RIVERSIDE_CLINIC, Archive.Stored::isPatient).stream()
                .findFirst()
                .orElseThrow();
        var before = Instant.now();
        callers.clinic().get(cory).then().statusCode(200);
        var id = eventsSince(before).get(0);

        var event = Caller.json(callers.officer().get("AuditEvent/" + id));

        var consents = event.path("entity").findValuesAsText("reference").stream()
                .filter(reference -> reference.startsWith("Consent/"))
                .toList();
        assertThat(consents).isNotEmpty().allMatch(consent -> consent.contains("/_history/"));
        assertThat(event.path("agent").path(1).path("policy"))
                .isNotEmpty()
                .allMatch(law -> law.asText().startsWith(exchange.base() + "/Consent/"));
        var found = "AuditEvent?_id=" + id + "&entity=";
        assertThat(callers.officer().search(found + consents.get(0)).total()).isEqualTo(1);
        assertThat(callers.officer()
                        .search(found + consents.get(0).replaceFirst("/_history/.*", ""))
                        .total())
                .isEqualTo(1);
        var decision = callers.officer().get("AuditEvent/" + id + "/$decision").asString();
        assertThat(Balp.errors(decision)).as(decision).isEmpty();
        assertThat(Caller.tree(decision).at("/meta/profile/0").asText()).endsWith("AuthZconsent");
        assertThat(Caller.tree(decision).path("entity").findValuesAsText("reference"))
                .contains(cory)
                .containsAll(consents);
    }

    @Test
    void anEventTellsWhatItDisclosedOfEachPatient() {
        var before = Instant.now();
        callers.clinic()
                .get("Condition?_include=Condition:subject&subject=" + callers.patient())
                .then()
                .statusCode(200);
        var id = eventsSince(before).get(0);

        var disclosures = Caller.json(callers.officer().get("AuditEvent/" + id + "/$disclosures"));

        assertThat(disclosures.path("entry")).singleElement().satisfies(entry -> {
            var event = entry.path("resource");
            assertThat(Balp.errors(event.toString())).as(event.toString()).isEmpty();
            assertThat(event.at("/meta/profile/0").asText()).endsWith("PrivacyDisclosure.Source");
            assertThat(event.path("agent").path(1).at("/who/reference").asText())
                    .isEqualTo("Organization/riverside-clinic");
            assertThat(event.path("entity").findValuesAsText("reference"))
                    .contains(callers.patient(), "AuditEvent/" + id, callers.condition() + "/_history/1");
        });
    }

    @Test
    void whoeverMayNotReadAnEventFindsNoViewOfIt() {
        var before = Instant.now();
        callers.clinic().get(callers.patient()).then().statusCode(200);
        var event = "AuditEvent/" + eventsSince(before).get(0);
        var app = exchange.with(exchange.token(PATIENT_APP, callers.patient(), "patient/AuditEvent.rs"));

        for (var view : List.of("/$decision", "/$disclosures")) {
            callers.clinic().get(event + view).then().statusCode(404);
            callers.officer()
                    .get("AuditEvent/" + UUID.randomUUID() + view)
                    .then()
                    .statusCode(404);
        }
        app.get(event + "/$decision").then().statusCode(404);
        assertThat(Caller.json(app.get(event + "/$disclosures")).path("entry")).isEmpty();
    }

    @Test
    void onlyOfficersSeeAndFindTheClientsAddress() {
        callers.clinic().get(callers.patient()).then().statusCode(200);
        var app = exchange.with(exchange.token(PATIENT_APP, callers.patient(), "patient/AuditEvent.rs"));
        var reads = "AuditEvent?agent=Organization/riverside-clinic&patient=" + callers.patient();

        assertThat(callers.officer().search(reads + "&address=127.0").total()).isEqualTo(1);
        assertThat(callers.officer().search(reads + "&address=10.0,127.0.0.1").total())
                .isEqualTo(1);
        assertThat(callers.officer().search(reads + "&address:exact=127.0.0.1").total())
                .isEqualTo(1);
        assertThat(callers.officer().search(reads + "&address:exact=127.0.0").total())
                .isZero();
        assertThat(callers.officer().search(reads + "&address=0.0.1").total()).isZero();
        var shown = Caller.json(app.get(reads));
        assertThat(shown.path("total").asInt()).isEqualTo(1);
        assertThat(shown.toString()).doesNotContain("\"127.0.0.1\"");
        assertThat(Balp.errors(shown.at("/entry/0/resource").toString())).isEmpty();
        assertThat(app.search(reads + "&address=127.0").total()).isZero();
        assertThat(app.search(reads + "&address:exact=127.0.0.1").total()).isZero();
    }

    private List<UUID> eventsSince(Instant before) {
        return archive.sql()
                .sql("SELECT event_id FROM accord.audit_event WHERE recorded >= ? ORDER BY recorded")
                .param(Timestamp.from(before))
                .query(UUID.class)
                .list();
    }

    /** Subtype, outcome, the pattern, and whose token it was. */
    private static String claims(JsonNode event) {
        var said = new StringBuilder(event.at("/subtype/0/code").asText("(none)"))
                .append(' ')
                .append(event.path("outcome").asText());
        var profiles = new ArrayList<String>();
        event.at("/meta/profile").forEach(each -> profiles.add(each.asText().replaceFirst(".*BasicAudit\\.", "")));
        profiles.stream()
                .filter(name -> !name.startsWith("OAUTH"))
                .forEach(name -> said.append(' ').append(name));
        if (profiles.contains("OAUTHaccessTokenUse.Comprehensive")) {
            said.append(profiles.contains("OAUTHaccessTokenUse.Minimal") ? " user" : " system");
        }
        return said.toString();
    }
}
