package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A consent is filed, replaced and revoked, and each time the next request feels it. */
@ExchangeTest
class ConsentLifecycleIT {

    private static final String FORMS = "urn:forms";

    @Autowired
    Exchange exchange;

    private final String form = UUID.randomUUID().toString();
    private String alice = "";

    @BeforeEach
    void aliceVisitsLakeside() {
        alice = visitor("alice");
    }

    private String visitor(String name) {
        var visit = Visit.of(name);
        exchange.as(LAKESIDE_HOSPITAL).post("", visit.bundle()).then().statusCode(200);
        return officer().search("Patient?identifier=" + visit.token()).matches().get(0);
    }

    @Test
    void aNewerFormStandsInThePlaceOfTheOlder() {
        var refusal = write(onForm(Consents.refuse(alice), "2026-01-01"));
        assertClinicSees(false);

        var sharing = write(onForm(Consents.share(alice), "2026-02-01"));

        assertClinicSees(true);
        assertThat(status(refusal)).isEqualTo("superseded");
        assertThat(statusOf(refusal).toString()).contains("Consent/" + sharing);
        assertThat(status(sharing)).isEqualTo("enforced");
    }

    @Test
    void anOlderFormThatComesLateReplacesNothing() {
        write(onForm(Consents.share(alice), "2026-02-01"));

        var older = write(onForm(Consents.refuse(alice), "2026-01-01"));

        assertThat(status(older)).isEqualTo("superseded");
        assertClinicSees(true);
    }

    @Test
    void beingNewerAloneReplacesNothing() {
        write(Consents.refuse(alice));

        write(Consents.share(alice));

        assertClinicSees(false);
    }

    @Test
    void whatNamesAnOlderConsentAsItsSourceStandsInItsPlace() {
        var refusal = write(Consents.refuse(alice));

        write(with(Consents.share(alice), "\"sourceReference\":{\"reference\":\"Consent/" + refusal + "\"}"));

        assertThat(status(refusal)).isEqualTo("superseded");
        assertClinicSees(true);
    }

    @Test
    void whatWasReplacedDoesNotComeBackWhenItsSuccessorIsRevokedButDoesWhenThatWasAnError() {
        var refusal = onForm(Consents.refuse(alice), "2026-01-01");
        var refused = write(refusal);
        var sharing = onForm(Consents.share(alice), "2026-02-01");
        var shared = write(sharing);

        officer()
                .put("Consent/" + shared, Consents.withId(Consents.inactive(sharing), shared))
                .then()
                .statusCode(200);
        assertThat(status(refused)).isEqualTo("superseded");
        assertClinicSees(true);

        officer()
                .put(
                        "Consent/" + shared,
                        Consents.withId(sharing.replace("\"active\"", "\"entered-in-error\""), shared))
                .then()
                .statusCode(200);
        assertThat(status(refused)).isEqualTo("enforced");
        assertClinicSees(false);
    }

    @Test
    void aDraftThatIsThrownAwayReplacesNothing() {
        var refusal = write(onForm(Consents.refuse(alice), "2026-01-01"));
        var draft = onForm(Consents.share(alice), "2026-02-01").replace("\"active\"", "\"draft\"");
        var deleted = write(draft);
        var revoked = write(draft);

        officer().delete("Consent/" + deleted).then().statusCode(204);
        revoke(officer(), revoked).then().statusCode(200);
        officer()
                .put("Consent/" + revoked, Consents.withId(draft.replace("\"draft\"", "\"inactive\""), revoked))
                .then()
                .statusCode(200);

        assertThat(status(refusal)).isEqualTo("enforced");
        assertClinicSees(false);
    }

    @Test
    void onePersonsFormReplacesNobodyElses() {
        var bob = visitor("bob");
        write(onForm(Consents.refuse(alice), "2026-01-01"));

        write(onForm(Consents.share(bob), "2026-02-01"));

        assertClinicSees(false);
    }

    @Test
    void isFiledWithItsPaperAndRevokedWithAnother() {
        var filed = officer().post("Consent/$fileConsent", """
                {"resourceType":"Parameters","parameter":[{"name":"consent","resource":%s},
                 {"name":"document","resource":{"resourceType":"DocumentReference","status":"current",
                  "content":[{"attachment":{"contentType":"text/plain","data":"bm8="}}]}}]}""".formatted(Consents.refuse(alice)));
        filed.then().statusCode(200).body("resourceType", equalTo("OperationOutcome"));
        var id = idOf(filed);
        assertClinicSees(false);
        assertThat(exchange.as(RIVERSIDE_CLINIC)
                        .search("DocumentReference?patient=" + alice)
                        .total())
                .isZero();
        officer()
                .get("Consent/" + id)
                .then()
                .body("contained[0].resourceType", equalTo("DocumentReference"))
                .body("sourceReference.reference", equalTo("#document"));

        var revoked = officer().post("Consent/$revokeConsent", """
                {"resourceType":"Parameters","parameter":[
                 {"name":"consent","valueReference":{"reference":"Consent/%s"}},
                 {"name":"patient","valueReference":{"reference":"%s"}},
                 {"name":"document","resource":{"resourceType":"QuestionnaireResponse","status":"completed"}}]}""".formatted(id, alice));

        revoked.then().statusCode(200).body("resourceType", equalTo("OperationOutcome"));
        assertClinicSees(true);
        officer()
                .get("Consent/" + id)
                .then()
                .body("status", equalTo("inactive"))
                .body("contained.resourceType", hasItem("QuestionnaireResponse"));
        officer().get("Consent/" + id + "/_history").then().body("total", equalTo(2));
        officer().get("Consent/" + id + "/_history/1").then().body("status", equalTo("active"));
        assertThat(status(id)).isEqualTo("inactive");
    }

