package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PATIENT_APP;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RESEARCH_INSTITUTE;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restassured.response.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Disclosures that were made elsewhere are reported, and are accounted for. */
@ExchangeTest
class RecordDisclosureIT {

    private static final String REPORT = "AuditEvent/$recordDisclosure";

    /** A fax to the state's police about the patient, with the id of the report and what is particular to it. */
    private static final String FAX = """
            {"resourceType":"AuditEvent","id":"%s",
             "type":{"system":"http://dicom.nema.org/resources/ontology/DCM","code":"110106"},
             "recorded":"2026-03-01T09:00:00Z","outcome":"0",
             "purposeOfEvent":[{"coding":[{"system":"https://accordhie.org/fhir/CodeSystem/disclosure-basis",
              "code":"law-enforcement"}]}],
             "agent":[{"type":{"coding":[{"system":"http://dicom.nema.org/resources/ontology/DCM","code":"110152"}]},
              "name":"State Police","location":{"display":"1 Main Street, Springfield"},"requestor":true,
              "media":{"system":"http://dicom.nema.org/resources/ontology/DCM","code":"110038"}}],
             "source":{"observer":{"display":"Lakeside Hospital"}},
             "entity":[{"what":{"reference":"%s"}},{"description":"discharge letter, 2 pages"}]}""";

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    @Autowired
    @Qualifier("wholePool")
    DataSource server;

    private Caller hospital;
    private Caller officer;
    private Accounted alices;
    private String alice = "";
    private String id = "";

    @BeforeEach
    void aPatientIsPushed() {
        hospital = exchange.as(LAKESIDE_HOSPITAL);
        officer = exchange.as(PRIVACY_OFFICER);
        alices = Accounted.of(exchange, archive);
        alice = alices.patient();
        id = "fax-" + UUID.randomUUID();
    }

    @Test
    void isToldInTheAccountingWithAllThatTheLawAsksFor() {
        assertThat(send(hospital, fax()).statusCode()).isEqualTo(200);

        var row = alices.told("hipaa", "").the("disclosure");

        assertThat(Instant.parse(row.text("date"))).isEqualTo(Instant.parse("2026-03-01T09:00:00Z"));
        assertThat(Accounted.recipient(row)).isEqualTo("State Police");
        assertThat(row.text("address")).isEqualTo("1 Main Street, Springfield");
        assertThat(row.text("description")).isEqualTo("discharge letter, 2 pages");
        assertThat(row.text("purpose")).isEqualTo("for law enforcement");
        assertThat(row.text("elsewhere")).isEqualTo("true");
        assertThat(alices.told("part2", "").number("total")).isZero();
        assertThat(Accounted.rows(alices.told("hipaa", "&end=2026-02-28"))).isEmpty();
    }

    @Test
    void partTwoCountsWhatWasConsentedTo() {
        var labelled = fax().replace("{\"description\"", """
                {"securityLabel":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"ETH"}],
                 "description\"""")
                .replace(
                        "https://accordhie.org/fhir/CodeSystem/disclosure-basis",
                        "http://terminology.hl7.org/CodeSystem/v3-ActReason");
        var forResearch = labelled.replace("law-enforcement", "HRESCH");
        var treatment = labelled.replace("law-enforcement", "TREAT").replace(id, id + "-2");

        assertThat(send(hospital, forResearch, "Consent/any").statusCode()).isEqualTo(200);
        assertThat(send(hospital, treatment, "Consent/any").statusCode()).isEqualTo(200);

        assertThat(Accounted.rows(alices.told("part2", "")))
                .containsExactly("2026-03-01T09:00:00Z State Police | discharge letter, 2 pages | "
                        + "research, with the patient's consent | 1");
    }

    @Test
    void aRecipientThatIsNotStoredIsToldByItsReference() {
        var toNobody = fax().replace("\"name\":\"State Police\"", "\"who\":{\"reference\":\"Organization/nobodys\"}");

        assertThat(send(hospital, toNobody).statusCode()).isEqualTo(200);

        var row = alices.told("hipaa", "").the("disclosure");
        assertThat(row.text("description")).isEqualTo("discharge letter, 2 pages");
    }

    @Test
    void aReadIsToldWhateverItsAddressEndsWith() {
        var clinic = exchange.as(RIVERSIDE_CLINIC);
        var before = accesses();

        clinic.get("Patient?_id=" + Accounted.idOf(alice) + "&_pretty=/$explain")
                .then()
                .statusCode(200);

        assertThat(accesses()).isEqualTo(before + 1);
    }

