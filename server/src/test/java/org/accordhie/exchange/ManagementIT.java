package org.accordhie.exchange;

import static io.restassured.RestAssured.given;
import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** Operators learn from a port of its own whether the exchange is well and how it fares, and nothing of anybody's record. */
@ExchangeTest
class ManagementIT {

    @Autowired
    Exchange exchange;

    @Value("http://127.0.0.1:${management.server.port}/actuator")
    private String management = "";

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/liveness", "/health/readiness"})
    void healthIsOneWord(String path) {
        var answer = given().get(management + path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.jsonPath().getString("status")).isEqualTo("UP");
        assertThat(answer.jsonPath().getMap("$")).doesNotContainKeys("components", "details");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auditevents",
                "beans",
                "caches",
                "conditions",
                "configprops",
                "env",
                "env/accord.database.url",
                "flyway",
                "heapdump",
                "httpexchanges",
                "info",
                "jolokia",
                "logfile",
                "loggers",
                "mappings",
                "metrics",
                "quartz",
                "scheduledtasks",
                "sessions",
                "shutdown",
                "startup",
                "threaddump"
            })
    void theRestIsNotThere(String endpoint) {
        var address = management + "/" + endpoint;

        assertThat(List.of(
                        given().get(address).statusCode(),
                        given().contentType("application/json")
                                .body("{}")
                                .post(address)
                                .statusCode()))
                .containsOnly(404);
    }

    @Test
    void metricsNameNobody() {
        var visit = Visit.of("metered");
        var hospital = exchange.as(LAKESIDE_HOSPITAL);
        hospital.post("", visit.bundle()).then().statusCode(200);
        var patient =
                hospital.search("Patient?identifier=" + visit.token()).matches().get(0);
        hospital.get(patient).then().statusCode(200);
        hospital.get("Patient/nobody-of-" + visit.person()).then().statusCode(404);

        var metrics = given().get(management + "/prometheus").asString();

        assertThat(metrics)
                .contains("accord_release_disagreements", "http_server_requests")
                .doesNotContain(patient.substring("Patient/".length()), visit.person(), "nobody-of");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator", "/actuator/health", "/actuator/prometheus", "/fhir/actuator/health"})
    void nothingOfItIsOnThePortOfPartners(String path) {
        var root = exchange.base().substring(0, exchange.base().length() - "/fhir".length());

        var answers = List.of(
                given().get(root + path), exchange.as(LAKESIDE_HOSPITAL).given().get(root + path));

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.statusCode()).isIn(401, 403, 404))
                .allSatisfy(answer -> assertThat(answer.asString()).doesNotContain("UP", "jvm_memory"));
    }
}