    @Test
    void isFiledOnlyIfItIsActiveAndHasItsPaper() {
        officer()
                .post("Consent/$fileConsent", """
                        {"resourceType":"Parameters","parameter":[{"name":"consent","resource":%s}]}""".formatted(Consents.refuse(alice)))
                .then()
                .statusCode(400);
        officer()
                .post("Consent/$fileConsent", """
                        {"resourceType":"Parameters","parameter":[{"name":"consent","resource":%s},
                         {"name":"document","resource":{"resourceType":"QuestionnaireResponse","status":"completed"}}]}""".formatted(Consents.inactive(Consents.refuse(alice))))
                .then()
                .statusCode(422)
                .body("issue[0].expression", hasItem("Consent.status"));
    }

    @Test
    void isNotRevokedInTheNameOfAnotherPatient() {
        var bob = visitor("bob");
        var refusal = write(Consents.refuse(alice));

        officer()
                .post("Consent/$revokeConsent", """
                        {"resourceType":"Parameters","parameter":[
                         {"name":"consent","valueReference":{"reference":"Consent/%s"}},
                         {"name":"patient","valueReference":{"reference":"%s"}}]}""".formatted(refusal, bob))
                .then()
                .statusCode(404);

        assertClinicSees(false);
    }

    @Test
    void isGivenAndRevokedWithThePatientsOwnAppAndRevokedByTheOfficer() {
        var app = exchange.asAppOf(alice);
        var first = idOf(created(app.post("Consent", Consents.refuse(alice))));
        assertClinicSees(false);
        assertThat(exchange.asAppOf(alice).search("Consent?patient=" + alice).total())
                .isEqualTo(1);

        revoke(app, first).then().statusCode(200);
        assertClinicSees(true);

        var second = idOf(created(app.post("Consent", Consents.refuse(alice))));
        assertThat(second).isNotEqualTo(first);
        assertClinicSees(false);
        revoke(officer(), second).then().statusCode(200);
        assertClinicSees(true);
        app.delete("Consent/" + second).then().statusCode(403);
    }

    @Test
    void isNobodyElsesToWrite() {
        var bob = visitor("bob");
        var app = exchange.asAppOf(bob);
        var refusal = write(Consents.refuse(alice));

        app.post("Consent", Consents.share(alice)).then().statusCode(403);
        app.put("Consent/" + refusal, Consents.withId(Consents.share(alice), refusal))
                .then()
                .statusCode(404);
        app.put("Consent/" + refusal, Consents.withId(Consents.share(bob), refusal))
                .then()
                .statusCode(404);
        app.delete("Consent/" + refusal).then().statusCode(404);
        revoke(app, refusal).then().statusCode(404);
        app.get("Consent/" + refusal + "/$enforcement-status").then().statusCode(404);
        var bundle = """
                {"resourceType":"Bundle","type":"transaction","entry":[{"resource":%s,
                 "request":{"method":"PUT","url":"Consent/%s"}}]}""";
        app.post("", bundle.formatted(Consents.withId(Consents.share(bob), refusal), refusal))
                .then()
                .statusCode(404);
        exchange.as(LAKESIDE_HOSPITAL)
                .put("Consent/" + refusal, Consents.withId(Consents.share(alice), refusal))
                .then()
                .statusCode(403);

        assertClinicSees(false);
    }

