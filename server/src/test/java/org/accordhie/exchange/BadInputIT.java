package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** Whatever is sent, the answer names what is wrong and where, repeats nothing of it, stores nothing, and is not the last. */
@ExchangeTest
class BadInputIT {

    /** Stands for what a patient would not want in a log. */
    private static final String CANARY = "Xq7Canary";

    /** HAPI's parser stumbles over it. */
    private static final String OF_NULL =
            "{\"resourceType\":\"Bundle\",\"id\":\"a\",\"entry\":[{\"resource\":[null]}]}";

    private static final String JSON = "application/fhir+json";
    private static final String XML = "application/fhir+xml";
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    /**
     * A bad request of a source.
     *
     * @param path where it is sent; empty for the base
     * @param contentType what its body claims to be; empty for a GET
     * @param status the answer's
     * @param names a word that the answer must have
     */
    record Bad(String title, String path, String contentType, String body, int status, String names) {

        @Override
        public String toString() {
            return title;
        }

        static Bad json(String title, String body, int status, String names) {
            return new Bad(title, "Patient", JSON, body, status, names);
        }

        static Bad xml(String title, String body, int status, String names) {
            return new Bad(title, "Patient", XML, body, status, names);
        }

        static Bad query(String path, int status, String names) {
            return new Bad("GET " + path, path, "", "", status, names);
        }
    }

    static Stream<Bad> everyBadRequest() {
        return Stream.of(bodies(), xmlBodies(), bundles(), queries()).flatMap(bad -> bad);
    }

    private static Stream<Bad> bodies() {
        var family = "\"name\":[{\"family\":\"" + CANARY + "\"}]";
        var patient = "{\"resourceType\":\"Patient\"," + family;
        return Stream.of(
                Bad.json("cut off", patient, 400, "line 1"),
                Bad.json("no JSON at all", CANARY, 400, "line 1"),
                Bad.json("an array", "[" + patient + "}]", 400, "line 1"),
                Bad.json("two values", patient + "}{}", 400, "line 1"),
                Bad.json("empty", "", 400, "empty"),
                Bad.json("a property twice", patient + "," + family + "}", 400, "twice"),
                Bad.json("a type twice", patient + ",\"resourceType\":\"Consent\"}", 400, "twice"),
                Bad.json("a number that explodes", patient + ",\"multipleBirthInteger\":1e999999999}", 400, "exponent"),
                Bad.json("very deep", patient + ",\"extension\":" + "[{\"extension\":".repeat(80), 400, "deep"),
                Bad.json("no type", "{" + family + "}", 400, "resourceType"),
                Bad.json("contained in no type", patient + ",\"contained\":[{\"resourceType\":\"\"}]}", 400, "body"),
                Bad.json("a contained bundle of null", patient + ",\"contained\":[" + OF_NULL + "]}", 400, "body"),
                Bad.json("unknown type", "{\"resourceType\":\"Spaceship\"," + family + "}", 400, "type"),
                Bad.json("another type", "{\"resourceType\":\"Practitioner\"," + family + "}", 400, "Patient"),
                Bad.json(
                        "unknown property",
                        patient + ",\"favouriteColour\":\"" + CANARY + "\"}",
                        400,
                        "favouriteColour"),
                Bad.json("bad date", patient + ",\"birthDate\":\"" + CANARY + "\"}", 400, "birthDate"),
                Bad.json("impossible date", patient + ",\"birthDate\":\"2026-02-31\"}", 400, "birthDate"),
                Bad.json("unknown code", patient + ",\"gender\":\"" + CANARY + "\"}", 400, "gender"),
                Bad.json("text for a list", patient + ",\"telecom\":\"" + CANARY + "\"}", 400, "telecom"),
                Bad.json(
                        "object for a text",
                        patient + ",\"birthDate\":{\"x\":\"" + CANARY + "\"}}",
                        400,
                        "Unknown element"),
                Bad.json("half a character", patient + ",\"language\":\"\\ud800\"}", 400, "surrogate"),
                new Bad("a foreign content type", "Patient", "text/csv", CANARY, 415, "content type"),
                new Bad("XML that says JSON", "Patient", JSON, "<Patient/>", 400, "line 1"),
                new Bad("JSON that says XML", "Patient", XML, patient + "}", 400, "line 1"),
                new Bad("a foreign character set", "Patient", JSON + ";charset=utf-16", patient + "}", 415, "UTF-8"),
                new Bad("an unknown address", "Spaceship", JSON, patient + "}", 404, "not found"),
                new Bad("an unserved type", "Basic", JSON, "{\"resourceType\":\"Basic\"}", 404, "not found"));
    }

