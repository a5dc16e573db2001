package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PATIENT_APP;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RESEARCH_INSTITUTE;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The audit trail, read as AuditEvent. Each story is about a patient of its own, whom Lakeside Hospital has pushed. */
@ExchangeTest
class AuditEventIT {

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    private Caller officer;
    private Caller clinic;
    private String patient = "";

    @BeforeEach
    void aPatientIsPushed() {
        officer = exchange.as(PRIVACY_OFFICER);
        clinic = exchange.as(RIVERSIDE_CLINIC);
        patient = pushed("audited");
    }

    @Test
    void theOfficerFindsWhoReadWhat() {
        var before = Instant.now();
        clinic.get(patient).then().statusCode(200);

        var found = Caller.json(officer.get(
                "AuditEvent?patient=" + patient + "&date=ge" + before + "&agent=Organization/riverside-clinic"));

        assertThat(found.path("total").asInt()).isEqualTo(1);
        var event = found.path("entry").path(0).path("resource");
        assertThat(event.path("type").path("code").asText()).isEqualTo("rest");
        assertThat(event.path("subtype").path(0).path("code").asText()).isEqualTo("read");
        assertThat(event.path("action").asText()).isEqualTo("R");
        assertThat(event.path("outcome").asText()).isEqualTo("0");
        assertThat(event.findPath("purposeOfEvent").findValuesAsText("code")).containsExactly("TREAT");
        assertThat(event.path("agent").findValuesAsText("reference")).containsExactly("Organization/riverside-clinic");
        assertThat(event.path("agent").path(0).at("/who/identifier/value").asText())
                .isEqualTo("dev-riverside-clinic");
        assertThat(event.path("entity").findValuesAsText("reference"))
                .containsExactly(patient, patient + "/_history/1");
        assertThat(queryOf(event)).contains(patient);
    }

    @Test
    void anEventIsReadByItsId() {
        clinic.get(patient).then().statusCode(200);
        var event = eventsOf("riverside-clinic").matches().get(0);

        var read = Caller.json(officer.get(event));

        assertThat(read.path("id").asText()).isEqualTo(event.substring("AuditEvent/".length()));
        assertThat(Caller.json(officer.get(event + "/_history/1"))).isEqualTo(read);
        assertThat(officer.search("AuditEvent?_id=" + read.path("id").asText()).matches())
                .containsExactly(event);
        officer.get(event + "/_history/2").then().statusCode(404);
        officer.get("AuditEvent/" + UUID.randomUUID()).then().statusCode(404);
        officer.get("AuditEvent/nothing").then().statusCode(404);
    }

    @Test
    void readingTheTrailIsRecordedToo() {
        clinic.get(patient).then().statusCode(200);
        var seen = eventsOf("riverside-clinic").matches().get(0);

        var readings = Caller.json(officer.get("AuditEvent?entity=" + seen + "&patient=" + patient));

        assertThat(readings.path("total").asInt()).isEqualTo(1);
        var reading = readings.path("entry").path(0).path("resource");
        assertThat(reading.path("subtype").path(0).path("code").asText()).isEqualTo("search-type");
        assertThat(queryOf(reading)).contains("agent=Organization/riverside-clinic");
        assertThat(reading.path("agent").findValuesAsText("reference"))
                .containsExactly("Organization/accord-exchange", "Practitioner/privacy-officer");
    }

    @Test
    void everybodyElseFindsNothing() {
        clinic.get(patient).then().statusCode(200);
        var event = eventsOf("riverside-clinic").matches().get(0);

        for (var partner : List.of(RIVERSIDE_CLINIC, LAKESIDE_HOSPITAL, RESEARCH_INSTITUTE)) {
            var caller = exchange.as(partner);
            assertThat(caller.search("AuditEvent").total()).isZero();
            assertThat(caller.search("AuditEvent?patient=" + patient + "&_summary=count")
                            .total())
                    .isZero();
            var hidden = caller.get(event);
            var absent = caller.get("AuditEvent/" + UUID.randomUUID());
            assertThat(hidden.statusCode()).isEqualTo(404);
            assertThat(hidden.asString()).isEqualTo(absent.asString());
        }
    }