    @Test
    void isFoundByWhatItSays() {
        var consent = with(
                Consents.consent(alice, "active", """
                        {"type":"permit","period":{"start":"2026-01-01","end":"2026-12-31"},
                         "actor":[{"role":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ParticipationType",
                          "code":"IRCP"}]},"reference":{"reference":"Organization/riverside-clinic"}}],
                         "action":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentaction","code":"access"}]}],
                         "securityLabel":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"PSY"}],
                         "purpose":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActReason","code":"TREAT"}],
                         "data":[{"meaning":"dependents","reference":{"reference":"%s"}}]}""".formatted(alice)),
                "\"dateTime\":\"2026-03-04\",\"identifier\":[{\"system\":\"" + FORMS + "\",\"value\":\"" + form
                        + "\"}]");
        var id = write(consent);
        var newer = write(with(Consents.refuse(alice), "\"sourceReference\":{\"reference\":\"Consent/" + id + "\"}"));

        for (var criterion : List.of(
                "status=active",
                "scope=patient-privacy",
                "actor=Organization/riverside-clinic",
                "purpose=TREAT",
                "action=access",
                "security-label=PSY",
                "data=" + alice,
                "date=2026-03-04",
                "period=ge2026-06-01&period=le2026-06-30",
                "identifier=" + FORMS + "%7C" + form)) {
            var found = officer().search("Consent?patient=" + alice + "&" + criterion);
            assertThat(found.matches()).as(criterion).contains("Consent/" + id);
            assertThat(found.total()).as(criterion).isEqualTo(found.matches().size());
        }
        assertThat(officer().search("Consent?source-reference=Consent/" + id).matches())
                .containsExactly("Consent/" + newer);
        assertThat(officer().search("Consent?patient=" + alice).total()).isEqualTo(2);
        assertThat(exchange.asAppOf(alice).search("Consent?patient=" + alice).total())
                .isEqualTo(2);
        assertThat(exchange.as(RIVERSIDE_CLINIC)
                        .search("Consent?patient=" + alice)
                        .total())
                .isZero();
    }

    @Test
    void leavesAnAccountOfWhatHappened() {
        var before = lastChange();
        var refusal = write(onForm(Consents.refuse(alice), "2026-01-01"));
        var shared = write(onForm(Consents.share(alice), "2026-02-01"));
        revoke(officer(), shared).then().statusCode(200);
        officer().delete("Consent/" + refusal).then().statusCode(204);

        var told = new ArrayList<String>();
        for (var change : officerReads("Consent/$changes?after=" + before).path("parameter")) {
            if (part(change, "patient")
                    .path("valueReference")
                    .path("reference")
                    .asText()
                    .equals(alice)) {
                var consent = part(change, "consent")
                        .path("valueReference")
                        .path("reference")
                        .asText();
                told.add(part(change, "kind").path("valueCode").asText() + " " + consent + " "
                        + part(change, "version").path("valueString").asText());
            }
        }

        assertThat(told)
                .containsExactly(
                        "created Consent/" + refusal + " 1",
                        "created Consent/" + shared + " 1",
                        "superseded Consent/" + refusal + " 1",
                        "revoked Consent/" + shared + " 2",
                        "deleted Consent/" + refusal + " 2");
        exchange.as(LAKESIDE_HOSPITAL).get("Consent/$changes").then().statusCode(403);
        exchange.asAppOf(alice).get("Consent/$changes").then().statusCode(403);
        officer()
                .get("Consent/$changes?after=x")
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString("after"));
    }

    private String lastChange() {
        var last = "0";
        var more = true;
        while (more) {
            var changes =
                    officerReads("Consent/$changes?_count=500&after=" + last).path("parameter");
            more = changes.size() > 0;
            for (var change : changes) {
                last = part(change, "number").path("valueString").asText();
            }
        }
        return last;
    }

    private Caller officer() {
        return exchange.as(PRIVACY_OFFICER);
    }

    private JsonNode officerReads(String path) {
        return Caller.json(officer().get(path));
    }

    private static Response revoke(Caller caller, String id) {
        return caller.post("Consent/" + id + "/$revokeConsent", """
                {"resourceType":"Parameters"}""");
    }

    private String write(String consent) {
        return idOf(created(officer().post("Consent", consent)));
    }

    private static Response created(Response answer) {
        answer.then().statusCode(201);
        return answer;
    }

    private static String idOf(Response answer) {
        return answer.header("Location").replaceFirst(".*/Consent/([^/]+).*", "$1");
    }

    private JsonNode statusOf(String id) {
        return officerReads("Consent/" + id + "/$enforcement-status")
                .path("parameter")
                .get(0);
    }

    private String status(String id) {
        return part(statusOf(id), "status").path("valueCode").asText();
    }

    private static JsonNode part(JsonNode parameter, String name) {
        for (var part : parameter.path("part")) {
            if (part.path("name").asText().equals(name)) {
                return part;
            }
        }
        return parameter.path("absent");
    }

    private String onForm(String consent, String date) {
        return with(
                consent,
                "\"dateTime\":\"" + date + "\",\"identifier\":[{\"system\":\"" + FORMS + "\",\"value\":\"" + form
                        + "\"}]");
    }

    private static String with(String consent, String elements) {
        return consent.replaceFirst("\\{", "{" + elements.replace("$", "\\$") + ",");
    }

    private void assertClinicSees(boolean alicesRecord) {
        var clinic = exchange.as(RIVERSIDE_CLINIC);
        assertThat(clinic.get(alice).statusCode()).isEqualTo(alicesRecord ? 200 : 404);
        assertThat(clinic.search("Condition?subject=" + alice).total()).isEqualTo(alicesRecord ? 1 : 0);
    }
}
