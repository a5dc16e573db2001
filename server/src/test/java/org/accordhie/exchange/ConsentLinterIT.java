package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.accordhie.fhirserver.RecordImport;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Consent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What cannot be carried out is refused with every reason; what is probably not meant is stored, and said. */
@ExchangeTest
class ConsentLinterIT {

    private static final String REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason";

    private static final String NAMELESS = """
            {"purpose":[{"system":"%s","code":"FUN"}],"provision":[{"type":"deny"},{"class":[{"code":"Wish"}]}]}""".formatted(REASON);

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    @Autowired
    RecordImport records;

    @Autowired
    FhirContext context;

    private String alice = "";

    @BeforeEach
    void aliceVisitsLakeside() {
        var visit = Visit.of("alice");
        exchange.as(LAKESIDE_HOSPITAL).post("", visit.bundle()).then().statusCode(200);
        alice = officer()
                .search("Patient?identifier=" + visit.token())
                .matches()
                .get(0);
    }

    @Test
    void refusesWithEveryReasonAndBothReadings() {
        var rows = archive.rows();

        var answer = officer().post("Consent", Consents.consent(alice, "active", NAMELESS));

        answer.then()
                .statusCode(422)
                .body("issue.severity", everyItem(equalTo("error")))
                .body(
                        "issue.expression.flatten()",
                        hasItems(
                                "Consent.provision",
                                "Consent.provision.purpose[0]",
                                "Consent.provision.provision[1]",
                                "Consent.provision.provision[1].class[0]"))
                .body("issue.diagnostics", hasItem(containsString("as the limit of the whole consent")))
                .body("issue.diagnostics", hasItem(containsString("as one rule beside")));
        assertThat(archive.rows()).isEqualTo(rows);
    }

    @Test
    void saysWhatItWouldSayWithoutStoring() {
        var rows = archive.rows();

        officer()
                .post("Consent/$validate", Consents.consent(alice, "draft", NAMELESS))
                .then()
                .statusCode(200)
                .body("issue.severity", everyItem(equalTo("error")))
                .body("issue.size()", equalTo(4));
        officer()
                .post("Consent/$validate", """
                        {"resourceType":"Parameters","parameter":[{"name":"resource","resource":%s}]}""".formatted(Consents.share(alice)))
                .then()
                .statusCode(200)
                .body("issue.severity", equalTo(List.of("information")));

        assertThat(archive.rows()).isEqualTo(rows);
    }

    @Test
    void saysThatToOfficersAndThePatientsOwnAppAlone() {
        var consent = Consents.share(alice);

        exchange.asAppOf(alice).post("Consent/$validate", consent).then().statusCode(200);
        exchange.asAppOf("Patient/somebody-else")
                .post("Consent/$validate", consent)
                .then()
                .statusCode(403);
        exchange.as(RIVERSIDE_CLINIC).post("Consent/$validate", consent).then().statusCode(403);
        exchange.as(LAKESIDE_HOSPITAL).get("Consent/$worklist").then().statusCode(403);
        exchange.asAppOf(alice).get("Consent/$worklist").then().statusCode(403);
        var readsConditions = exchange.with(exchange.token(PRIVACY_OFFICER, "", "user/Condition.rs"));
        readsConditions.post("Consent/$validate", consent).then().statusCode(403);
        readsConditions.get("Consent/$worklist").then().statusCode(403);
        readsConditions.get("Consent/x/$enforcement-status").then().statusCode(403);
    }

    @Test
    void warnsOfWhatIsProbablyNotMeantAndKeepsTheWarnings() {
        var answer = officer()
                .given()
                .header("Prefer", "return=OperationOutcome")
                .body(Consents.consent(alice, "active", """
                        {"type":"permit","provision":[
                         {"type":"deny","purpose":[{"system":"%1$s","code":"TREAT"}]},
                         {"type":"deny","purpose":[{"system":"%1$s","code":"ETREAT"}]}]}""".formatted(REASON)))
                .post(exchange.base() + "/Consent");

        answer.then()
                .statusCode(201)
                .body("resourceType", equalTo("OperationOutcome"))
                .body("issue.severity", equalTo(List.of("warning")))
                .body("issue[0].details.coding[0].code", equalTo("shadowed"))
                .body("issue[0].expression", hasItem("Consent.provision.provision[1]"));
        var id = idOf(answer);
        assertThat(findings(id)).containsExactly("shadowed Consent.provision.provision[1]");
        assertThat(worklist("")).contains(id);
    }

    @Test
    void warnsOfAContradictionUntilOneOfTheTwoIsRevoked() {
        var sharing = write(Consents.share(alice));
        assertThat(findings(sharing)).isEmpty();

        var refusal = write(Consents.refuse(alice, RIVERSIDE_CLINIC));

        assertThat(findings(sharing)).containsExactly("contradiction Consent.provision Consent/" + refusal);
        assertThat(findings(refusal))
                .containsExactly("contradiction Consent.provision.provision[0] Consent/" + sharing);
        officer()
                .post("Consent/$validate?_count=0", Consents.share(alice))
                .then()
                .body("issue.details.coding.code.flatten()", hasItem("contradiction"));

        officer().post("Consent/" + refusal + "/$revokeConsent", """
                {"resourceType":"Parameters"}""").then().statusCode(200);

        assertThat(findings(sharing)).isEmpty();
    }

