package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Ways round the decision that a review found, each closed. */
@ExchangeTest
class ClosedDoorsIT {

    private static final String ETH =
            "{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-ActCode\",\"code\":\"ETH\"}";

    @Autowired
    Exchange exchange;

    @Test
    void whatNamesNoPatientIsNotEvenCounted() {
        var value = UUID.randomUUID().toString();
        var hospital = exchange.as(LAKESIDE_HOSPITAL);
        hospital.post("Task", """
                {"resourceType":"Task","identifier":[{"system":"urn:lakeside:task","value":"%s"}],
                 "status":"requested","intent":"order"}""".formatted(value)).then().statusCode(201);
        var task = "Task?identifier=urn:lakeside:task%7C" + value;

        assertThat(hospital.search(task).total()).isEqualTo(1);
        assertThat(exchange.as(RIVERSIDE_CLINIC).search(task).total()).isZero();
        assertThat(exchange.as(RIVERSIDE_CLINIC)
                        .search(task + "&_summary=count")
                        .total())
                .isZero();
    }

    @Test
    void aLabelThatIsLeftOutOfAnUpdateStays() {
        var visit = Visit.of("bert");
        var hospital = exchange.as(LAKESIDE_HOSPITAL);
        hospital.post("", visit.bundle()).then().statusCode(200);
        var patient =
                hospital.search("Patient?identifier=" + visit.token()).matches().get(0);
        var condition =
                hospital.search("Condition?subject=" + patient).matches().get(0);
        var plain = "{\"resourceType\":\"Condition\",\"id\":\"" + condition.substring("Condition/".length())
                + "\",%s\"subject\":{\"reference\":\"" + patient + "\"},\"code\":{\"text\":\"cough\"}}";
        hospital.put(condition, plain.formatted("\"meta\":{\"security\":[" + ETH + "]},"))
                .then()
                .statusCode(200);
        assertThat(exchange.as(RIVERSIDE_CLINIC)
                        .search("Condition?subject=" + patient)
                        .total())
                .isZero();

        hospital.put(condition, plain.formatted("").replace("cough", "cold"))
                .then()
                .statusCode(200);

        assertThat(exchange.as(RIVERSIDE_CLINIC)
                        .search("Condition?subject=" + patient)
                        .total())
                .isZero();
        assertThat(hospital.get(condition).asString()).contains("\"ETH\"");
    }

    @Test
    void aDeletionCarriesNoResource() {
        var visit = Visit.of("cleo");
        exchange.as(LAKESIDE_HOSPITAL).post("", visit.bundle()).then().statusCode(200);
        var officer = exchange.as(PRIVACY_OFFICER);
        var patient =
                officer.search("Patient?identifier=" + visit.token()).matches().get(0);
        var consent = officer.post("Consent", Consents.share(patient)).then().statusCode(201);
        var location = consent.extract().header("Location");
        var id = location.substring(location.indexOf("Consent/"), location.indexOf("/_history"));

        var answer = officer.post("", """
                {"resourceType":"Bundle","type":"transaction","entry":[{"resource":%s,
                 "request":{"method":"DELETE","url":"%s"}}]}""".formatted(Consents.share(patient), id));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.asString()).contains("Bundle.entry[0].resource");
    }

    @Test
    void aPrescriptionTellsItsDrug() {
        var visit = Visit.of("dora");
        var hospital = exchange.as(LAKESIDE_HOSPITAL);
        var drug = Visit.entry("urn:uuid:" + UUID.randomUUID(), "Medication", """
                {"resourceType":"Medication","code":{"coding":[{
                 "system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"351266"}]}}""");
        var drugName = drug.substring(drug.indexOf("urn:uuid:"), drug.indexOf("urn:uuid:") + 45);
        var patientName =
                visit.patient().substring(visit.patient().indexOf("urn:uuid:")).substring(0, 45);
        var order =
                Visit.entry("urn:uuid:" + UUID.randomUUID(), "MedicationRequest", """
                {"resourceType":"MedicationRequest","status":"active","intent":"order",
                 "subject":{"reference":"%s"},"medicationReference":{"reference":"%s"}}""".formatted(patientName, drugName));
        hospital.post("", Visit.bundleOf(visit.patient() + "," + drug + "," + order))
                .then()
                .statusCode(200);
        var chain = "MedicationRequest?subject:Patient.identifier=" + visit.token();

        assertThat(hospital.search(chain).total()).isEqualTo(1);
        assertThat(exchange.as(RIVERSIDE_CLINIC).search(chain).total()).isZero();
        assertThat(exchange.as(RIVERSIDE_CLINIC)
                        .search("Medication?code=351266&_summary=count")
                        .total())
                .isZero();
    }
}
