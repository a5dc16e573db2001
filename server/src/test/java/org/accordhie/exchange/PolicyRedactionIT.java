package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RESEARCH_INSTITUTE;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A privacy officer's rule takes elements out of what some requesters get, and nobody of them finds a resource by these. */
@ExchangeTest
class PolicyRedactionIT {

    private static final String REDACT = "https://accordhie.org/fhir/StructureDefinition/redact";

    @Autowired
    Exchange exchange;

    private final List<String> written = new ArrayList<>();
    private String person = "";
    private String patient = "";

    @BeforeEach
    void somebodyWhoSharesWithEverybody() {
        person = "named-" + UUID.randomUUID();
        var subject = "urn:uuid:" + UUID.randomUUID();
        exchange.as(LAKESIDE_HOSPITAL)
                .post(
                        "",
                        Visit.bundleOf(Visit.entry(subject, "Patient", """
                        {"resourceType":"Patient","identifier":[{"system":"%s","value":"%s"}],"name":[{"family":"Example"}],
                         "text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">call 555-0107</div>"},
                         "telecom":[{"system":"phone","value":"555-0107"}],"address":[{"city":"Springfield"}]}""".formatted(Visit.PEOPLE, person)) + ","
                                + observation(subject)))
                .then()
                .statusCode(200);
        patient = exchange.as(LAKESIDE_HOSPITAL).search(theirs()).matches().get(0);
        write(Consents.share(patient));
    }

    @AfterEach
    void takeTheRulesBack() {
        written.forEach(rule -> officer().delete(rule));
    }

    @Test
    void takesNamedElementsOutOfEveryAnswerForThosePurposes() throws InterruptedException {
        var research = exchange.as(RESEARCH_INSTITUTE);
        assertWhole(Caller.json(research.get(patient)));
        var rule = write(forResearch("Patient.telecom", "Patient.address"));

        assertRedacted(Caller.json(research.get(patient)));
        assertRedacted(Caller.json(research.get(patient + "/_history/1")));
        assertRedacted(Caller.json(research.get(patient + "/_history")).at("/entry/0/resource"));
        assertRedacted(Caller.json(research.get(theirs())).at("/entry/0/resource"));
        assertRedacted(research.bundle("batch", List.of(patient)).at("/entry/0/resource"));
        for (var answer :
                List.of(patient + "/$everything", "Observation?subject=" + patient + "&_include=Observation:subject")) {
            assertThat(research.get(answer).asString())
                    .contains("Example", "REDACTED")
                    .doesNotContain("555-0107", "Springfield");
        }
        var export = Export.of(research, "$export?_type=Patient");
        var exported = export.lines(export.files().get(0)).stream()
                .filter(each -> patient.endsWith(each.path("id").asText()))
                .toList();
        assertThat(exported).hasSize(1).allSatisfy(PolicyRedactionIT::assertRedacted);
        export.delete();

        assertWhole(Caller.json(exchange.as(RIVERSIDE_CLINIC).get(patient)));
        officer().delete(rule).then().statusCode(204);
        assertWhole(Caller.json(research.get(patient)));
        assertThat(research.search("Patient?phone=555-0107&" + theirs().substring("Patient?".length()))
                        .matches())
                .containsExactly(patient);
    }

    @Test
    void findsNothingByThemInWhateverFormTheSearchIs() {
        write(forResearch("Patient.telecom", "Patient.address", "Patient.generalPractitioner"));
        var refused = List.of(
                "Patient?phone=555-0107",
                "Patient?telecom:missing=false",
                "Patient?address=Springfield",
                "Patient?address-city:exact=Springfield",
                "Patient?_sort=-address-city",
                "Patient?general-practitioner:Practitioner.name=x",
                "Patient?_include=Patient:general-practitioner",
                "Patient?_include=*",
                "Practitioner?_revinclude=Patient:general-practitioner",
                "Observation?subject:Patient.phone=555-0107",
                "Observation?patient.address-city=Springfield",
                "Practitioner?_has:Patient:general-practitioner:name=Example",
                "Organization?_has:Patient:organization:phone=555-0107",
                "Patient?_text=Springfield",
                "Patient?_content=Springfield",
                "Patient?_filter=phone%20eq%20555");
        var research = exchange.as(RESEARCH_INSTITUTE);

        for (var query : refused) {
            assertThat(research.get(query).statusCode()).as(query).isEqualTo(400);
        }
        research.get("Patient?phone=1")
                .then()
                .body("issue[0].diagnostics", equalTo("unknown search parameter `phone` for Patient"));
        research.given()
                .contentType("application/x-www-form-urlencoded")
                .body("phone=555-0107")
                .post(exchange.base() + "/Patient/_search")
                .then()
                .statusCode(400);
        assertThat(research.bundle("batch", List.of("Patient?phone=1"))
                        .at("/entry/0/response/status")
                        .asText())
                .startsWith("400");
        assertThat(research.search("Patient?family=Example&" + theirs().substring("Patient?".length()))
                        .total())
                .isOne();
        var clinic = exchange.as(RIVERSIDE_CLINIC);
        refused.subList(0, 11).forEach(query -> clinic.get(query).then().statusCode(200));
    }