    @Test
    void withoutAScopeForAuditEventItIsRefused() {
        var token = exchange.token(PRIVACY_OFFICER, "", "user/Consent.rs user/AuditEvent.r");

        exchange.with(token).get("AuditEvent").then().statusCode(403);
        exchange.with(exchange.token(PRIVACY_OFFICER, "", "user/AuditEvent.s"))
                .get("AuditEvent/" + UUID.randomUUID())
                .then()
                .statusCode(403);
        assertThat(exchange.with(exchange.token(PRIVACY_OFFICER, "", "user/AuditEvent.rs"))
                        .search("AuditEvent?patient=" + patient)
                        .total())
                .isPositive();
    }

    @Test
    void aPatientsAppSeesWhatConcernsItsPatientAlone() {
        var other = pushed("other");
        clinic.get(patient).then().statusCode(200);
        clinic.get(other).then().statusCode(200);
        clinic.search("Patient?_id=" + idOf(patient) + "," + idOf(other));
        var app = exchange.with(exchange.token(PATIENT_APP, patient, "patient/AuditEvent.rs"));

        var found = Caller.json(app.get("AuditEvent?agent=Organization/riverside-clinic"));

        assertThat(found.path("total").asInt()).isEqualTo(1);
        assertThat(found.toString()).contains(patient).doesNotContain(idOf(other));
        assertThat(officer.search("AuditEvent?agent=Organization/riverside-clinic&patient=" + patient)
                        .total())
                .isEqualTo(2);
        assertThat(app.search("AuditEvent?patient=" + other).total()).isZero();
        var others = officer.search("AuditEvent?agent=Organization/riverside-clinic&patient=" + other);
        others.matches().forEach(event -> app.get(event).then().statusCode(404));
    }

    @Test
    void aPatientIsNotToldWhatWasAsked() {
        clinic.get(patient).then().statusCode(200);
        var app = exchange.with(exchange.token(PATIENT_APP, patient, "patient/AuditEvent.rs"));

        var found = Caller.json(app.get("AuditEvent?agent=Organization/riverside-clinic"));

        assertThat(found.findValues("query")).isEmpty();
        assertThat(found.findValuesAsText("reference")).contains("Organization/riverside-clinic", patient);
    }

