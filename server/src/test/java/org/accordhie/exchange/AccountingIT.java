package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RESEARCH_INSTITUTE;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A year of accesses to one patient's record, and what the patient is told of it under each law. What happens now is asked of
 * the exchange with real tokens. What happened in former years cannot be: it is put into the trail by SQL, as copies of
 * events that the exchange has written itself.
 */
@ExchangeTest
class AccountingIT {

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    private Caller officer = new Caller("", "");
    private Caller institute = new Caller("", "");
    private Accounted alices;
    private String alice = "";
    private String diagnosis = "";

    @BeforeEach
    void aPatientSharesEverything() {
        officer = exchange.as(PRIVACY_OFFICER);
        institute = exchange.as(RESEARCH_INSTITUTE);
        alices = Accounted.of(exchange, archive);
        alice = alices.patient();
        diagnosis = alices.diagnosis();
    }

    /**
     * What was done, and in which accounting it is:
     *
     * <pre>
     * who        why      what                       when        HIPAA              Part 2
     * hospital   TREAT    its own diagnosis          now         own                own
     * clinic     TREAT    the diagnosis              now         treatment          row
     * clinic     TREAT    the visit                  now         treatment          no Part 2 record
     * clinic     HPAYMT   the diagnosis              now         payment            row
     * clinic     HOPERAT  the diagnosis              now         operations         row
     * clinic     BTG      the diagnosis              now         treatment          row
     * app        PATRQT   the diagnosis              now         the individual     the individual
     * officer    HOPERAT  the patient                now         use                no Part 2 record
     * institute  HRESCH   the diagnosis              now         last of row A      last of row C
     * institute  HRESCH   nothing (404)              now         nothing released   nothing released
     * institute  HRESCH   patient of another         now         not about Alice    not about Alice
     * institute  HRESCH   the diagnosis              1 year      in row A           first of row C
     * institute  HRESCH   Alice's and another's      2 years     in row A           no Part 2 record
     * institute  HRESCH   the diagnosis              4 years     in row A           too old
     * institute  HRESCH   the visit                  5 years     first of row A     too old
     * institute  HRESCH   the diagnosis              7 years     too old            too old
     * institute  HMARKT   the visit                  1 year      row                no Part 2 record
     * institute  HMARKT   the visit                  half a year row                no Part 2 record
     * institute  PUBHLTH  the diagnosis              2 years     row                row
     * institute  PUBHLTH  the diagnosis, refused     2 years     nothing released   nothing released
     * institute  (none)   the visit                  3 years - 1 row                no Part 2 record
     * clinic     TREAT    the diagnosis              4 years     treatment          too old
     * </pre>
     */
    @Test
    void aScriptedYearIsAccountedForExactly() {
        var visit = scriptedNow();
        scriptedBefore(visit);

        assertThat(Accounted.rows(alices.told("hipaa", "")))
                .containsExactly(
                        Accounted.at(5 * 365) + " Research Institute | visits | research | 5",
                        Accounted.at(3 * 365 - 10) + " Research Institute | visits | not stated | 1",
                        Accounted.at(2 * 365)
                                + " Research Institute | diagnoses and health problems | public health | 1",
                        Accounted.at(365) + " Research Institute | visits | marketing | 1",
                        Accounted.at(180) + " Research Institute | visits | marketing | 1");
        assertThat(Accounted.rows(alices.told("part2", "")))
                .containsExactly(
                        Accounted.at(2 * 365)
                                + " Research Institute | diagnoses and health problems | public health | 1",
                        Accounted.at(365) + " Research Institute | diagnoses and health problems | research | 2",
                        "now Riverside Clinic | diagnoses and health problems | treatment | 1",
                        "now Riverside Clinic | diagnoses and health problems | payment | 1",
                        "now Riverside Clinic | diagnoses and health problems | health care operations | 1",
                        "now Riverside Clinic | diagnoses and health problems | "
                                + "breaking the glass in an emergency | 1");
    }

