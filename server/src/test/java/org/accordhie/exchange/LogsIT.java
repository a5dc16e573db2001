package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.accordhie.fhirserver.AccordProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;

/** No log holds what a record or a request says, whatever becomes of the request: neither the server's nor the database's. */
@ExchangeTest
class LogsIT {

    private static final String CANARY = "Xq7Canary";

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    @Autowired
    AccordProperties properties;

    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    private String patient = "";
    private String observation = "";

    @BeforeEach
    void listen() {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%level %logger %msg %mdc%n%ex{full}");
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(logged);
        appender.start();
        root().addAppender(appender);
    }

    @AfterEach
    void listenNoMore() {
        root().detachAppender(appender);
        appender.stop();
    }

    @Test
    void holdNothingOfWhatWasSentOrStored() throws Exception {
        root().warn("heard");
        isPushed();
        isSearched();
        isRefused();
        isPushedByFourAtOnce();
        isDeclaredInAnEmergency();
        isNoRequest();
        isRefusedByTheDatabase();

        var heard = logged.toString(StandardCharsets.UTF_8);
        assertThat(heard).contains("heard");
        assertThat(heard.lines().filter(LogsIT::hasCanary)).isEmpty();
        assertThat(Files.readString(properties.database().directory().resolve("postgresql.log")))
                .contains("ERROR:");
        try (var lines = Files.lines(properties.database().directory().resolve("postgresql.log"))) {
            assertThat(lines.filter(LogsIT::hasCanary)).isEmpty();
        }
    }

    private void isPushed() {
        var visit = new Visit(
                CANARY + UUID.randomUUID(),
                "38341003",
                CANARY,
                UUID.randomUUID().toString());
        hospital().post("", visit.bundle()).then().statusCode(200);
        hospital().post("", visit.exportedAgain().bundle()).then().statusCode(200);
        patient = hospital()
                .search("Patient?identifier=" + visit.token())
                .matches()
                .get(0);
        observation =
                hospital().search("Observation?subject=" + patient).matches().get(0);
        exchange.as(PRIVACY_OFFICER)
                .post("Consent", Consents.refuse(patient).replace("\"status\"", "\"language\":\"en\",\"status\""))
                .then()
                .statusCode(201);
    }

    private void isSearched() {
        for (var query : List.of(
                "Patient?family=" + CANARY,
                "Patient?" + CANARY + "=1",
                "Patient?birthdate=" + CANARY,
                "Patient?family:" + CANARY + "=x",
                "Patient?_has:" + CANARY + ":subject:code=x",
                "Patient?_sort=" + CANARY,
                "Patient?_include=" + CANARY,
                "Observation?subject:Patient." + CANARY + "=x",
                "Observation?value-quantity=" + CANARY,
                "Patient?_getpages=" + CANARY,
                "Patient?_format=" + CANARY,
                "Patient?identifier=urn:x%00%7C" + CANARY,
                "Patient?family=" + CANARY.repeat(300),
                "Patient/" + CANARY,
                "Patient/" + CANARY + "/_history/1",
                "Patient/$" + CANARY,
                CANARY + "/1",
                patient + "/$everything?start=" + CANARY,
                "$export?_type=" + CANARY,
                "$replay?event=" + CANARY)) {
            for (var partner : List.of(LAKESIDE_HOSPITAL, RIVERSIDE_CLINIC, PRIVACY_OFFICER)) {
                assertThat(exchange.as(partner).get(query).statusCode())
                        .as(query)
                        .isLessThan(500);
            }
        }
    }

