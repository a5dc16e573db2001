package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A patch in a bundle finds and changes what a patch by itself does, and belongs to the transaction. */
@ExchangeTest
class PatchInBundleIT {

    private static final String NEW_VISIT = "urn:uuid:0a5d4c2e-0000-4000-8000-00000000000b";

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    private Visit visit = Visit.of("pia");
    private String patient = "";
    private String observation = "";

    @BeforeEach
    void piaVisitsLakeside() {
        visit = Visit.of("pia");
        hospital().post("", visit.bundle()).then().statusCode(200);
        patient = hospital()
                .search("Patient?identifier=" + visit.token())
                .matches()
                .get(0);
        observation =
                hospital().search("Observation?subject=" + patient).matches().get(0);
    }

    @Test
    void namesWhatTheSameTransactionCreates() {
        var encounter = Visit.entry(NEW_VISIT, "Encounter", """
                {"resourceType":"Encounter","status":"finished","class":{"system":
                 "http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"EMER"},"subject":{"reference":"%s"}}""".formatted(patient));

        var answer = send(
                "transaction",
                patch(observation, operation("replace", "Observation.encounter", "valueReference", """
                        {"reference":"%s"}""".formatted(
                                NEW_VISIT))),
                encounter);

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(statuses(answer)).containsExactly("200", "201");
        var created = Caller.tree(answer.asString())
                .at("/entry/1/response/location")
                .asText()
                .replaceFirst(".*/(Encounter/[^/]+).*", "$1");
        var after = hospital().get(observation);
        assertThat(after.header("ETag")).isEqualTo("W/\"2\"");
        assertThat(Caller.tree(after.asString()).at("/encounter/reference").asText())
                .isEqualTo(created);
        assertThat(after.asString()).contains("142.50");
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch", "transaction"})
    void meetsAnIdentifierToo(String bundle) {
        var answer = send(bundle, patch("Patient?identifier=" + visit.token(), gender("female")));

        assertThat(statuses(answer)).as(answer.asString()).containsExactly("200");
        assertThat(hospital().get(patient).asString()).contains("\"gender\"").contains("female");
        var nobody = send(bundle, patch("Patient?identifier=urn:lakeside:person%7CXq7Nobody", gender("male")));
        assertThat(nobody.asString()).contains("is no resource of this source").doesNotContain("Xq7Nobody");
    }

    /** The clinic may see Cory and stores nothing, the hospital may see him too and did not write him, Clark is hidden from both. */
    @ParameterizedTest(name = "in a {0}, {1}")
    @CsvSource(delimiter = ';', quoteCharacter = '\'', textBlock = """
            batch;       replace; language
            batch;       delete;  language
            batch;       replace; gender.extension.where(url = 'x')
            batch;       steal;   language
            transaction; replace; language
            transaction; delete;  language
            transaction; steal;   language
            """)
    void entriesThatAreAbsentHiddenOrAnothersAnswerAlike(String bundle, String type, String path) {
        var rows = archive.rows();
        for (var partner : List.of(LAKESIDE_HOSPITAL, RIVERSIDE_CLINIC, PRIVACY_OFFICER)) {
            for (var resourceType : List.of("Patient", "Condition")) {
                var operation = operation(type, resourceType + "." + path, "valueCode", "\"de\"");
                var absent = told(exchange.as(partner), bundle, resourceType + "/" + UUID.randomUUID(), operation);
                for (var person : List.of(Person.CORY, Person.CLARK)) {
                    assertThat(told(exchange.as(partner), bundle, recordOf(person, resourceType), operation))
                            .as("%s of %s as %s", resourceType, person, partner)
                            .isEqualTo(absent);
                }
            }
        }
        assertThat(archive.rows()).isEqualTo(rows);
    }

    @Test
    void oneAtFaultIsNamedAndNothingIsStored() {
        var rows = archive.rows();
        var diagnosis = Visit.entry("urn:uuid:" + UUID.randomUUID(), "Condition", """
                {"resourceType":"Condition","code":{"text":"cough"},"subject":{"reference":"%s"}}""".formatted(patient));
        var operations =
                "%s,%s".formatted(gender("female"), operation("steal", "Patient.name", "valueString", "\"Xq7\""));

        var answer = send("transaction", diagnosis, patch(patient, operations));

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(422);
        assertThat(answer.asString())
                .contains("Bundle.entry[1].resource")
                .contains("operation 2 at `Patient.name`")
                .doesNotContain("Xq7");
        assertThat(archive.rows()).isEqualTo(rows);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resourceType\":\"Binary\",\"contentType\":\"application/json-patch+json\",\"data\":\"W10=\"}",
                "{\"resourceType\":\"Patient\"}"
            })
    void isPatchedByParametersAlone(String body) {
        var answer = send("transaction", """
                {"resource":%s,"request":{"method":"PATCH","url":"%s"}}""".formatted(body, patient));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.asString()).contains("Bundle.entry[0].resource").contains("FHIRPath patch");
    }

    @Test
    void thereAreNoMoreThanAHundred() {
        var entries = Collections.nCopies(101, patch(patient, gender("female"))).toArray(String[]::new);

        var answer = send("transaction", entries);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.asString()).contains("at most 100 patches");
    }

    @Test
    void isHeldToItsEntityTag() {
        assertThat(send("transaction", tagged(77)).statusCode()).isEqualTo(409);
        assertThat(send("transaction", tagged(1)).statusCode()).isEqualTo(200);
    }

    private String tagged(int version) {
        return patch(patient, gender("female"))
                .replace("\"method\"", "\"ifMatch\":\"W/\\\"" + version + "\\\"\",\"method\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient?identifier=s1002-refusing0",
                "Patient?_id=x",
                "Patient",
                "Patient/x/_history/1",
                "Patient/x?identifier=a|b"
            })
    void namesOneResourceOrAnIdentifier(String address) {
        var single = send("batch", patch(address, gender("female")));
        var whole = send("transaction", patch(address, gender("female")));

        assertThat(statuses(single)).containsExactly("422");
        assertThat(whole.statusCode()).isEqualTo(422);
        assertThat(whole.asString()).contains("Bundle.entry[0].request.url");
        assertThat(single.asString()).contains("Bundle.entry[0].request.url");
    }

    @Test
    void needsTheScopeOfAnUpdateAndLeavesItsEvent() {
        var without = exchange.with(exchange.token(LAKESIDE_HOSPITAL, "", "system/*.rs system/Patient.cd"));
        assertThat(statuses(send(without, "batch", patch(patient, gender("female")))))
                .containsExactly("403");
        assertThat(statuses(send("batch", patch(patient, gender("female"))))).containsExactly("200");

        var events = archive.sql()
                .sql("SELECT outcome FROM accord.audit_event WHERE interaction = 'PATCH' AND query LIKE ?"
                        + " ORDER BY recorded")
                .param("%" + patient)
                .query(String.class)
                .list();
        assertThat(events).containsExactly("REFUSED", "SUCCESS");
    }

    @Test
    void consentsAreHeldToWhatConsentsAreHeldTo() {
        var consent = exchange.as(PRIVACY_OFFICER)
                .post("Consent", Consents.share(patient))
                .header("Location")
                .replaceFirst(".*/(Consent/[^/]+).*", "$1");
        var inactive = patch(consent, operation("replace", "Consent.status", "valueCode", "\"inactive\""));
        var elsewhere = patch(consent, operation("replace", "Consent.patient", "valueReference", """
                {"reference":"Patient/somebody-else"}"""));
        var unenforceable =
                patch(consent, operation("replace", "Consent.scope.coding[0].code", "valueCode", "\"adr\""));

        assertThat(statuses(send(exchange.asAppOf("Patient/somebody-else"), "batch", inactive)))
                .containsExactly("404");
        assertThat(statuses(send(exchange.asAppOf(patient), "batch", elsewhere)))
                .containsExactly("403");
        assertThat(statuses(send(exchange.as(PRIVACY_OFFICER), "batch", unenforceable)))
                .containsExactly("422");
        assertThat(statuses(send(exchange.asAppOf(patient), "batch", inactive))).containsExactly("200");
        exchange.as(PRIVACY_OFFICER).get(consent).then().statusCode(200).header("ETag", "W/\"2\"");
    }

    private static String patch(String address, String operations) {
        return """
                {"resource":{"resourceType":"Parameters","parameter":[%s]},"request":{"method":"PATCH","url":"%s"}}""".formatted(operations, address);
    }

    private static String gender(String code) {
        return operation("add", "Patient", "valueCode", "\"" + code + "\"")
                .replace("\"part\":[", "\"part\":[{\"name\":\"name\",\"valueString\":\"gender\"},");
    }

    private static String operation(String type, String path, String property, String value) {
        return """
                {"name":"operation","part":[{"name":"type","valueCode":"%s"},{"name":"path","valueString":"%s"},
                 {"name":"value","%s":%s}]}""".formatted(type, path, property, value);
    }

    private Response send(String type, String... entries) {
        return send(hospital(), type, entries);
    }

    private static Response send(Caller caller, String type, String... entries) {
        return caller.post("", """
                {"resourceType":"Bundle","type":"%s","entry":[%s]}""".formatted(type, String.join(",", entries)));
    }

    private static List<String> statuses(Response answer) {
        var statuses = new ArrayList<String>();
        Caller.tree(answer.asString())
                .path("entry")
                .forEach(entry ->
                        statuses.add(entry.at("/response/status").asText().substring(0, 3)));
        return statuses;
    }

    private static String told(Caller caller, String bundle, String address, String operation) {
        var answer = send(caller, bundle, patch(address, operation));
        return (answer.statusCode() + "\n" + answer.asString())
                .replace(address.split("/", 2)[1], "[id]")
                .replaceAll("\"id\":\"[0-9a-f-]{36}\"", "\"id\":\"[random]\"");
    }

    private String recordOf(Person person, String type) {
        return archive.recordOf(person).stream()
                .filter(stored -> stored.type().equals(type))
                .findFirst()
                .orElseThrow()
                .address();
    }

    private Caller hospital() {
        return exchange.as(LAKESIDE_HOSPITAL);
    }
}
