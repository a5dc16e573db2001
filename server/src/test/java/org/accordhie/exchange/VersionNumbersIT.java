package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A version that is hidden leaves no gap: whoever may not see it is told the numbers of a record that never had it. */
@ExchangeTest
class VersionNumbersIT {

    /** Asthma, which the patient tells nobody of. */
    private static final String HIDDEN = "195967001";

    private static final String OPEN = "38341003";

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    private String patient = "";
    private String corrected = "";
    private String plain = "";

    @BeforeEach
    void oneDiagnosisIsCorrectedAndOneIsNot() {
        var visit = Visit.of("numbered");
        hospital().post("", visit.bundle()).then().statusCode(200);
        patient = hospital()
                .search("Patient?identifier=" + visit.token())
                .matches()
                .get(0);
        var criterion = "\"code\":[{\"coding\":[{\"system\":\"http://snomed.info/sct\",\"code\":\"" + HIDDEN + "\"}]}]";
        exchange.as(PRIVACY_OFFICER)
                .post("Consent", Consents.shareAllBut(patient, criterion))
                .then()
                .statusCode(201);
        corrected = diagnosed(HIDDEN);
        assertThat(clinic().get(corrected).statusCode()).isEqualTo(404);
        says(corrected, OPEN, "first");
        plain = diagnosed(OPEN, "first");
        assertThat(clinic().get(corrected).statusCode()).isEqualTo(200);
    }

    private Caller hospital() {
        return exchange.as(LAKESIDE_HOSPITAL);
    }

    private Caller clinic() {
        return exchange.as(RIVERSIDE_CLINIC);
    }

    private String diagnosed(String code) {
        return diagnosed(code, "first");
    }

    private String diagnosed(String code, String words) {
        var answer = hospital().post("Condition", condition("", code, words));
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
        return "Condition/"
                + answer.header("Location").replaceFirst(".*/Condition/", "").replaceFirst("/.*", "");
    }

    private void says(String address, String code, String words) {
        var id = "\"id\":\"" + address.substring("Condition/".length()) + "\",";
        hospital().put(address, condition(id, code, words)).then().statusCode(200);
    }

    private String condition(String id, String code, String words) {
        return """
                {"resourceType":"Condition",%s"subject":{"reference":"%s"},"note":[{"text":"%s"}],
                 "code":{"coding":[{"system":"http://snomed.info/sct","code":"%s"}]}}""".formatted(id, patient, words, code);
    }

    /** What is not the same in any two resources. */
    private String general(Response answer, String address) {
        return answer.statusCode() + " " + answer.header("ETag") + " "
                + answer.asString()
                        .replace(address.substring("Condition/".length()), "[id]")
                        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.+Z-]+", "[time]")
                        .replaceAll("\"Bundle\",\"id\":\"[0-9a-f-]{36}\"", "[bundle]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?_format=xml",
                "?_pretty=true",
                "?_elements=note",
                "?_summary=true",
                "/_history/1",
                "/_history/1?_format=xml",
                "/_history/2",
                "/_history/2?_format=xml",
                "/_history/3",
                "/_history/01",
                "/_history/0",
                "/_history/-1"
            })
    void readsTellNoGap(String way) {
        assertThat(general(clinic().get(corrected + way), corrected))
                .isEqualTo(general(clinic().get(plain + way), plain));
        says(corrected, OPEN, "second");
        says(plain, OPEN, "second");
        assertThat(general(clinic().get(corrected + way), corrected))
                .isEqualTo(general(clinic().get(plain + way), plain));
    }

    @Test
    void aNumberMeansTheVersionThatHasIt() {
        says(corrected, OPEN, "second");

        assertThat(noteOf(corrected)).isEqualTo("second");
        assertThat(noteOf(corrected + "/_history/1")).isEqualTo("first");
        assertThat(noteOf(corrected + "/_history/2")).isEqualTo("second");
        assertThat(clinic().get(corrected + "/_history/3").statusCode()).isEqualTo(404);
        // Its author sees all of it.
        assertThat(version(Caller.json(hospital().get(corrected)))).isEqualTo("3");
        assertThat(version(Caller.json(hospital().get(corrected + "/_history/1"))))
                .isEqualTo("1");
    }

    private String noteOf(String address) {
        return Caller.json(clinic().get(address)).at("/note/0/text").asText();
    }

    private static String version(JsonNode resource) {
        return resource.at("/meta/versionId").asText();
    }

    @Test
    void aHistoryTellsNoGap() {
        says(corrected, OPEN, "second");
        var history = Caller.json(clinic().get(corrected + "/_history"));

        assertThat(history.path("total").asInt()).isEqualTo(2);
        assertThat(history.findValuesAsText("versionId")).containsExactly("2", "1");
        assertThat(history.findValuesAsText("etag")).containsExactly("W/\"2\"", "W/\"1\"");
    }

    @Test
    void aDeletedOneIsToldWithoutAGap() {
        hospital().delete(corrected).then().statusCode(204);
        hospital().delete(plain).then().statusCode(204);

        assertThat(general(clinic().get(corrected + "/_history"), corrected))
                .isEqualTo(general(clinic().get(plain + "/_history"), plain));
        for (var number : List.of(1, 2, 3)) {
            assertThat(general(clinic().get(corrected + "/_history/" + number), corrected))
                    .as("version %d", number)
                    .isEqualTo(general(clinic().get(plain + "/_history/" + number), plain));
        }
    }

    @Test
    void searchesAndWholeRecordsTellNoGap() {
        var id = corrected.substring("Condition/".length());
        assertThat(Caller.json(clinic().get("Condition?_id=" + id)).findValuesAsText("versionId"))
                .containsExactly("1");
        assertThat(Caller.json(clinic().get("Condition?_format=json&_pretty=true&_id=" + id))
                        .findValuesAsText("versionId"))
                .containsExactly("1");
        assertThat(Caller.json(clinic().get(patient + "/$everything?_type=Condition"))
                        .findValuesAsText("versionId"))
                .containsOnly("1");
        assertThat(clinic().bundle("batch", List.of(corrected)).findValuesAsText("versionId"))
                .containsExactly("1");
    }

    @Test
    void aConditionalReadIsAboutTheToldNumber() {
        assertThat(unless("W/\"1\"").statusCode()).isEqualTo(304);
        assertThat(unless("W/\"2\"").statusCode()).isEqualTo(200);
    }

    private Response unless(String version) {
        var clinic = clinic();
        return clinic.given().header("If-None-Match", version).get(clinic.base() + "/" + corrected);
    }

    @Test
    void theAuditTrailKeepsTheVersionOfStorage() {
        clinic().get(corrected).then().statusCode(200);

        assertThat(archive.sql()
                        .sql("SELECT count(*) FROM accord.audit_event WHERE client_id = 'dev-riverside-clinic'"
                                + " AND resources @> ARRAY[?::text]")
                        .param(corrected + "/_history/2")
                        .query(Long.class)
                        .single())
                .isPositive();
    }
}