    @Test
    void refusalsAreFoundByTheirOutcome() {
        var before = Instant.now();
        clinic.get("Condition/nobodys").then().statusCode(404);
        clinic.get("Condition?favourite=blue").then().statusCode(400);
        clinic.get(patient).then().statusCode(200);
        var since = "AuditEvent?agent:identifier=dev-riverside-clinic&date=ge" + before + "&outcome=";

        assertThat(officer.search(since + "4").total()).isEqualTo(1);
        assertThat(officer.search(since + "8").total()).isEqualTo(1);
        assertThat(officer.search(since + "4,8").total()).isEqualTo(2);
        assertThat(officer.search(since + "http://hl7.org/fhir/audit-event-outcome%7C0")
                        .total())
                .isEqualTo(1);
        assertThat(queryOf(Caller.json(officer.get(since + "4"))
                        .path("entry")
                        .path(0)
                        .path("resource")))
                .contains("Condition/nobodys");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            type=rest;                                                                                3
            type=http://terminology.hl7.org/CodeSystem/audit-event-type%7Crest;                       3
            type=urn:other%7Crest;                                                                    0
            subtype=search-type;                                                                      1
            subtype=read,search-type;                                                                 2
            subtype=transaction;                                                                      1
            action=R;                                                                                 1
            action=E;                                                                                 2
            action=C;                                                                                 0
            purpose=TREAT;                                                                            3
            purpose=http://terminology.hl7.org/CodeSystem/v3-ActReason%7CTREAT;                       3
            purpose=HRESCH;                                                                           0
            agent=Organization/lakeside-hospital;                                                     2
            agent=Organization/lakeside-hospital,Organization/riverside-clinic;                       3
            agent=Practitioner/privacy-officer;                                                       0
            agent:identifier=dev-lakeside-hospital;                                                   2
            agent:identifier=urn:other%7Cdev-lakeside-hospital;                                       0
            action=E&agent=Organization/lakeside-hospital&purpose=TREAT;                              2
            date=gt2100;                                                                              0
            date=lt2020,ge2021;                                                                       3
            date=ne2020-01-01;                                                                        3
            """)
    void eventsAreFoundBy(String criterion, int total) {
        clinic.get(patient).then().statusCode(200);
        // What this officer asks is about the same patient.
        var others = "&agent=Organization/lakeside-hospital,Organization/riverside-clinic";

        assertThat(officer.search("AuditEvent?patient=" + patient + others + "&" + criterion)
                        .total())
                .isEqualTo(total);
    }

    @Test
    void eventsAreFoundByWhatWasReleasedAndWhen() {
        var condition = clinic.search("Condition?subject=" + patient).matches().get(0);
        var today = LocalDate.now(ZoneOffset.UTC);
        var byTheClinic = "AuditEvent?agent=Organization/riverside-clinic&date=ge" + today.minusDays(1) + "&entity=";

        assertThat(officer.search(byTheClinic + condition).total()).isEqualTo(1);
        assertThat(officer.search(byTheClinic + condition + "/_history/1").total())
                .isEqualTo(1);
        assertThat(officer.search(byTheClinic + condition + "/_history/2").total())
                .isZero();
        assertThat(officer.search(byTheClinic + patient).total()).isEqualTo(1);
        assertThat(officer.search(byTheClinic + exchange.base() + "/" + condition)
                        .total())
                .isEqualTo(1);
        assertThat(officer.search(byTheClinic.replace("=ge", "=lt") + condition).total())
                .isZero();
    }

    @Test
    void aWalkMeetsEveryEventOnce() {
        IntStream.range(0, 7).forEach(each -> clinic.get(patient).then().statusCode(200));
        var query = "AuditEvent?patient=" + patient + "&_count=2";

        for (var order : List.of("", "&_sort=-date", "&_sort=date")) {
            var total = officer.search("AuditEvent?patient=" + patient + "&_summary=count")
                    .total();
            var pages = officer.pages(query + order);

            // The count above was a reading that showed nothing, so it is about nobody.
            assertThat(pages).allSatisfy(page -> assertThat(page.total()).isEqualTo(total));
            var walked = pages.stream().flatMap(page -> page.matches().stream()).toList();
            assertThat(walked).hasSize(total).doesNotHaveDuplicates();
            assertThat(recorded(walked))
                    .isSortedAccordingTo(order.equals("&_sort=date") ? Instant::compareTo : (a, b) -> b.compareTo(a));
        }
    }

    @Test
    void aWalkCanTurnBack() {
        IntStream.range(0, 3).forEach(each -> clinic.get(patient).then().statusCode(200));
        var first = Caller.json(officer.get("AuditEvent?patient=" + patient + "&_count=2"));
        var second = Caller.json(officer.get(link(first, "next")));

        var again = Caller.json(officer.get(link(second, "previous")));

        assertThat(Found.in(again).matches()).isEqualTo(Found.in(first).matches());
        assertThat(link(again, "previous")).isEmpty();
        assertThat(officer.search(link(again, "next")).matches())
                .isEqualTo(Found.in(second).matches());
    }

    @Test
    void aSearchByPostFindsTheSame() {
        clinic.get(patient).then().statusCode(200);
        var posted = officer.given()
                .contentType("application/x-www-form-urlencoded")
                .body("patient=" + patient + "&agent=Organization/riverside-clinic")
                .post(exchange.base() + "/AuditEvent/_search");

        assertThat(Found.in(Caller.json(posted)).matches())
                .isEqualTo(eventsOf("riverside-clinic").matches());
    }

    @Test
    void aBatchAnswersAsARequestDoes() {
        clinic.get(patient).then().statusCode(200);
        var event = eventsOf("riverside-clinic").matches().get(0);

        var asOfficer = officer.bundle(
                "batch", List.of(event, "AuditEvent?patient=" + patient + "&agent=Organization/riverside-clinic"));
        var asClinic = clinic.bundle("batch", List.of(event, "AuditEvent?patient=" + patient));

        assertThat(asOfficer.at("/entry/0/resource/resourceType").asText()).isEqualTo("AuditEvent");
        assertThat(asOfficer.at("/entry/1/resource/total").asInt()).isEqualTo(1);
        assertThat(asClinic.at("/entry/0/response/status").asText()).startsWith("404");
        assertThat(asClinic.at("/entry/1/resource/total").asInt(-1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "favourite=blue",
                "patient.name=x",
                "patient:missing=true",
                "agent=riverside-clinic",
                "entity=x y",
                "date=yesterday",
                "date=ap2026",
                "date=2026-02-31",
                "date=",
                "_sort=agent",
                "_count=-1",
                "_offset=x",
                "_total=maybe",
                "_summary=maybe",
                "_include=AuditEvent:patient",
                "_lastUpdated=ge2020",
                "_has:Provenance:entity:agent=x"
            })
    void whatIsNotKnownIsRefused(String parameter) {
        for (var partner : List.of(PRIVACY_OFFICER, RIVERSIDE_CLINIC)) {
            var answer = exchange.as(partner).get("AuditEvent?" + parameter.replace(" ", "%20"));

            assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
            var named = parameter.startsWith("_sort") ? "agent" : parameter.split("[=:.]", 2)[0];
            assertThat(answer.asString()).contains("`" + named + "`");
        }
    }

    @Test
    void nobodyWritesItAndEveryAttemptIsKept() {
        var before = Instant.now();
        var body = "{\"resourceType\":\"AuditEvent\",\"id\":\"1\"}";
        for (var partner : Partner.values()) {
            var caller = partner == PATIENT_APP ? exchange.asAppOf(patient) : exchange.as(partner);
            assertThat(List.of(
                            caller.post("AuditEvent", body).statusCode(),
                            caller.put("AuditEvent/1", body).statusCode(),
                            caller.delete("AuditEvent/1").statusCode()))
                    .as(partner.name())
                    .containsOnly(403);
        }

        assertThat(officer.search("AuditEvent?outcome=4&action=C,U,D&date=ge" + before)
                        .total())
                .isEqualTo(3 * Partner.values().length);
    }

    @Test
    void theCapabilityStatementTellsWhatIsThere() {
        var statement = Caller.json(officer.get("metadata"));
        var told = StreamSupport.stream(statement.at("/rest/0/resource").spliterator(), false)
                .filter(resource -> resource.path("type").asText().equals("AuditEvent"))
                .findFirst()
                .orElseThrow();

        assertThat(told.path("interaction").findValuesAsText("code"))
                .containsExactlyInAnyOrder("read", "vread", "search-type");
        assertThat(told.path("searchParam").findValuesAsText("name"))
                .containsExactly(
                        "_id", "patient", "date", "agent", "entity", "address", "purpose", "outcome", "type", "subtype",
                        "action");
        assertThat(told.has("searchInclude")).isFalse();
        assertThat(statement.toString()).doesNotContain("AuditEvent:");
    }

    private Found eventsOf(String organization) {
        return officer.search("AuditEvent?patient=" + patient + "&agent=Organization/" + organization);
    }

    private String pushed(String name) {
        var visit = Visit.of(name);
        var hospital = exchange.as(LAKESIDE_HOSPITAL);
        hospital.post("", visit.bundle()).then().statusCode(200);
        return hospital.search("Patient?identifier=" + visit.token()).matches().get(0);
    }

    private List<Instant> recorded(List<String> events) {
        var recorded = new ArrayList<Instant>();
        for (var event : events) {
            recorded.add(archive.sql()
                    .sql("SELECT recorded FROM accord.audit_event WHERE event_id = ?::uuid")
                    .param(idOf(event))
                    .query((row, number) -> row.getTimestamp(1).toInstant())
                    .single());
        }
        return recorded;
    }

    private static String idOf(String address) {
        return address.substring(address.indexOf('/') + 1);
    }

    private static String queryOf(JsonNode event) {
        return new String(Base64.getDecoder().decode(event.findPath("query").asText()), StandardCharsets.UTF_8);
    }

    private static String link(JsonNode bundle, String relation) {
        for (var link : bundle.path("link")) {
            if (link.path("relation").asText().equals(relation)) {
                return link.path("url").asText();
            }
        }
        return "";
    }
}
