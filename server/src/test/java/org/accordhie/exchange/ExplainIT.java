package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RESEARCH_INSTITUTE;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Why somebody sees something, or not: asked by those who may know, and held against what is then seen. */
@ExchangeTest
class ExplainIT {

    private static final String CLINIC = "?requester=Organization/riverside-clinic&purpose=TREAT";

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    private Visit visit = Visit.of("alice");
    private String alice = "";
    private String diagnosis = "";

    @BeforeEach
    void aliceVisitsLakeside() {
        arrives(Visit.of("alice"));
    }

    private void arrives(Visit visits) {
        visit = visits;
        exchange.as(LAKESIDE_HOSPITAL).post("", visit.bundle()).then().statusCode(200);
        alice = exchange.as(PRIVACY_OFFICER)
                .search("Patient?identifier=" + visit.token())
                .matches()
                .get(0);
        diagnosis = exchange.as(LAKESIDE_HOSPITAL)
                .search("Condition?subject=" + alice)
                .matches()
                .get(0);
    }

    @Test
    void theOfficerAsksWhyTheClinicSeesNothingAndRemovesTheCause() {
        var consent = create(Consents.refuse(alice, RIVERSIDE_CLINIC));

        var told = told(PRIVACY_OFFICER, diagnosis + "/$explain" + CLINIC);

        assertThat(told.text("decision")).isEqualTo("deny");
        assertThat(told.text("sentence"))
                .isEqualTo("Riverside Clinic may not see " + diagnosis
                        + " (version 1) for treatment (TREAT), because Consent/"
                        + consent + ", version 1 says no in `Consent.provision.provision[0]`, which speaks to Riverside"
                        + " Clinic.");
        assertThat(told.the("reason").text("ground")).isEqualTo("denied");
        assertThat(sentences(told))
                .contains(
                        "permitted without Consent/" + consent + ", version 1", "permitted if Lakeside Hospital asked");

        assertClinicSees(false);
        exchange.as(PRIVACY_OFFICER).delete("Consent/" + consent).then().statusCode(204);
        assertClinicSees(true);
    }

    @Test
    void theProofHoldsEveryCriterionOfEveryProvisionReached() {
        var consent = create(Consents.refuse(alice, RIVERSIDE_CLINIC));

        var purpose = told(PRIVACY_OFFICER, diagnosis + "/$explain" + CLINIC)
                .the("proof")
                .the("purpose");

        assertThat(purpose.all("law")).isNotEmpty();
        var said = purpose.the("patient").the("consent");
        assertThat(said.text("version")).isEqualTo("Consent/" + consent + "/_history/1");
        assertThat(said.text("answer")).isEqualTo("deny");
        var root = said.the("provision");
        var exception = root.the("provision");
        assertThat(exception.all("criterion").stream().map(each -> each.text("criterion")))
                .containsExactly(
                        "period",
                        "recipient",
                        "purpose",
                        "action",
                        "origin",
                        "class",
                        "code",
                        "security-label",
                        "data-period",
                        "data");
        assertThat(exception
                        .the("criterion", each -> each.text("criterion").equals("recipient"))
                        .texts("value"))
                .containsExactly("Organization/riverside-clinic");
    }

    @Test
    void theLawAsksForAYesByNameAndTheYesOpensTheRecord() {
        arrives(Visit.of("anna").diagnosedWith("5602001", "Opioid misuse"));

        var told = told(PRIVACY_OFFICER, diagnosis + "/$explain" + CLINIC);

        assertThat(told.text("decision")).isEqualTo("deny");
        assertThat(told.the("reason").text("ground")).isEqualTo("requires-consent");
        var yes = told.the("counterfactual", each -> !each.all("with-consent").isEmpty());
        assertThat(yes.text("sentence"))
                .isEqualTo("permitted with a consent of the patient that permits it and names substance use (ETH)");
        create(Consents.consent(alice, "active", """
                {"type":"permit","provision":[{"type":"permit","securityLabel":[{
                 "system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"%s"}]}]}""".formatted(yes.text("label"))));
        assertThat(exchange.as(RIVERSIDE_CLINIC).get(diagnosis).statusCode()).isEqualTo(200);
        assertThat(told(PRIVACY_OFFICER, diagnosis + "/$explain" + CLINIC).text("decision"))
                .isEqualTo("permit");
    }