    @Test
    void leavesThemToTheAuthorThePatientAndOfficersWhoAllComeBeforeAnyPolicy() {
        var reference = Visit.bundleOf(observation("Patient?identifier=" + Visit.PEOPLE + "|" + person));
        exchange.as(LAKESIDE_HOSPITAL).post("", reference).then().statusCode(200);
        write(Policies.never("""
                {"type":"deny","provision":[{"type":"permit",%s}]}""".formatted(removing("Patient.telecom", "Patient.address", "Patient.identifier"))));

        for (var caller : List.of(exchange.as(LAKESIDE_HOSPITAL), exchange.asAppOf(patient), officer())) {
            assertWhole(Caller.json(caller.get(patient)));
        }
        assertRedacted(Caller.json(exchange.as(RIVERSIDE_CLINIC).get(patient)));
        officer().get("Patient?phone=555-0107").then().statusCode(200);
        exchange.as(LAKESIDE_HOSPITAL).get("Patient?phone=555-0107").then().statusCode(400);
        // To refer to a patient by an identifier is to look for one.
        exchange.as(LAKESIDE_HOSPITAL).post("", reference).then().statusCode(422);
        assertThat(officer()
                        .get(patient + "/$explain?requester=Organization/riverside-clinic&purpose=TREAT")
                        .asString())
                .contains("\"obligation\"", "REDACT", "Patient.telecom");
    }

    @Test
    void refusesARuleThatCannotBeCarriedOut() {
        officer()
                .post("Consent", forResearch("Patient.telecom", "Observation.subject"))
                .then()
                .statusCode(422)
                .body("issue[0].expression[0]", equalTo("Consent.provision.provision[0].extension[1]"));
    }

    private static String observation(String subject) {
        return Visit.entry("urn:uuid:" + UUID.randomUUID(), "Observation", """
                {"resourceType":"Observation","identifier":[{"system":"urn:lakeside:o","value":"%s"}],"status":"final",
                 "code":{"text":"pulse"},"subject":{"reference":"%s"}}""".formatted(UUID.randomUUID(), subject));
    }

    private static String removing(String... elements) {
        var extensions = new ArrayList<String>();
        for (var element : elements) {
            extensions.add("{\"url\":\"%s\",\"valueString\":\"%s\"}".formatted(REDACT, element));
        }
        return "\"extension\":[" + String.join(",", extensions) + "]";
    }

    /** Never for research, but without these. */
    private static String forResearch(String... elements) {
        var purpose = """
                "purpose":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActReason","code":"HRESCH"}]""";
        return Policies.never("{\"type\":\"deny\",%s,\"provision\":[{\"type\":\"permit\",%s,%s}]}"
                .formatted(purpose, purpose, removing(elements)));
    }

    private static void assertRedacted(JsonNode patient) {
        assertThat(patient.toString()).doesNotContain("555-0107", "Springfield");
        assertThat(patient.has("telecom") || patient.has("address") || patient.has("text"))
                .isFalse();
        assertThat(patient.at("/name/0/family").asText()).isEqualTo("Example");
        assertThat(patient.at("/meta/security").toString()).contains("SUBSETTED", "REDACTED");
    }

    private static void assertWhole(JsonNode patient) {
        assertThat(patient.at("/telecom/0/value").asText()).isEqualTo("555-0107");
        assertThat(patient.at("/address/0/city").asText()).isEqualTo("Springfield");
        assertThat(patient.has("text")).isTrue();
        assertThat(patient.at("/meta/security").toString()).doesNotContain("REDACTED");
    }

    private String theirs() {
        return "Patient?identifier=" + Visit.PEOPLE + "%7C" + person;
    }

    /** What is written here is taken back after the test. */
    private String write(String consent) {
        var answer = officer().post("Consent", consent);
        answer.then().statusCode(201);
        var address = answer.header("Location").replaceFirst(".*/(Consent/[^/]+).*", "$1");
        written.add(0, address);
        return address;
    }

    private Caller officer() {
        return exchange.as(PRIVACY_OFFICER);
    }
}