    private void isRefused() {
        for (var body : List.of(
                "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"" + CANARY + "\"",
                "{\"resourceType\":\"Patient\",\"gender\":\"" + CANARY + "\"}",
                "{\"resourceType\":\"Patient\",\"birthDate\":\"" + CANARY + "\"}",
                "{\"resourceType\":\"Patient\",\"" + CANARY + "\":1}",
                "{\"resourceType\":\"" + CANARY + "\"}",
                "{\"resourceType\":\"Patient\",\"managingOrganization\":{\"reference\":\"Organization/" + CANARY
                        + "\"}}",
                "{\"resourceType\":\"Patient\",\"id\":\"" + CANARY + "\",\"link\":[{\"other\":{\"reference\":\"#"
                        + CANARY + "\"}}]}",
                "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\","
                        + "\"gender\":\"" + CANARY + "\"},\"request\":{\"method\":\"POST\",\"url\":\"Patient?" + CANARY
                        + "\"}}]}",
                "<Patient xmlns=\"http://hl7.org/fhir\"><name value=\"" + CANARY + "\"/></Patient>",
                CANARY)) {
            for (var path : List.of("Patient", "", "Consent", patient)) {
                var asked = hospital().given().body(body);
                if (body.startsWith("<")) {
                    asked.contentType("application/fhir+xml");
                }
                var method = path.contains("/") ? "PUT" : "POST";
                assertThat(asked.request(method, hospital().base() + "/" + path).statusCode())
                        .as(body)
                        .isBetween(400, 499);
            }
        }
        hospital()
                .given()
                .contentType("application/json-patch+json")
                .body("[{\"op\":\"test\",\"path\":\"/status\",\"value\":\"" + CANARY + "\"}]")
                .patch(hospital().base() + "/" + observation)
                .then()
                .statusCode(422);
        exchange.with(CANARY).get(patient).then().statusCode(401);
        hospital()
                .given()
                .header("If-Match", CANARY)
                .header("X-" + CANARY, CANARY)
                .body("{\"resourceType\":\"Patient\"}")
                .put(hospital().base() + "/" + patient);
    }

    /** They meet in the database, which refuses some of the rows. */
    private void isPushedByFourAtOnce() throws InterruptedException {
        var senders = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 5; round++) {
                var visit = new Visit(
                        CANARY + UUID.randomUUID(),
                        "38341003",
                        CANARY,
                        UUID.randomUUID().toString());
                var pushes = IntStream.range(0, 4)
                        .<Callable<Integer>>mapToObj(number ->
                                () -> hospital().post("", visit.bundle()).statusCode())
                        .toList();
                senders.invokeAll(pushes);
            }
        } finally {
            senders.shutdown();
        }
    }

    private void isDeclaredInAnEmergency() {
        exchange.inEmergency(RIVERSIDE_CLINIC, patient, CANARY + " " + UUID.randomUUID())
                .get(patient)
                .then()
                .statusCode(200);
    }

    /** What does not reach the exchange's own code at all. */
    private void isNoRequest() throws IOException {
        var port = URI.create(exchange.base()).getPort();
        for (var request : Stream.of(
                        "GET /fhir/Patient?family={" + CANARY + "} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
                        "GET /fhir/Patient?family=%zz" + CANARY + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
                        "GET /fhir/Patient HTTP/1.1\r\nHost: 127.0.0.1\r\n" + CANARY + "\r\n\r\n",
                        CANARY + " /fhir/Patient HTTP/1.1\r\nHost: " + CANARY + ":x\r\n\r\n",
                        "GET /fhir/..;/" + CANARY + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                .toList()) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
                var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain(CANARY);
            }
        }
    }

    /** As it refuses a row that is there already, naming the key in its log unless it is told not to. */
    private void isRefusedByTheDatabase() {
        assertThatThrownBy(() -> archive.sql()
                        .sql("INSERT INTO accord.epoch (name, number) VALUES (?, 0), (?, 0)")
                        .params(CANARY, CANARY)
                        .update())
                .isInstanceOf(DuplicateKeyException.class);
    }

    private static boolean hasCanary(String line) {
        return line.contains(CANARY);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private Caller hospital() {
        return exchange.as(LAKESIDE_HOSPITAL);
    }
}
