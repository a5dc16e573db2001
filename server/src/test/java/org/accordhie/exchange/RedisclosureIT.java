package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Records of substance use go out with the notice that the law asks for, and who got them under a consent can be told. */
@ExchangeTest
class RedisclosureIT {

    private static final String NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records.";

    @Autowired
    Exchange exchange;

    private String alice = "";
    private String consent = "";

    @BeforeEach
    void visit() {
        var visit = Visit.of("redisclosure").diagnosedWith("66590003", "Alcohol dependence");
        var hospital = exchange.as(LAKESIDE_HOSPITAL);
        hospital.post("", visit.bundle()).then().statusCode(200);
        alice = hospital.search("Patient?identifier=" + visit.token()).matches().get(0);
        consent = share(alice);
    }

    private String share(String patient) {
        var answer = exchange.as(PRIVACY_OFFICER).post("Consent", Consents.consent(patient, "active", """
                {"type":"permit","provision":[{"type":"permit","securityLabel":[{
                 "system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"ETH"}]}]}"""));
        answer.then().statusCode(201);
        return answer.header("Location").replaceFirst(".*/(Consent/[^/]+).*", "$1");
    }

    @Test
    void theNoticeAndTheLabelsGoWithTheRecordAndWithNothingElse() {
        var clinic = exchange.as(RIVERSIDE_CLINIC);
        var condition = clinic.search("Condition?subject=" + alice).matches().get(0);

        for (var told : new JsonPath[] {
            clinic.get(condition).jsonPath(),
            clinic.get("Condition?subject=" + alice).jsonPath().setRootPath("entry[0].resource")
        }) {
            assertThat(told.getList("meta.security.code")).contains("42CFRPart2", "NORDSCLCD");
            assertThat(told.getString("meta.extension[0].url"))
                    .endsWith("security-label-ds4p/StructureDefinition/extension-display");
            assertThat(told.getString("meta.extension[0].valueAnnotation.text")).isEqualTo(NOTICE);
        }
        assertThat(clinic.get(alice).asString()).doesNotContain(NOTICE);
        assertThat(exchange.as(LAKESIDE_HOSPITAL).get(condition).asString()).doesNotContain(NOTICE, "NORDSCLCD");
    }

    @Test
    void theNoticeGoesWithALabelledElementToo() {
        var patient = Visit.of("inline");
        var hospital = exchange.as(LAKESIDE_HOSPITAL);
        hospital.post("", patient.bundle()).then().statusCode(200);
        var bob = hospital.search("Patient?identifier=" + patient.token())
                .matches()
                .get(0);
        var written = hospital.post("Condition", """
                {"resourceType":"Condition","subject":{"reference":"%s"},"code":{"text":"back pain"},
                 "note":[{"text":"sleeps badly"},{"text":"drank for years","extension":[{
                  "url":"http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-inline-sec-label",
                  "valueCoding":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"ETH"}}]}]}""".formatted(bob));
        written.then().statusCode(201);
        var condition = written.header("Location").replaceFirst(".*/(Condition/[^/]+).*", "$1");
        var clinic = exchange.as(RIVERSIDE_CLINIC);

        assertThat(clinic.get(condition).asString())
                .contains("back pain", "REDACTED")
                .doesNotContain("drank", NOTICE, "NORDSCLCD");

        share(bob);

        assertThat(clinic.get(condition).asString()).contains("drank", NOTICE, "NORDSCLCD");
    }

    @Test
    void whoWasGivenSomethingUnderAConsentIsToldAfterItsRevocation() {
        assertThat(recipients().getList("parameter")).isNullOrEmpty();
        var clinic = exchange.as(RIVERSIDE_CLINIC);
        clinic.get(alice).then().statusCode(200);
        assertThat(clinic.search("Condition?subject=" + alice).total()).isOne();

        exchange.as(PRIVACY_OFFICER).delete(consent).then().statusCode(204);

        var told = recipients().setRootPath("parameter");
        assertThat(told.getList("name")).containsExactly("recipient");
        assertThat(told.getList("part[0].name"))
                .containsExactly("organization", "client", "first", "last", "releases", "resources");
        assertThat(told.getString("part[0][0].valueReference.reference")).isEqualTo("Organization/riverside-clinic");
        // What is about the patient alone is released by default; the substance use only because the consent names it.
        assertThat(told.getInt("part[0][4].valueInteger")).isPositive();
        assertThat(told.getInt("part[0][5].valueInteger")).isPositive();
    }

    @Test
    void recipientsAreToldToOfficersAlone() {
        exchange.as(RIVERSIDE_CLINIC).get(consent + "/$recipients").then().statusCode(403);
        exchange.as(LAKESIDE_HOSPITAL).get(consent + "/$recipients").then().statusCode(403);
        exchange.as(PRIVACY_OFFICER).get("Consent/nobodys/$recipients").then().statusCode(404);
    }

    private JsonPath recipients() {
        var answer = exchange.as(PRIVACY_OFFICER).get(consent + "/$recipients");
        answer.then().statusCode(200);
        return answer.jsonPath();
    }
}