    @Test
    void researchersWouldBePermittedIfTheyTreated() {
        var told =
                told(PRIVACY_OFFICER, diagnosis + "/$explain?requester=Organization/research-institute&purpose=HRESCH");

        assertThat(told.text("decision")).isEqualTo("deny");
        assertThat(sentences(told)).contains("permitted if the purpose were treatment (TREAT)");
        assertThat(told(
                                PRIVACY_OFFICER,
                                diagnosis + "/$explain?requester=Organization/research-institute&purpose=TREAT")
                        .text("warning"))
                .startsWith("the registry does not let this partner assert the purpose");
    }

    @Test
    void beforeTheRevocationItWasPermitted() {
        var before = pause();
        var consent = create(Consents.refuse(alice, RIVERSIDE_CLINIC));
        var during = pause();
        exchange.as(PRIVACY_OFFICER).delete("Consent/" + consent).then().statusCode(204);
        var after = pause();

        assertThat(Stream.of(before, during, after)
                        .map(at -> told(PRIVACY_OFFICER, diagnosis + "/$explain" + CLINIC + "&at=" + at)
                                .text("decision")))
                .containsExactly("permit", "deny", "permit");
        exchange.as(PRIVACY_OFFICER)
                .get(diagnosis + "/$explain" + CLINIC + "&at=2020-01-01T00:00:00Z")
                .then()
                .statusCode(404);
    }

    @Test
    void aFormerVersionOfTheRecordIsExplainedAsItWas() {
        var before = pause();
        exchange.as(LAKESIDE_HOSPITAL)
                .put(
                        diagnosis,
                        exchange.as(LAKESIDE_HOSPITAL).get(diagnosis).asString().replace("38341003", "73211009"))
                .then()
                .statusCode(200);

        assertThat(told(PRIVACY_OFFICER, diagnosis + "/$explain" + CLINIC + "&at=" + before)
                        .text("resource"))
                .isEqualTo(diagnosis + "/_history/1");
        assertThat(told(PRIVACY_OFFICER, diagnosis + "/$explain" + CLINIC).text("resource"))
                .isEqualTo(diagnosis + "/_history/2");
    }

    @Test
    void aPatientsAppExplainsItsOwnRecordInPlainWordsAndNobodyElses() {
        create(Consents.refuse(alice, RIVERSIDE_CLINIC));
        var app = exchange.asAppOf(alice);
        var own = diagnosis;

        var told = new Told(Caller.json(app.get(own + "/$explain" + CLINIC)));

        assertThat(told.text("sentence"))
                .isEqualTo(
                        "Riverside Clinic may not see this Condition for treatment (TREAT), because a consent of yours"
                                + " says no in a rule that speaks to Riverside Clinic.");
        var access = new Told(Caller.json(app.get(alice + "/$explain-access")));
        assertThat(clinicsPart(access).number("visible")).isZero();
        assertThat(access.all("access"))
                .as("in an order that does not change")
                .extracting(each -> each.text("organization"))
                .containsSubsequence(
                        "Organization/lakeside-hospital",
                        "Organization/accord-exchange",
                        "Organization/research-institute",
                        "Organization/riverside-clinic");

        arrives(Visit.of("bob"));
        app.get(diagnosis + "/$explain" + CLINIC).then().statusCode(404);
        app.get(alice + "/$explain-access").then().statusCode(404);
        app.get("Patient/nobody/$explain-access").then().statusCode(404);
    }

