package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PATIENT_APP;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RESEARCH_INSTITUTE;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Who is told of disclosures, in which form, and what is withheld for a time. */
@ExchangeTest
class AccountingRightsIT {

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    private Caller officer = new Caller("", "");
    private Accounted alices;
    private String alice = "";
    private String diagnosis = "";

    @BeforeEach
    void aPatientIsPushed() {
        officer = exchange.as(PRIVACY_OFFICER);
        alices = Accounted.of(exchange, archive);
        alice = alices.patient();
        diagnosis = alices.diagnosis();
    }

    @Test
    void nobodyElseLearnsAnything() {
        var hidden = Accounted.pushed(exchange, Visit.of("hidden"));
        assertThat(officer.post("Consent", Consents.refuse(hidden)).statusCode())
                .isEqualTo(201);
        for (var partner : List.of(RIVERSIDE_CLINIC, LAKESIDE_HOSPITAL, RESEARCH_INSTITUTE)) {
            for (var operation : List.of("$accounting", "$access-report", "$accounting-suspensions")) {
                for (var patient : List.of(alice, hidden, "Patient/nobody")) {
                    var answer = exchange.as(partner).get(patient + "/" + operation);
                    assertThat(answer.statusCode())
                            .as("%s %s", partner, operation)
                            .isEqualTo(403);
                }
            }
        }
        assertThat(officer.get("Patient/nobody/$accounting").statusCode()).isEqualTo(404);
        var narrow = exchange.with(exchange.token(PRIVACY_OFFICER, "", "user/Patient.rs"));
        assertThat(narrow.get(alice + "/$accounting").statusCode()).isEqualTo(403);
    }

    @Test
    void aPatientsAppHearsOfItsPatientAlone() {
        var other = Accounted.pushed(exchange, Visit.of("another"));
        var app = exchange.asAppOf(alice);

        assertThat(app.get(alice + "/$access-report").statusCode()).isEqualTo(200);
        var others = app.get(other + "/$access-report");
        assertThat(others.statusCode()).isEqualTo(404);
        assertThat(others.asString())
                .isEqualTo(app.get("Patient/nobody/$access-report").asString());
        assertThat(app.get(alice + "/$accounting").statusCode()).isEqualTo(403);
        assertThat(exchange.with(exchange.token(PATIENT_APP, alice, "patient/Patient.rs"))
                        .get(alice + "/$access-report")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void thePatientIsToldOfEveryAccessAndNothingOfOthers() {
        var other = Accounted.pushed(exchange, Visit.of("other"));
        Accounted.read(
                exchange.as(RIVERSIDE_CLINIC), "Patient?_id=" + Accounted.idOf(alice) + "," + Accounted.idOf(other));
        Accounted.read(exchange.inEmergency(RIVERSIDE_CLINIC, alice, "unconscious"), alice);
        Accounted.read(officer, alice);

        var report = Caller.json(exchange.asAppOf(alice).get(alice + "/$access-report"));

        var told = new Told(report);
        assertThat(told.all("access"))
                .extracting(access -> Accounted.recipient(access) + " | " + access.text("purpose"))
                .startsWith(
                        "Accord Exchange | health care operations",
                        "Riverside Clinic | breaking the glass in an emergency",
                        "Riverside Clinic | treatment");
        assertThat(told.all("access").get(1).all("emergency")).hasSize(1);
        var search = told.all("access").get(2);
        assertThat(search.all("kind")).hasSize(1);
        assertThat(search.the("kind").number("count")).isEqualTo(1);
        assertThat(report.toString())
                .doesNotContain(Accounted.idOf(other))
                .doesNotContain("unconscious")
                .doesNotContain("_id=")
                .doesNotContain("AuditEvent");
    }

    @Test
    void anAccountingIsItselfRecordedAndIsNoAccess() {
        alices.told("hipaa", "");
        alices.told("part2", "");

        assertThat(new Told(Caller.json(officer.get(alice + "/$access-report")))
                        .all("access").stream()
                                .filter(access -> access.node().toString().contains("Accord Exchange")))
                .isEmpty();
        assertThat(officer.search("AuditEvent?patient=" + alice + "&agent=Practitioner/privacy-officer")
                        .total())
                .isEqualTo(3);
    }

    @Test
    void aSuspensionHidesWhatAnAgencyReceivedUntilItEnds() {
        alices.before(20, Map.of("purposes", List.of("PUBHLTH")), List.of(diagnosis));
        var begin = """
                {"resourceType":"Parameters","parameter":[{"name":"agency","valueString":"%s"},
                 {"name":"until","valueInstant":"%s"},{"name":"statement","valueString":"letter, file 7"},
                 {"name":"oral","valueBoolean":%s}]}""";
        var soon = Instant.now().plus(Duration.ofDays(20)).toString();
        var late = Instant.now().plus(Duration.ofDays(40)).toString();
        var agency = RESEARCH_INSTITUTE.organization;
        assertThat(Accounted.rows(alices.told("hipaa", ""))).hasSize(1);

        assertThat(officer.post(alice + "/$suspend-accounting", begin.formatted(agency, late, true))
                        .statusCode())
                .isEqualTo(422);
        var suspended = new Told(
                Caller.json(officer.post(alice + "/$suspend-accounting", begin.formatted(agency, soon, true))));

        assertThat(Accounted.rows(alices.told("hipaa", ""))).isEmpty();
        assertThat(alices.told("hipaa", "").number("total")).isZero();
        assertThat(new Told(Caller.json(exchange.asAppOf(alice).get(alice + "/$access-report")))
                        .all("access").stream()
                                .filter(access -> access.node().toString().contains("Research")))
                .isEmpty();
        assertThat(exchange.as(RIVERSIDE_CLINIC)
                        .post(alice + "/$suspend-accounting", begin.formatted(agency, soon, true))
                        .statusCode())
                .isEqualTo(403);

        var end = """
                {"resourceType":"Parameters","parameter":[{"name":"suspension","valueString":"%s"}]}""".formatted(suspended.the("suspension").text("id"));
        assertThat(officer.post(Accounted.pushed(exchange, Visit.of("other")) + "/$resume-accounting", end)
                        .statusCode())
                .isEqualTo(404);
        assertThat(officer.post(alice + "/$resume-accounting", end).statusCode())
                .isEqualTo(200);
        assertThat(officer.post(alice + "/$resume-accounting", end).statusCode())
                .isEqualTo(404);
        assertThat(Accounted.rows(alices.told("hipaa", ""))).hasSize(1);
    }

    @Test
    void thePageSaysTheSameInPlainWordsWithoutAnyScript() {
        alices.before(20, Map.of("purposes", List.of("HMARKT")), List.of(diagnosis));

        for (var address : List.of(alice + "/$accounting?_format=html", alice + "/$access-report?_format=html")) {
            var page = officer.get(address);
            assertThat(page.statusCode()).as(page.asString()).isEqualTo(200);
            assertThat(page.contentType()).startsWith("text/html");
            assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
            assertThat(page.asString())
                    .contains("Research Institute", "marketing", "diagnoses and health problems", "@media print")
                    .doesNotContain("<script", "th:text");
        }
        var accepted = officer.given().accept("text/html").get(officer.base() + "/" + alice + "/$accounting");
        assertThat(accepted.contentType()).startsWith("text/html");
        assertThat(exchange.as(RIVERSIDE_CLINIC)
                        .get(alice + "/$accounting?_format=html")
                        .statusCode())
                .isEqualTo(403);
    }
}