    @Test
    void listsWhatWasImportedAndCannotBeComputedWhichDenies() {
        assertThat(exchange.as(RIVERSIDE_CLINIC).get(alice).statusCode()).isEqualTo(200);

        importFromElsewhere(Consents.consent(alice, "active", NAMELESS));

        assertThat(exchange.as(RIVERSIDE_CLINIC).get(alice).statusCode()).isEqualTo(404);
        var id = officer().search("Consent?patient=" + alice).matches().get(0).substring("Consent/".length());
        assertThat(worklist("")).contains(id);
        assertThat(worklist("?status=uncomputable")).contains(id);
        assertThat(worklist("?status=enforced&status=inactive")).doesNotContain(id);
        var status = officerReads("Consent/" + id + "/$enforcement-status")
                .path("parameter")
                .get(0);
        assertThat(part(status, "status").path("valueCode").asText()).isEqualTo("uncomputable");
        assertThat(part(status, "reason").path("valueString").asText())
                .contains("`Consent.provision.purpose[0]`", "`Consent.provision.provision[1]` has no type");

        officer().post("Consent/" + id + "/$revokeConsent", """
                {"resourceType":"Parameters"}""").then().statusCode(200);
        assertThat(exchange.as(RIVERSIDE_CLINIC).get(alice).statusCode()).isEqualTo(200);
        assertThat(worklist("?status=inactive")).contains(id);
    }

    @Test
    void tellsWhetherTheTimeOfAConsentHasComeOrGone() {
        var period = """
                {"type":"deny","period":{"%s":"%s"}}""";
        var later = write(Consents.consent(alice, "active", period.formatted("start", "2999-01-01")));
        var over = write(Consents.consent(alice, "active", period.formatted("end", "2001-01-01")));

        assertThat(worklist("?status=not-yet-valid")).contains(later).doesNotContain(over);
        assertThat(worklist("?status=no-longer-valid")).contains(over).doesNotContain(later);
        assertThat(findings(over)).containsExactly("past Consent.provision.period");
        assertThat(exchange.as(RIVERSIDE_CLINIC).get(alice).statusCode()).isEqualTo(200);
        officer().get("Consent/$worklist?status=lost").then().statusCode(400);
        exchange.asAppOf(alice)
                .get("Consent/" + later + "/$enforcement-status")
                .then()
                .statusCode(200);
    }

    private void importFromElsewhere(String json) {
        var consent = context.newJsonParser().parseResource(Consent.class, json);
        var bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        bundle.addEntry()
                .setResource(consent)
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl("Consent");
        records.store(
                new Requester(
                        "import",
                        "",
                        "Organization/elsewhere",
                        Set.of("Organization/elsewhere"),
                        null,
                        null,
                        Set.of(),
                        Set.of(),
                        Set.of(PurposeOfUse.TREAT)),
                bundle);
    }

    private Caller officer() {
        return exchange.as(PRIVACY_OFFICER);
    }

    private JsonNode officerReads(String path) {
        return Caller.json(officer().get(path));
    }

    private String write(String consent) {
        var answer = officer().post("Consent", consent);
        answer.then().statusCode(201);
        return idOf(answer);
    }

    private static String idOf(Response answer) {
        return answer.header("Location").replaceFirst(".*/Consent/([^/]+).*", "$1");
    }

    private List<String> worklist(String query) {
        var ids = new ArrayList<String>();
        var list = officerReads("Consent/$worklist" + query + (query.isEmpty() ? "?" : "&") + "_count=500");
        assertThat(list.path("parameter").get(0).path("name").asText()).isEqualTo("total");
        for (var consent : list.path("parameter")) {
            if (consent.path("name").asText().equals("consent")) {
                var reference = part(consent, "reference")
                        .path("valueReference")
                        .path("reference")
                        .asText();
                ids.add(reference.replaceFirst("Consent/([^/]+).*", "$1"));
            }
        }
        assertThat(list.path("parameter").get(0).path("valueInteger").asInt()).isEqualTo(ids.size());
        return ids;
    }

    private List<String> findings(String id) {
        var found = new ArrayList<String>();
        var status = officerReads("Consent/" + id + "/$enforcement-status")
                .path("parameter")
                .get(0);
        for (var part : status.path("part")) {
            if (part.path("name").asText().equals("finding")) {
                found.add((part(part, "kind").path("valueCode").asText() + " "
                                + part(part, "expression").path("valueString").asText() + " "
                                + part(part, "about")
                                        .path("valueReference")
                                        .path("reference")
                                        .asText())
                        .strip());
            }
        }
        return found;
    }

    private static JsonNode part(JsonNode parameter, String name) {
        for (var part : parameter.path("part")) {
            if (part.path("name").asText().equals(name)) {
                return part;
            }
        }
        return parameter.path("absent");
    }
}
