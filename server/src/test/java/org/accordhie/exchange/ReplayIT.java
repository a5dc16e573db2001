package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.accordhie.local.Commands;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A past decision can be made once more, from what it rested on then. */
@ExchangeTest
class ReplayIT {

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    @Autowired
    AlteredTokens tokens;

    private String alice = "";

    @BeforeEach
    void visit() {
        var visit = Visit.of("replay-alice").diagnosedWith("38341003", "Hypertension");
        exchange.as(LAKESIDE_HOSPITAL).post("", visit.bundle()).then().statusCode(200);
        alice = exchange.as(LAKESIDE_HOSPITAL)
                .search("Patient?identifier=" + visit.token())
                .matches()
                .get(0);
    }

    @Test
    void agreesThoughTheConsentsHaveChangedSince() {
        create(Consents.share(alice));
        assertThat(exchange.as(RIVERSIDE_CLINIC)
                        .search("Condition?subject=" + alice)
                        .total())
                .isOne();
        var event = newestEvent();

        create(Consents.refuse(alice, RIVERSIDE_CLINIC));

        assertThat(exchange.as(RIVERSIDE_CLINIC)
                        .search("Condition?subject=" + alice)
                        .total())
                .isZero();
        var answer = replay("event=" + event);
        assertThat(value(answer, "events")).isOne();
        assertThat(value(answer, "agrees")).isOne();
        assertThat(value(answer, "hidden")).isZero();
    }

    @Test
    void tellsOfAReleaseThatShouldNotHaveBeen() {
        create(Consents.refuse(alice, RIVERSIDE_CLINIC));
        exchange.as(RIVERSIDE_CLINIC).search("Condition?subject=" + alice);
        var hidden = alice + "/_history/1";
        var forged = UUID.randomUUID();
        // What a server at fault would have written: the rules and consents as they were, and a resource that they
        // hide.
        archive.sql()
                .sql("INSERT INTO accord.audit_event (event_id, recorded, client_address, interaction, res_type, query,"
                        + " outcome, status, organization, client_id, purposes, token_id, patients, resources, evidence)"
                        + " SELECT ?, recorded, client_address, interaction, res_type, query, outcome, status, organization,"
                        + " client_id, purposes, token_id, ARRAY[?], ARRAY[?],"
                        + " jsonb_set(jsonb_set(evidence::jsonb, '{consents}', to_jsonb(ARRAY[?::text])),"
                        + " '{decided}', '[{\"by\": [], \"duties\": 0, \"of\": [0]}]')::text"
                        + " FROM accord.audit_event WHERE event_id = ?::uuid")
                .params(forged, alice, hidden, newestConsent(), newestEvent())
                .update();

        var answer = replay("event=AuditEvent/" + forged);

        assertThat(value(answer, "hidden")).isOne();
        assertThat(answer.getString(
                        "parameter.find { it.name == 'difference' }.part.find { it.name == 'resource' }.valueString"))
                .isEqualTo(hidden);
    }

    /** Each kind of absence: by consent, by what never was, by deletion; later everything is open. */
    @Test
    void aRefusedReadAgreesThoughItWouldBeAnsweredToday() {
        create(Consents.refuse(alice, RIVERSIDE_CLINIC));
        var consent = newestConsent();
        exchange.as(RIVERSIDE_CLINIC).get(alice).then().statusCode(404);
        var hidden = newestEvent();
        exchange.as(RIVERSIDE_CLINIC).get("Patient/" + UUID.randomUUID()).then().statusCode(404);
        var absent = newestEvent();
        exchange.as(PRIVACY_OFFICER)
                .delete(consent.replaceFirst("/_history/.*", ""))
                .then()
                .statusCode(204);
        exchange.as(RIVERSIDE_CLINIC).get(alice).then().statusCode(200);

        for (var event : List.of(hidden, absent)) {
            var answer = replay("event=" + event);
            assertThat(value(answer, "events")).isOne();
            assertThat(value(answer, "agrees")).isOne();
            assertThat(value(answer, "released")).isZero();
        }
    }

    @Test
    void whatARefusalKeepsDoesNotTellHiddenFromAbsent() {
        create(Consents.refuse(alice, RIVERSIDE_CLINIC));
        var absent = "Patient/" + UUID.randomUUID();
        exchange.as(RIVERSIDE_CLINIC).get(alice).then().statusCode(404);
        var ofHidden = evidence(newestEvent()).replace(alice, "[it]");
        exchange.as(RIVERSIDE_CLINIC).get(absent).then().statusCode(404);

        assertThat(evidence(newestEvent()).replace(absent, "[it]")).isEqualTo(ofHidden);
        assertThat(ofHidden).contains("\"refused\":\"[it]\"").contains("\"consents\":[]");
    }