    private String scriptedNow() {
        var clinic = exchange.as(RIVERSIDE_CLINIC);
        var hospital = exchange.as(LAKESIDE_HOSPITAL);
        var visit = hospital.search("Encounter?subject=" + alice).matches().get(0);
        alices.sharesAllOf(alice);
        Accounted.read(clinic, diagnosis);
        Accounted.read(clinic, visit);
        Accounted.read(exchange.as(RIVERSIDE_CLINIC, "HPAYMT"), diagnosis);
        Accounted.read(exchange.as(RIVERSIDE_CLINIC, "HOPERAT"), diagnosis);
        Accounted.read(exchange.inEmergency(RIVERSIDE_CLINIC, alice, "unconscious"), diagnosis);
        Accounted.read(exchange.asAppOf(alice), diagnosis);
        Accounted.read(officer, alice);
        Accounted.read(institute, diagnosis);
        assertThat(institute.get("Condition/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
        return visit;
    }

    private void scriptedBefore(String visit) {
        var other = Accounted.pushed(exchange, Visit.of("other"));
        alices.sharesAllOf(other);
        Accounted.read(institute, other);
        var both = List.of(alice, other);
        var research = Map.of("purposes", List.of("HRESCH"));
        alices.before(365, Map.of(), List.of(diagnosis));
        alices.before(2 * 365 + 20, Map.of("patients", both), List.of(visit, other));
        alices.before(4 * 365, research, List.of(diagnosis));
        alices.before(5 * 365, research, List.of(visit));
        alices.before(7 * 365, research, List.of(diagnosis));
        alices.before(365, Map.of("purposes", List.of("HMARKT")), List.of(visit));
        alices.before(180, Map.of("purposes", List.of("HMARKT")), List.of(visit));
        alices.before(2 * 365, Map.of("purposes", List.of("PUBHLTH")), List.of(diagnosis));
        alices.before(2 * 365, Map.of("purposes", List.of("PUBHLTH"), "outcome", "REFUSED"), List.of(diagnosis));
        alices.before(3 * 365 - 10, Map.of("purposes", List.of()), List.of(visit));
        alices.before(
                4 * 365,
                Map.of("purposes", List.of("TREAT"), "organization", RIVERSIDE_CLINIC.organization),
                List.of(diagnosis));
    }

    @Test
    void aRowSaysAllThatTheLawAsksFor() {
        alices.sharesAllOf(alice);
        Accounted.read(institute, diagnosis);

        var told = alices.told("hipaa", "");

        var row = told.the("disclosure");
        assertThat(told.text("citation")).isEqualTo("45 CFR 164.528");
        assertThat(told.number("total")).isEqualTo(1);
        assertThat(row.the("recipient").node().at("/valueReference/reference").asText())
                .isEqualTo("Organization/research-institute");
        assertThat(row.text("description")).isEqualTo("diagnoses and health problems");
        assertThat(row.text("purpose")).isEqualTo("research");
        assertThat(row.node().toString()).contains("\"code\":\"HRESCH\"");
        var event = row.the("event").node().at("/valueReference/reference").asText();
        assertThat(event).startsWith("AuditEvent/");
        assertThat(officer.get(event).statusCode()).isEqualTo(200);
        var posted = officer.post(alice + "/$accounting", """
                {"resourceType":"Parameters","parameter":[{"name":"rule","valueCode":"part2"},
                 {"name":"start","valueDateTime":"%s"}]}""".formatted(Accounted.day(1)));
        assertThat(new Told(Caller.json(posted)).text("citation")).isEqualTo("42 CFR 2.25");
        assertThat(new Told(Caller.json(posted)).number("total")).isEqualTo(1);
    }

    @Test
    void aShorterPeriodCanBeAskedFor() {
        for (var days : List.of(10, 400, 800)) {
            alices.before(days, Map.of("purposes", List.of("HMARKT")), List.of(diagnosis));
        }

        assertThat(Accounted.rows(alices.told("hipaa", ""))).hasSize(3);
        assertThat(Accounted.rows(alices.told("hipaa", "&start=" + Accounted.day(400))))
                .hasSize(2);
        assertThat(Accounted.rows(alices.told("hipaa", "&start=" + Accounted.day(400) + "&end=" + Accounted.day(11))))
                .hasSize(1);
        assertThat(Accounted.rows(alices.told("hipaa", "&end=" + Accounted.day(400))))
                .hasSize(2);
        assertThat(Accounted.rows(alices.told("hipaa", "&start=1999-01-01"))).hasSize(3);
        for (var wrong : List.of("start=soon", "end=1999-01-01", "start=2999-01-01", "rule=gdpr", "_count=0")) {
            assertThat(officer.get(alice + "/$accounting?" + wrong).statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void aWalkThroughThePagesMeetsEveryRowOnce() {
        for (int days = 1; days <= 7; days++) {
            alices.before(days, Map.of("purposes", List.of("HMARKT")), List.of(diagnosis));
        }
        var whole = Accounted.rows(alices.told("hipaa", ""));

        var walked = new ArrayList<String>();
        var page = alices.told("hipaa", "&_count=3");
        walked.addAll(Accounted.rows(page));
        while (!page.all("next").isEmpty()) {
            Accounted.read(institute, "Patient?_count=1");
            page = new Told(Caller.json(officer.get(page.text("next"))));
            walked.addAll(Accounted.rows(page));
        }

        assertThat(walked).isEqualTo(whole).hasSize(7);
    }
}