    private static Stream<Bad> xmlBodies() {
        var open = "<Patient xmlns=\"http://hl7.org/fhir\">";
        return Stream.of(
                Bad.xml("cut off XML", open + "<name><family value=\"" + CANARY + "\"/>", 400, "line 1"),
                Bad.xml("crossed XML", open + "<name></Patient></name>", 400, "line 1"),
                Bad.xml(
                        "an entity",
                        "<!DOCTYPE p [<!ENTITY e \"" + CANARY + "\">]>" + open + "</Patient>",
                        400,
                        "declaration"),
                Bad.xml("deep XML", open + "<extension>".repeat(80), 400, "deep"),
                Bad.xml("unknown element", open + "<colour value=\"" + CANARY + "\"/></Patient>", 400, "colour"),
                Bad.xml(
                        "explosive XML",
                        "<Observation xmlns=\"http://hl7.org/fhir\"><valueQuantity><value value=\"1e999999999\"/>"
                                + "</valueQuantity></Observation>",
                        400,
                        "exponent"),
                Bad.xml("XML bad date", open + "<birthDate value=\"" + CANARY + "\"/></Patient>", 400, "birthDate"));
    }

    private static Stream<Bad> bundles() {
        var patient = "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"" + CANARY + "\"}]}";
        return Stream.of(
                bundle("a collection", "{\"resourceType\":\"Bundle\",\"type\":\"collection\"}", 400, "type"),
                bundle("an entry of no type", Visit.bundleOf("{\"resource\":{\"resourceType\":\" \"}}"), 400, "body"),
                bundle("a bundle of null", Visit.bundleOf("{\"resource\":[null]}"), 400, "body"),
                bundle("no type", "{\"resourceType\":\"Bundle\"}", 400, "type"),
                bundle("a resource for a bundle", patient, 400, "Bundle"),
                bundle("no request", Visit.bundleOf("{\"resource\":" + patient + "}"), 400, "entry[0]"),
                bundle("unknown method", Visit.bundleOf("""
                        {"request":{"method":"%s","url":"Patient"}}""".formatted(CANARY)), 400, "method"),
                bundle("patch", Visit.bundleOf("""
                        {"request":{"method":"PATCH","url":"Patient/1"}}"""), 422, "entry[0]"),
                bundle("unknown type in an entry", Visit.bundleOf("""
                        {"resource":%s,"request":{"method":"POST","url":"%s"}}""".formatted(patient, CANARY)), 400, "entry[0]"),
                bundle("another type in an entry", Visit.bundleOf("""
                        {"resource":%s,"request":{"method":"POST","url":"Condition"}}""".formatted(patient)), 422, "entry[0]"),
                bundle("conditional update", Visit.bundleOf("""
                        {"resource":%s,"request":{"method":"PUT","url":"Patient?name=%s"}}""".formatted(patient, CANARY)), 422, "entry[0]"),
                bundle("conditional delete", Visit.bundleOf("""
                        {"request":{"method":"DELETE","url":"Patient?name=%s"}}""".formatted(CANARY)), 422, "entry[0]"),
                bundle(
                        "a reference that is none",
                        Visit.bundleOf(Visit.entry(
                                "urn:uuid:5f6f2a3c-0000-4000-8000-000000000009",
                                "Condition",
                                "{\"resourceType\":\"Condition\",\"subject\":{\"reference\":\"" + CANARY + "\"}}")),
                        422,
                        "entry[0].resource.subject"));
    }

