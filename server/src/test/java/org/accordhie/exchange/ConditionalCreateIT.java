package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A condition that only something hidden meets is met by nothing, now and later. */
@ExchangeTest
class ConditionalCreateIT {

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    /** Clark's records are of other sources than the hospital, and hidden from it. */
    @Test
    void whatMatchesAHiddenRecordOfAnotherSourceIsCreatedLikeWhatMatchesNothing() {
        assertThat(archive.recordOf(Person.CLARK)).isNotEmpty();
        assertThat(hospital()
                        .search("Patient?identifier=" + Person.CLARK.token())
                        .total())
                .isZero();
        var system = Person.CLARK.token().substring(0, Person.CLARK.token().indexOf("%7C"));

        var hidden = conversation(system, Person.CLARK.identifier());
        var absent = conversation(system, UUID.randomUUID().toString());

        assertThat(hidden).hasSameSizeAs(absent);
        for (int step = 0; step < hidden.size(); step++) {
            assertThat(hidden.get(step)).as("step %d", step).isEqualTo(absent.get(step));
        }
        assertThat(hidden.get(0)).startsWith("201");
        assertThat(hidden.get(1)).startsWith("200");
    }

    /** Everything that a source might do with what it has created, until that is gone again. */
    private List<String> conversation(String system, String value) {
        var told = new ArrayList<String>();
        var patient = """
                {"resourceType":"Patient","identifier":[{"system":"%s","value":"%s"}],"name":[{"family":"Example"}]}""".formatted(system, value);
        var first = create(patient, system, value);
        var address = first.header("Location").replaceFirst(".*/(Patient/[^/]+).*", "$1");
        told.add(told(first, address, value));
        told.add(told(create(patient, system, value), address, value));
        told.add(told(hospital().post("Patient", patient), address, value));
        told.add(told(hospital().get("Patient?identifier=" + system + "%7C" + value), address, value));
        told.add(told(hospital().get("Patient?_summary=count&identifier=" + system + "%7C" + value), address, value));
        told.add(told(hospital().get(address + "/_history"), address, value));
        told.add(told(pushed(system, value), address, value));
        var condition = hospital().search("Condition?subject=" + address).matches();
        condition.forEach(each -> told.add(told(hospital().delete(each), each, value)));
        told.add(told(hospital().delete(address), address, value));
        told.add(told(hospital().get(address), address, value));
        return told;
    }

    private Response create(String patient, String system, String value) {
        return hospital()
                .given()
                .header("If-None-Exist", "identifier=" + system + "|" + value)
                .body(patient)
                .post(hospital().base() + "/Patient");
    }

    /** A reference by identifier finds the source's own, and what it created no other. */
    private Response pushed(String system, String value) {
        return hospital()
                .post("", Visit.bundleOf(Visit.entry("urn:uuid:" + UUID.randomUUID(), "Condition", """
                {"resourceType":"Condition","code":{"text":"cough"},
                 "subject":{"reference":"Patient?identifier=%s|%s"}}""".formatted(
                                system, value))));
    }

    @Test
    void aConditionThatIsNoIdentifierIsRefusedWhateverItFinds() {
        var visit = Visit.of("fay");
        hospital().post("", visit.bundle()).then().statusCode(200);
        var visible = hospital()
                .search("Patient?identifier=" + visit.token())
                .matches()
                .get(0);
        var hidden = archive.recordOf(Person.CLARK).stream()
                .filter(Archive.Stored::isPatient)
                .findFirst()
                .orElseThrow()
                .address();
        var answers = new ArrayList<String>();
        for (var id : List.of(visible, hidden, "Patient/" + UUID.randomUUID())) {
            var answer = hospital()
                    .given()
                    .header("If-None-Exist", "_id=" + id.substring("Patient/".length()))
                    .body("{\"resourceType\":\"Patient\"}")
                    .post(hospital().base() + "/Patient");
            assertThat(answer.statusCode()).isEqualTo(422);
            answers.add(answer.asString());
        }

        assertThat(answers).containsOnly(answers.get(0));
        assertThat(exchange.as(PRIVACY_OFFICER).get(visible).statusCode()).isEqualTo(200);
    }

    private static String told(Response answer, String address, String value) {
        var headers = new TreeMap<String, String>();
        answer.headers().forEach(header -> headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue()));
        headers.remove("date");
        headers.remove("x-request-id");
        headers.computeIfPresent("last-modified", (name, time) -> "[now]");
        return (answer.statusCode() + "\n" + headers + "\n" + answer.asString())
                .replace(value, "[value]")
                .replace(address.split("/", 2)[1], "[id]")
                .replaceAll("/[0-9a-f-]{36}", "/[random]")
                .replaceAll("\"id\":\"[0-9a-f-]{36}\"", "\"id\":\"[random]\"")
                .replaceAll("\"lastModified\":\"[^\"]*\"", "\"lastModified\":\"[now]\"")
                .replaceAll("\"lastUpdated\":\"[^\"]*\"", "\"lastUpdated\":\"[now]\"");
    }

    private Caller hospital() {
        return exchange.as(LAKESIDE_HOSPITAL);
    }
}