    @Test
    void tellsOfARefusalThatShouldNotHaveBeen() {
        var stale = "Patient/" + UUID.randomUUID();
        exchange.as(RIVERSIDE_CLINIC).get(stale).then().statusCode(404);
        var forged = UUID.randomUUID();
        archive.sql()
                .sql("UPDATE public.hfj_res_ver SET res_updated = res_updated - interval '3 minutes' WHERE res_id ="
                        + " (SELECT res_id FROM public.hfj_resource WHERE res_type = 'Patient' AND fhir_id = ?)")
                .param(alice.replace("Patient/", ""))
                .update();
        // What a server at fault would have written, three minutes after it has stored what it refuses.
        archive.sql()
                .sql("INSERT INTO accord.audit_event (event_id, recorded, client_address, interaction, res_type, query,"
                        + " outcome, status, organization, client_id, purposes, token_id, patients, resources, evidence)"
                        + " SELECT ?, recorded, client_address, interaction, res_type, query, outcome,"
                        + " status, organization, client_id, purposes, token_id, patients, resources,"
                        + " replace(evidence, ?, ?) FROM accord.audit_event WHERE event_id = ?::uuid")
                .params(forged, stale, alice, newestEvent().replace("AuditEvent/", ""))
                .update();

        var answer = replay("event=AuditEvent/" + forged);

        assertThat(value(answer, "released")).isOne();
        assertThat(answer.getString(
                        "parameter.find { it.name == 'difference' }.part.find { it.name == 'resource' }.valueString"))
                .isEqualTo(alice);
    }

    /** What the trail does not keep the grounds of is not decided again. */
    @Test
    void aRefusalByCodesOfAScopeKeepsNoGrounds() {
        var narrow = exchange.with(
                exchange.token(RIVERSIDE_CLINIC, "", "system/Observation.rs?category=laboratory system/Patient.rs"));
        narrow.get("Observation/" + UUID.randomUUID()).then().statusCode(404);

        assertThat(archive.sql()
                        .sql("SELECT evidence FROM accord.audit_event WHERE client_id = 'dev-riverside-clinic'"
                                + " ORDER BY recorded DESC LIMIT 1")
                        .query(String.class)
                        .single())
                .isEmpty();
    }

    @Test
    void theCommandHasAllOfASpanDecidedOnceMore() {
        var from = Instant.now();
        exchange.as(RIVERSIDE_CLINIC).search("Condition?subject=" + alice);
        exchange.as(RIVERSIDE_CLINIC).get(alice).then().statusCode(200);

        var status = Commands.run(
                "audit",
                "replay",
                "--url",
                exchange.base(),
                "--from",
                from.toString(),
                "--until",
                Instant.now().toString());

        assertThat(status).isZero();
        assertThat(exchange.as(PRIVACY_OFFICER)
                        .search("AuditEvent?date=ge" + from + "&agent:identifier=dev-privacy-officer")
                        .total())
                .isPositive();
    }

    @Test
    void takesTheSameSampleForTheSameSeed() {
        exchange.as(RIVERSIDE_CLINIC).search("Condition?subject=" + alice);
        var asked = "from=2026-01-01T00:00:00Z&until=2100-01-01T00:00:00Z&sample=7&seed=3";

        assertThat(value(replay(asked), "events"))
                .isEqualTo(value(replay(asked), "events"))
                .isPositive();
        exchange.as(PRIVACY_OFFICER).get("$replay?sample=0").then().statusCode(400);
        exchange.as(PRIVACY_OFFICER).get("$replay?event=nobodys").then().statusCode(400);
        exchange.as(PRIVACY_OFFICER)
                .get("$replay?event=" + UUID.randomUUID())
                .then()
                .statusCode(404);
    }

    @Test
    void answersOfficersAlone() {
        exchange.as(RIVERSIDE_CLINIC)
                .get("$replay?event=" + newestEvent())
                .then()
                .statusCode(403);
    }

    @Test
    void answersNobodyWhoseTokenReachesOnePatientsEventsAlone() {
        var officers = exchange.token(PRIVACY_OFFICER, "", PRIVACY_OFFICER.scope);
        var narrow = exchange.with(tokens.of(
                officers,
                claims -> claims.claim("scope", "patient/AuditEvent.rs")
                        .claim("patient", alice.substring("Patient/".length()))));

        assertThat(narrow.search("AuditEvent?_count=1").total()).isPositive();
        narrow.get("$replay?sample=1").then().statusCode(403);
    }

    private JsonPath replay(String asked) {
        var answer = exchange.as(PRIVACY_OFFICER).get("$replay?" + asked);
        answer.then().statusCode(200);
        return answer.jsonPath();
    }

    private static int value(JsonPath answer, String name) {
        return answer.getInt("parameter.find { it.name == '" + name + "' }.valueInteger");
    }

    private void create(String consent) {
        exchange.as(PRIVACY_OFFICER).post("Consent", consent).then().statusCode(201);
    }

    private String newestConsent() {
        return archive.sql()
                .sql(
                        "SELECT 'Consent/' || fhir_id || '/_history/' || version FROM accord.consent_policy WHERE patient = ?"
                                + " ORDER BY fhir_id DESC LIMIT 1")
                .param(alice)
                .query(String.class)
                .single();
    }

    private String evidence(String event) {
        return archive.sql()
                .sql("SELECT evidence FROM accord.audit_event WHERE event_id = ?::uuid")
                .param(event)
                .query(String.class)
                .single();
    }

    private String newestEvent() {
        return archive.sql()
                .sql(
                        "SELECT event_id::text FROM accord.audit_event WHERE client_id = 'dev-riverside-clinic' AND evidence <> ''"
                                + " ORDER BY recorded DESC LIMIT 1")
                .query(String.class)
                .single();
    }
}