    private int accesses() {
        return new Told(Caller.json(officer.get(alice + "/$access-report"))).number("total");
    }

    @Test
    void isRecordedOnceUnderItsId() {
        var first = send(hospital, fax());
        var second = send(hospital, fax());
        var other = send(hospital, fax().replace("2 pages", "3 pages"));
        var anothers = send(officer, fax());

        assertThat(first.asString()).contains("recorded as");
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.asString()).contains("already recorded as");
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(anothers.statusCode()).isEqualTo(200);
        assertThat(Accounted.rows(alices.told("hipaa", "")))
                .containsExactly(
                        "2026-03-01T09:00:00Z State Police | discharge letter, 2 pages | for law enforcement | 2");
    }

    @Test
    void aHiddenPatientIsAbsent() {
        var hidden = archive.recordOf(Person.CLARK).stream()
                .filter(Archive.Stored::isPatient)
                .findFirst()
                .orElseThrow()
                .address();

        var ofHidden = send(hospital, FAX.formatted(id, hidden));
        var ofNobody = send(hospital, FAX.formatted(id, "Patient/" + UUID.randomUUID()));

        assertThat(ofHidden.statusCode()).isEqualTo(404);
        assertThat(ofHidden.asString()).isEqualTo(ofNobody.asString());
        assertThat(officer.get(hidden + "/$accounting").asString()).doesNotContain("State Police");
    }

    @Test
    void nobodyElseReports() {
        for (var patient : List.of(alice, "Patient/nobody")) {
            for (var partner : List.of(RIVERSIDE_CLINIC, RESEARCH_INSTITUTE)) {
                assertThat(send(exchange.as(partner), FAX.formatted(id, patient))
                                .statusCode())
                        .isEqualTo(403);
            }
            var app = exchange.with(exchange.token(PATIENT_APP, alice, "patient/*.cruds"));
            assertThat(send(app, FAX.formatted(id, patient)).statusCode()).isEqualTo(403);
        }
        assertThat(send(exchange.with(exchange.token(LAKESIDE_HOSPITAL, "", "system/*.rs")), fax())
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            "outcome":"0";              "outcome":"4";                   AuditEvent.outcome
            2026-03-01;                 2999-03-01;                      AuditEvent.recorded
            law-enforcement;            curiosity;                       AuditEvent.purposeOfEvent
            "code":"110152";            "code":"110153";                 AuditEvent.agent
            "name":"State Police",;     "altId":"7",;                    AuditEvent.agent.name
            {"description":"discharge letter, 2 pages"}; {"type":{"code":"2"}}; AuditEvent.entity.description
            Patient/;                   Practitioner/;                   AuditEvent.entity.what
            """)
    void whatCannotBeAccountedForIsRefused(String good, String bad, String path) {
        var answer = send(hospital, fax().replace(good, bad));

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(422);
        assertThat(answer.asString()).contains(path);
        assertThat(alices.told("hipaa", "").number("total")).isZero();
    }

    @Test
    void theReportIsRecordedAndNeverChanged() {
        send(hospital, fax());

        assertThat(officer.search("AuditEvent?patient=" + alice + "&agent=Organization/lakeside-hospital&action=C,E")
                        .total())
                .isPositive();
        for (var statement : List.of(
                "UPDATE accord.recorded_disclosure SET name = 'x'",
                "DELETE FROM accord.recorded_disclosure",
                "TRUNCATE accord.accounting_suspension CASCADE")) {
            assertThatThrownBy(() -> archive.sql().sql(statement).update())
                    .as(statement)
                    .hasMessageContaining("only ever added to");
            assertThatThrownBy(() -> JdbcClient.create(server).sql(statement).update())
                    .as(statement)
                    .hasStackTraceContaining("permission denied");
        }
    }

    private String fax() {
        return FAX.formatted(id, alice);
    }

    private static Response send(Caller caller, String event) {
        return caller.post(
                REPORT,
                "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"disclosure\",\"resource\":" + event
                        + "}]}");
    }

    private static Response send(Caller caller, String event, String consent) {
        return caller.post(
                REPORT,
                "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"disclosure\",\"resource\":" + event
                        + "},{\"name\":\"consent\",\"valueReference\":{\"reference\":\"" + consent + "\"}}]}");
    }
}
