package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a draft would change is what changes when it is then written. */
@ExchangeTest
class WhatIfIT {

    private static final String POLICY = """
            {"resourceType":"Consent","status":"active",
             "scope":{"coding":[{"system":"https://accordhie.org/fhir/CodeSystem/policy-scope","code":"release-policy"}]},
             "category":[{"coding":[{"system":"https://accordhie.org/fhir/CodeSystem/hard-rule","code":"NEVER"}],
              "text":"No diagnosis leaves"}],
             "policy":[{"uri":"https://example.org/no-diagnosis"}],
             "provision":{"type":"deny","class":[{"system":"http://hl7.org/fhir/resource-types","code":"Condition"}]}}""";

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    private String alice = "";

    @BeforeEach
    void aliceVisitsLakeside() {
        alice = arrives(Visit.of("alice"));
    }

    private String arrives(Visit visit) {
        exchange.as(LAKESIDE_HOSPITAL).post("", visit.bundle()).then().statusCode(200);
        return exchange.as(PRIVACY_OFFICER)
                .search("Patient?identifier=" + visit.token())
                .matches()
                .get(0);
    }

    @Test
    void aRefusalTakesFromTheClinicExactlyWhatItSaid() {
        var before = seenByClinic();
        var draft = Consents.refuse(alice, RIVERSIDE_CLINIC);

        var change = clinics(told(PRIVACY_OFFICER, draft));

        assertThat(change.the("gained").number("count")).isZero();
        assertThat(change.the("lost").number("count")).isEqualTo(4);
        assertThat(change.number("recorded")).isPositive();
        create(draft);
        var gone = new TreeSet<>(before);
        gone.removeAll(seenByClinic());
        assertThat(gone).containsExactlyInAnyOrderElementsOf(change.the("lost").texts("example"));
    }

    @Test
    void theEndOfARefusalGivesBackExactlyWhatItSaid() {
        var refusal = Consents.refuse(alice, RIVERSIDE_CLINIC);
        var consent = create(refusal);
        var before = seenByClinic();
        var ended = Consents.withId(Consents.inactive(refusal), consent);

        var change = clinics(told(PRIVACY_OFFICER, ended));

        assertThat(change.the("lost").number("count")).isZero();
        exchange.as(PRIVACY_OFFICER).put("Consent/" + consent, ended).then().statusCode(200);
        var come = new TreeSet<>(seenByClinic());
        come.removeAll(before);
        assertThat(come)
                .hasSize(4)
                .containsExactlyInAnyOrderElementsOf(change.the("gained").texts("example"));
    }

    @Test
    void aDraftChangesNothing() {
        var rows = archive.rows();
        var seen = seenByClinic();

        told(PRIVACY_OFFICER, Consents.refuse(alice));
        told(PRIVACY_OFFICER, POLICY);

        assertThat(archive.rows()).isEqualTo(rows);
        assertThat(seenByClinic()).isEqualTo(seen);
    }

    @Test
    void whatChangesNothingIsNotListed() {
        assertThat(told(PRIVACY_OFFICER, Consents.inactive(Consents.refuse(alice)))
                        .all("change"))
                .isEmpty();
    }

    @Test
    void aPolicyIsTriedOnASampleOfPatientsThatTheSeedChooses() {
        var told = told(PRIVACY_OFFICER, POLICY, ",{\"name\":\"sample\",\"valueInteger\":5}");

        assertThat(told.number("patients")).isEqualTo(5);
        assertThat(told.all("change")).isNotEmpty().allSatisfy(change -> {
            assertThat(change.the("gained").number("count")).isZero();
            assertThat(change.the("lost").texts("example"))
                    .isNotEmpty()
                    .allMatch(example -> example.startsWith("Condition/"));
        });
        assertThat(changed(told(PRIVACY_OFFICER, POLICY, ",{\"name\":\"sample\",\"valueInteger\":5}")))
                .isEqualTo(changed(told));
    }

    @Test
    void aDraftThatCannotBeComputedIsRefusedWithThePlace() {
        var answer = post(PRIVACY_OFFICER, Consents.consent(alice, "active", """
                {"type":"permit","provision":[{"purpose":[{
                 "system":"http://terminology.hl7.org/CodeSystem/v3-ActReason","code":"TREAT"}]}]}"""), "");

        answer.then().statusCode(422);
        assertThat(answer.asString()).contains("Consent.provision.provision[0]");
    }

    @Test
    void aPatientsAppTriesItsOwnConsentsAndNothingElse() {
        var app = exchange.asAppOf(alice);
        var own = app.post("Consent/$what-if", parameters(Consents.refuse(alice), ""));
        assertThat(clinics(new Told(Caller.json(own))).the("lost").number("count"))
                .isEqualTo(4);

        var bob = arrives(Visit.of("bob"));
        app.post("Consent/$what-if", parameters(Consents.refuse(bob), ""))
                .then()
                .statusCode(404);
        app.post("Consent/$what-if", parameters(Consents.refuse("Patient/nobody"), ""))
                .then()
                .statusCode(404);
        app.post("Consent/$what-if", parameters(POLICY, "")).then().statusCode(403);
    }

    @Test
    void aPartnerLearnsNothing() {
        post(RIVERSIDE_CLINIC, Consents.refuse(alice), "").then().statusCode(403);
        post(RIVERSIDE_CLINIC, Consents.refuse("Patient/nobody"), "").then().statusCode(403);
    }

    @Test
    void whatIsTooMuchIsRefused() {
        post(PRIVACY_OFFICER, POLICY, ",{\"name\":\"sample\",\"valueInteger\":100000}")
                .then()
                .statusCode(400);
        post(PRIVACY_OFFICER, POLICY, ",{\"name\":\"days\",\"valueInteger\":-1}")
                .then()
                .statusCode(400);
    }

    /** Without how often somebody has asked, which grows by asking. */
    private static List<String> changed(Told told) {
        return told.all("change").stream()
                .map(change -> change.text("patient")
                        + change.the("requester").node()
                        + change.the("lost").node())
                .sorted()
                .toList();
    }

    private Told told(Partner partner, String draft) {
        return told(partner, draft, "");
    }

    private Told told(Partner partner, String draft, String more) {
        return new Told(Caller.json(post(partner, draft, more)));
    }

    private Response post(Partner partner, String draft, String more) {
        return exchange.as(partner).post("Consent/$what-if", parameters(draft, more));
    }

    private static String parameters(String draft, String more) {
        return "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"resource\",\"resource\":" + draft + "}"
                + more + "]}";
    }

    private static Told clinics(Told told) {
        return told.the("change", change -> {
            var requester = change.the("requester");
            return requester.text("organization").equals("Organization/riverside-clinic")
                    && requester.texts("purpose").equals(List.of("TREAT"))
                    && requester.all("user").isEmpty();
        });
    }

    private Set<String> seenByClinic() {
        var clinic = exchange.as(RIVERSIDE_CLINIC);
        var seen = new TreeSet<String>();
        seen.addAll(clinic.search("Patient?_id=" + alice.substring(8)).matches());
        for (var type : List.of("Condition", "Encounter", "Observation")) {
            seen.addAll(clinic.search(type + "?subject=" + alice).matches());
        }
        return seen;
    }

    private String create(String consent) {
        var answer = exchange.as(PRIVACY_OFFICER).post("Consent", consent);
        answer.then().statusCode(201);
        return answer.header("Location").replaceFirst(".*/Consent/([^/]+).*", "$1");
    }
}