    @Test
    void aPartnerLearnsNothing() {
        for (var partner : List.of(RIVERSIDE_CLINIC, LAKESIDE_HOSPITAL, RESEARCH_INSTITUTE)) {
            for (var path : List.of(
                    diagnosis + "/$explain" + CLINIC,
                    "Condition/nobodys/$explain" + CLINIC,
                    "Condition/nobodys/$explain?requester=nobody",
                    alice + "/$explain-access",
                    "Patient/nobody/$explain-access")) {
                assertThat(exchange.as(partner).get(path).statusCode())
                        .as("%s %s", partner, path)
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void whoCanSeeTheRecordIsWhatTheyThenSee() {
        var access = told(PRIVACY_OFFICER, alice + "/$explain-access?purpose=TREAT");

        var clinics = clinicsPart(access);
        assertThat(clinics.number("visible"))
                .isEqualTo(seen("Patient?_id=" + alice.substring(8))
                        + seen("Condition?subject=" + alice)
                        + seen("Encounter?subject=" + alice)
                        + seen("Observation?subject=" + alice));
        assertThat(clinics.number("hidden")).isZero();
        assertThat(clinics.text("sentence"))
                .isEqualTo("Riverside Clinic may see 4 of 4 resources for treatment (TREAT).");
        assertThat(clinics.the("type", type -> type.text("code").equals("Condition"))
                        .number("visible"))
                .isEqualTo(1);
        assertThat(clinics.the("reason").number("count")).isEqualTo(4);
        assertThat(clinics.the("reason").the("rule").text("ground")).isEqualTo("default");

        create(Consents.refuse(alice, RIVERSIDE_CLINIC));

        var then = clinicsPart(told(PRIVACY_OFFICER, alice + "/$explain-access?purpose=TREAT"));
        assertThat(then.number("visible")).isZero();
        assertThat(seen("Condition?subject=" + alice)).isZero();
    }

    @Test
    void aBadQuestionIsRefused() {
        for (var query : List.of(
                "",
                "?requester=Organization/nobody",
                "?requester=Organization/riverside-clinic&purpose=FUN",
                "?requester=Organization/riverside-clinic&at=yesterday",
                "?requester=Organization/riverside-clinic&at=2999-01-01T00:00:00Z")) {
            assertThat(exchange.as(PRIVACY_OFFICER)
                            .get(diagnosis + "/$explain" + query)
                            .statusCode())
                    .as(query)
                    .isEqualTo(400);
        }
        exchange.as(PRIVACY_OFFICER)
                .get("Condition/nobodys/$explain" + CLINIC)
                .then()
                .statusCode(404);
    }

    @Test
    void anExplanationIsRecordedLikeAnyAccess() {
        told(PRIVACY_OFFICER, diagnosis + "/$explain" + CLINIC);

        assertThat(archive.sql()
                        .sql(
                                "SELECT count(*) FROM accord.audit_event WHERE client_id = 'dev-privacy-officer' AND outcome"
                                        + " = 'SUCCESS' AND query LIKE ? AND patients = ARRAY[?::text]")
                        .params("%" + diagnosis + "/$explain%", alice)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    private static Told clinicsPart(Told access) {
        return access.the(
                "access",
                part -> part.text("organization").equals("Organization/riverside-clinic")
                        && part.text("purpose").equals("TREAT"));
    }

    private static List<String> sentences(Told told) {
        return told.all("counterfactual").stream()
                .map(each -> each.text("sentence"))
                .toList();
    }

    private Told told(Partner partner, String path) {
        return new Told(Caller.json(exchange.as(partner).get(path)));
    }

    private int seen(String query) {
        return exchange.as(RIVERSIDE_CLINIC).search(query).total();
    }

    private void assertClinicSees(boolean record) {
        assertThat(exchange.as(RIVERSIDE_CLINIC).get(diagnosis).statusCode()).isEqualTo(record ? 200 : 404);
    }

    /** An instant that is later than all that was written, and earlier than all that will be. */
    private static Instant pause() {
        var instant = Instant.now().plusMillis(20).truncatedTo(ChronoUnit.MILLIS);
        while (!Instant.now().isAfter(instant.plusMillis(20))) {
            Thread.onSpinWait();
        }
        return instant;
    }

    private String create(String consent) {
        var answer = exchange.as(PRIVACY_OFFICER).post("Consent", consent);
        answer.then().statusCode(201);
        return answer.header("Location").replaceFirst(".*/Consent/([^/]+).*", "$1");
    }
}
