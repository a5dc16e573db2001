package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Elements that carry labels are taken out for those who may not see them, and found by nobody. */
@ExchangeTest
class RedactionIT {

    private static final String INLINE =
            "http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-inline-sec-label";

    /** About substance use, which needs the patient's own yes. */
    private static final String LABEL = """
            {"url":"%s","valueCoding":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"ETH"}}""".formatted(INLINE);

    @Autowired
    Exchange exchange;

    /** An admission with a second, labelled diagnosis, given as a category, a note and a body site. */
    private String push(String person) {
        var patient = "urn:uuid:" + UUID.randomUUID();
        var bundle = Visit.bundleOf(Visit.entry(patient, "Patient", """
                        {"resourceType":"Patient","identifier":[{"system":"%s","value":"%s"}],
                         "telecom":[{"value":"555-0101"},{"value":"555-0102","extension":[%s]}]}""".formatted(Visit.PEOPLE, person, LABEL))
                + ","
                + Visit.entry("urn:uuid:" + UUID.randomUUID(), "Condition", """
                        {"resourceType":"Condition","identifier":[{"system":"urn:lakeside:c","value":"%s"}],
                         "text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">back pain, opioid abuse</div>"},
                         "subject":{"reference":"%s"},"code":{"text":"back pain"},
                         "category":[{"text":"pain"},{"extension":[%s],"coding":[{"system":"http://snomed.info/sct",
                          "code":"5602001","display":"Opioid abuse"}]}],
                         "note":[{"text":"sleeps badly"},{"text":"opioid abuse for years","extension":[%s]}],
                         "onsetDateTime":"2025-05-05","_onsetDateTime":{"extension":[%s]}}""".formatted(
                                person, patient, LABEL, LABEL, LABEL)));
        exchange.as(LAKESIDE_HOSPITAL).post("", bundle).then().statusCode(200);
        return exchange.as(LAKESIDE_HOSPITAL)
                .search("Condition?identifier=urn:lakeside:c%7C" + person)
                .matches()
                .get(0);
    }

    private static String person(String name) {
        return name + "-" + UUID.randomUUID();
    }

    private static List<String> labels(JsonNode resource) {
        var labels = new ArrayList<String>();
        resource.at("/meta/security")
                .forEach(label -> labels.add(label.path("code").asText()));
        return labels;
    }

    private static void assertRedacted(JsonNode condition) {
        assertThat(condition.toString())
                .doesNotContainIgnoringCase("opioid")
                .doesNotContain("5602001", "2025-05-05", INLINE);
        assertThat(labels(condition)).contains("SUBSETTED", "REDACTED");
        assertThat(condition.path("category")).hasSize(1);
        assertThat(condition.path("note")).hasSize(1);
        assertThat(condition.has("onsetDateTime") || condition.has("_onsetDateTime") || condition.has("text"))
                .isFalse();
        assertThat(condition.at("/code/text").asText()).isEqualTo("back pain");
    }

    @Test
    void takesLabelledElementsOutOfEveryAnswer() {
        var condition = push(person("redacted"));
        var clinic = exchange.as(RIVERSIDE_CLINIC);

        assertRedacted(Caller.json(clinic.get(condition)));
        assertRedacted(Caller.json(clinic.get(condition + "/_history/1")));
        assertRedacted(Caller.json(clinic.get(condition + "/_history")).at("/entry/0/resource"));
        var id = condition.substring("Condition/".length());
        assertRedacted(Caller.json(clinic.get("Condition?_id=" + id)).at("/entry/0/resource"));
        assertRedacted(clinic.bundle("batch", List.of(condition)).at("/entry/0/resource"));
        var subject =
                Caller.json(clinic.get(condition)).at("/subject/reference").asText();
        assertThat(clinic.get(subject + "/$everything").asString())
                .doesNotContainIgnoringCase("opioid")
                .doesNotContain("555-0102")
                .contains("555-0101", "back pain");
    }

    @Test
    void leavesThemToTheAuthorThePatientAndThoseToWhomThePatientSaysYes() {
        var condition = push(person("whole"));
        var patient = Caller.json(exchange.as(LAKESIDE_HOSPITAL).get(condition))
                .at("/subject/reference")
                .asText();

        for (var caller : List.of(exchange.as(LAKESIDE_HOSPITAL), exchange.asAppOf(patient))) {
            var whole = Caller.json(caller.get(condition));
            assertThat(whole.path("category")).hasSize(2);
            assertThat(whole.toString()).contains("opioid abuse for years", "2025-05-05");
            assertThat(labels(whole)).doesNotContain("REDACTED").contains("PROCESSINLINELABEL");
        }
        assertRedacted(Caller.json(exchange.as(RIVERSIDE_CLINIC).get(condition)));
        exchange.as(PRIVACY_OFFICER)
                .post("Consent", Consents.consent(patient, "active", """
                        {"type":"permit","provision":[{"type":"permit","securityLabel":[
                         {"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"ETH"}]}]}"""))
                .then()
                .statusCode(201);

        var permitted = Caller.json(exchange.as(RIVERSIDE_CLINIC).get(condition));
        assertThat(permitted.path("category")).hasSize(2);
        assertThat(permitted.has("text")).isTrue();
    }

    @Test
    void findsNothingByWhatALabelledElementSays() {
        var person = person("sought");
        push(person);
        var about = "patient.identifier=" + Visit.PEOPLE + "%7C" + person;

        for (var partner : List.of(RIVERSIDE_CLINIC, LAKESIDE_HOSPITAL)) {
            var caller = exchange.as(partner);
            assertThat(caller.search("Condition?" + about).total()).isEqualTo(1);
            assertThat(caller.search("Condition?" + about + "&category=5602001").total())
                    .isZero();
            assertThat(caller.search("Condition?" + about + "&category:text=opioid")
                            .total())
                    .isZero();
            assertThat(caller.search("Condition?" + about + "&category:text=pain")
                            .total())
                    .isEqualTo(1);
            assertThat(caller.search("Condition?" + about + "&onset-date=2025-05-05")
                            .total())
                    .isZero();
            assertThat(caller.search("Patient?phone=555-0102&identifier=" + Visit.PEOPLE + "%7C" + person)
                            .total())
                    .isZero();
            assertThat(caller.search("Patient?_has:Condition:patient:category=5602001&identifier=" + Visit.PEOPLE
                                    + "%7C" + person)
                            .total())
                    .isZero();
        }
    }

    @Test
    void refusesWhatIsNotWholeToBeWrittenBack() {
        var condition = push(person("written"));
        var hospital = exchange.as(LAKESIDE_HOSPITAL);
        var whole = Caller.json(hospital.get(condition)).toString();
        var summary = Caller.json(hospital.get(condition + "?_elements=code"));
        var redacted = (ObjectNode) Caller.json(exchange.as(RIVERSIDE_CLINIC).get(condition));

        for (var partial : List.of(summary.toString(), redacted.toString())) {
            var refused = hospital.put(condition, partial);

            refused.then().statusCode(422);
            assertThat(refused.asString()).contains("not whole", "Bundle.entry[0].resource.meta");
        }
        assertThat(Caller.json(hospital.get(condition)).toString()).isEqualTo(whole);
        hospital.put(condition, whole).then().statusCode(200);
    }

    @Test
    void explainsWhatIsTakenOut() {
        var condition = push(person("explained"));

        var told = Caller.json(exchange.as(PRIVACY_OFFICER)
                .get(condition + "/$explain?requester=Organization/riverside-clinic&purpose=TREAT"));

        assertThat(told.toString()).contains("\"name\":\"obligation\"", "REDACT", "ETH");
    }
}