    private static Bad bundle(String title, String body, int status, String names) {
        return new Bad(title, "", JSON, body, status, names);
    }

    private static Stream<Bad> queries() {
        return Stream.of(
                Bad.query("Patient?favouriteColour=" + CANARY, 400, "favouriteColour"),
                Bad.query("Patient?_count=" + CANARY, 400, "_count"),
                Bad.query("Patient?_count=-1", 400, "_count"),
                Bad.query("Patient?_offset=-5", 400, "_offset"),
                Bad.query("Patient?_offset=99999999999", 400, "_offset"),
                Bad.query("Patient?_offset=2147483640", 400, "_offset"),
                Bad.query("Patient?_total=" + CANARY, 400, "_total"),
                Bad.query("Patient?_summary=" + CANARY, 400, "_summary"),
                Bad.query("Patient?_sort=favouriteColour", 400, "sort"),
                Bad.query("Patient?_include=" + CANARY, 400, "_include"),
                Bad.query("Patient?birthdate=" + CANARY, 400, "date"),
                Bad.query("Patient?birthdate=2026-02-31", 400, "birthdate"),
                Bad.query("Patient?_lastUpdated=" + CANARY, 400, "_lastUpdated"),
                Bad.query("Observation?value-quantity=" + CANARY, 400, "value-quantity"),
                Bad.query("Observation?value-quantity=1e999999999", 400, "exponent"),
                Bad.query("Observation?value-quantity=5.40e-", 400, "form of its type"),
                Bad.query("Observation?code-value-quantity=8480-6$5.40e-", 400, "form of its type"),
                Bad.query("Patient?_has:Observation:patient:value-quantity=5.40e-", 400, "form of its type"),
                Bad.query("Location?near=" + CANARY, 400, "form of its type"),
                Bad.query("Organization?_has:Location:organization:near=" + CANARY, 400, "form of its type"),
                Bad.query("Patient?_has:favouriteColour=x", 400, ""),
                Bad.query("Patient?_has:Observation:patient:code:in=http://example.org/codes", 400, "unknown modifier"),
                Bad.query(
                        "Patient?_has:Observation:patient:encounter.class:in=http://example.org/codes",
                        400,
                        "unknown modifier"),
                Bad.query(
                        "Patient?_has:Encounter:patient:_has:Observation:encounter:code:not-in=http://example.org/codes",
                        400,
                        "unknown modifier"),
                Bad.query("Condition?subject.favouriteColour=x", 400, ""),
                Bad.query("Patient?name:contains=Be", 405, "`contains` is not supported"),
                Bad.query("Encounter?subject:Group.member.family:contains=Be", 405, "`contains` is not supported"),
                Bad.query("Condition?subject:Group.member.name:contains=Ta", 405, "`contains` is not supported"),
                Bad.query("Observation?code-value-date=8480-6$gt118", 400, "form of its type"),
                Bad.query("Patient?_has:Observation:patient:code-value-date=8480-6$gt118", 400, "form of its type"),
                Bad.query("Condition?code:below=http://snomed.info/sct%7C38341003", 400, ""),
                Bad.query("Condition?subject:favouriteColour=x", 400, ""),
                Bad.query("Patient?name:favouriteColour=x", 400, ""),
                Bad.query("Patient?name=a%00b", 400, "control"),
                Bad.query("Spaceship", 404, "not found"),
                Bad.query("Patient/x/$teleport", 400, ""),
                Bad.query("Patient/x/$everything?_count=-1", 400, "_count"),
                Bad.query("Patient/x/$everything?_offset=-1", 400, "_offset"),
                Bad.query("Patient/x/$everything?_since=" + CANARY, 400, ""),
                Bad.query("Patient/x/_history/" + CANARY, 404, "not found"),
                Bad.query("Patient?name=" + "x".repeat(9000), 414, "longer"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Observation?value-quantity=5.40e-",
                "Observation?code-value-date=8480-6$gt118",
                "Location?near=" + CANARY,
                "Organization?_has:Location:organization:near=" + CANARY
            })
    void anEntryIsRefusedAsTheRequestWouldBe(String query) {
        for (var type : List.of("batch", "transaction")) {
            var answer = exchange.as(RIVERSIDE_CLINIC).bundle(type, List.of(query));

            assertThat(answer.at("/entry/0/response/status").asText()).startsWith("400");
            assertThat(answer.toString()).contains("form of its type").doesNotContain(CANARY);
        }
    }

    @BeforeEach
    void listen() {
        log.start();
        ROOT.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        ROOT.detachAppender(log);
    }

    @ParameterizedTest
    @MethodSource("everyBadRequest")
    void isRefusedWithWhatAndWhere(Bad bad) {
        var rows = archive.rows();

        var answer = bad.contentType().isEmpty()
                ? exchange.as(RIVERSIDE_CLINIC).get(bad.path())
                : exchange.as(LAKESIDE_HOSPITAL)
                        .given()
                        .contentType(bad.contentType())
                        .body(bad.body())
                        .post(exchange.base() + (bad.path().isEmpty() ? "" : "/" + bad.path()));

        assertRefused(answer, bad.status(), bad.names());
        assertNothingHappened(rows);
    }

    @Test
    void bodiesThatAreTooLargeAreRefusedUnread() throws IOException {
        var rows = archive.rows();

        assertThat(raw("POST /fhir/Patient HTTP/1.1", "Content-Length: 99000000"))
                .contains(" 413 ");
        assertThat(raw("GET /fhir/Patient?name=%zz HTTP/1.1", "X-Nothing: here"))
                .contains(" 400 ");

        assertNothingHappened(rows);
    }

    /** What the server says to a head that no client library would send. */
    private String raw(String line, String header) throws IOException {
        var address = URI.create(exchange.base());
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((line + "\r\nHost: localhost\r\nConnection: close\r\nContent-Type: " + JSON
                                    + "\r\nAuthorization: Bearer "
                                    + exchange.as(LAKESIDE_HOSPITAL).token() + "\r\n" + header + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            // The connection may stay open for a body that never comes.
            return new String(socket.getInputStream().readNBytes(64), StandardCharsets.UTF_8);
        }
    }

    @Test
    void badTokensAreRefused() {
        var good = exchange.as(RIVERSIDE_CLINIC).token();
        for (var bad : List.of(CANARY, "a.b.c", good.substring(0, good.length() - 4) + "AAAA", good + "x")) {
            var answer = exchange.with(bad).get("Patient");

            assertRefused(answer, 401, "token");
            assertThat(answer.header("WWW-Authenticate")).contains("invalid_token");
        }
        assertRefused(io.restassured.RestAssured.given().get(exchange.base() + "/Patient"), 401, "token");
    }

    @Test
    void aConsentWithAnUnknownCodeIsRefused() {
        var rows = archive.rows();

        var answer = exchange.as(PRIVACY_OFFICER)
                .post("Consent", Consents.share("Patient/x").replace("\"active\"", "\"" + CANARY + "\""));

        assertRefused(answer, 400, "status");
        assertNothingHappened(rows);
    }

    private static void assertRefused(Response answer, int status, String names) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        assertThat(answer.asString())
                .contains("OperationOutcome")
                .contains(names)
                .doesNotContain(CANARY)
                .doesNotContain("HAPI-")
                .doesNotContain("Exception");
        assertThat(answer.headers().toString()).doesNotContain(CANARY);
    }

    private void assertNothingHappened(long rows) {
        assertThat(archive.rows()).isEqualTo(rows);
        assertThat(log.list)
                .extracting(
                        event -> event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy()))
                .noneMatch(line -> line.contains(CANARY));
        exchange.as(RIVERSIDE_CLINIC).get("Patient?_count=1").then().statusCode(200);
    }
}
