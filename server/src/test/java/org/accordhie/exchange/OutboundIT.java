package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.server.RestfulServer;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.hl7.fhir.common.hapi.validation.support.RemoteTerminologyServiceValidationSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Nothing that is sent makes the exchange call somebody: an address in a body, a query or a header is never asked. */
@ExchangeTest
class OutboundIT {

    @Autowired
    Exchange exchange;

    @Autowired
    ApplicationContext beans;

    @Autowired
    RestfulServer server;

    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final List<String> written = new ArrayList<>();
    private HttpServer listener = listener();
    private String elsewhere = "";

    private static HttpServer listener() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new AssertionError(noPort);
        }
    }

    @BeforeEach
    void listen() {
        elsewhere = "http://127.0.0.1:" + listener.getAddress().getPort();
        listener.createContext("/", request -> {
            heard.add(request.getRequestMethod() + " " + request.getRequestURI());
            request.sendResponseHeaders(404, -1);
            request.close();
        });
        listener.start();
    }

    @AfterEach
    void leaveNothing() {
        written.forEach(each -> exchange.as(PRIVACY_OFFICER).delete(each));
        listener.stop(0);
    }

    @Test
    void theListenerWouldHear() {
        io.restassured.RestAssured.given().get(elsewhere + "/here");

        assertThat(heard).containsExactly("GET /here");
    }

    @Test
    void addressesInBodiesAreNotAsked() {
        var visit = Visit.of("hugo");
        hospital().post("", visit.bundle()).then().statusCode(200);
        var hugo = hospital()
                .search("Patient?identifier=" + visit.token())
                .matches()
                .get(0);
        for (var body : List.of(
                "{\"resourceType\":\"Condition\",\"meta\":{\"profile\":[\"E/StructureDefinition/x\"]},\"implicitRules\":\"E/rules\","
                        + "\"subject\":{\"reference\":\"P\"},\"code\":{\"coding\":[{\"system\":\"E/CodeSystem/x\",\"code\":\"1\"}]}}",
                "{\"resourceType\":\"Condition\",\"subject\":{\"reference\":\"P\"},\"extension\":[{\"url\":\"E/x\",\"valueUrl\":\"E/y\"}]}",
                "{\"resourceType\":\"Condition\",\"subject\":{\"reference\":\"E/Patient/1\"}}",
                "{\"resourceType\":\"DocumentReference\",\"status\":\"current\",\"subject\":{\"reference\":\"P\"},"
                        + "\"content\":[{\"attachment\":{\"url\":\"E/document.pdf\"}}]}")) {
            var path = body.contains("DocumentReference") ? "DocumentReference" : "Condition";
            hospital().post(path, body.replace("E/", elsewhere + "/").replace("\"P\"", "\"" + hugo + "\""));
        }
        for (var body : List.of(
                Consents.share(hugo)
                        .replace(
                                "\"provision\"",
                                "\"sourceAttachment\":{\"url\":\"" + elsewhere + "/c.pdf\"},\"provision\""),
                "{\"resourceType\":\"ValueSet\",\"status\":\"active\",\"url\":\"urn:outbound\",\"compose\":{\"include\":[{"
                        + "\"valueSet\":[\"" + elsewhere + "/ValueSet/x\"]}]}}",
                "{\"resourceType\":\"CodeSystem\",\"status\":\"active\",\"url\":\"urn:outbound\",\"content\":\"supplement\","
                        + "\"supplements\":\"" + elsewhere + "/CodeSystem/x\"}")) {
            var type = Caller.tree(body).path("resourceType").asText();
            var answer = exchange.as(PRIVACY_OFFICER).post(type, body);
            if (answer.statusCode() == 201) {
                written.add(answer.header("Location").replaceFirst(".*/(" + type + "/[^/]+).*", "$1"));
            }
        }

        assertThat(heard).isEmpty();
    }

    @Test
    void addressesInXmlAreNotAsked() {
        for (var xml : List.of(
                "<!DOCTYPE Patient SYSTEM \"E/x.dtd\"><Patient xmlns=\"http://hl7.org/fhir\"/>",
                "<!DOCTYPE p [<!ENTITY % e SYSTEM \"E/e\"> %e;]><Patient xmlns=\"http://hl7.org/fhir\"/>",
                "<?xml-stylesheet type=\"text/xsl\" href=\"E/x.xsl\"?><Patient xmlns=\"http://hl7.org/fhir\"/>",
                "<Patient xmlns=\"http://hl7.org/fhir\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                        + " xsi:schemaLocation=\"http://hl7.org/fhir E/x.xsd\"/>",
                "<Patient xmlns=\"http://hl7.org/fhir\" xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"E/x\"/>"
                        + "</Patient>")) {
            var answer = hospital()
                    .given()
                    .contentType("application/fhir+xml")
                    .body(xml.replace("E/", elsewhere + "/"))
                    .post(exchange.base() + "/Patient");

            assertThat(answer.statusCode()).as(xml).isEqualTo(400);
        }

        assertThat(heard).isEmpty();
    }

    @Test
    void addressesInQueriesAndHeadersAreNotAsked() {
        for (var path : List.of(
                "Condition?code:in=E/ValueSet/x",
                "Condition?code:not-in=E/ValueSet/x",
                "Condition?code:below=E/CodeSystem/x%7C1",
                "Condition?_profile=E/StructureDefinition/x",
                "Condition?subject=E/Patient/1",
                "ValueSet/$expand?url=E/ValueSet/x",
                "CodeSystem/$lookup?system=E/CodeSystem/x&code=1",
                "StructureDefinition/$snapshot?url=E/StructureDefinition/x",
                "ImplementationGuide/$install?url=E/package.tgz",
                "Patient/$validate?profile=E/StructureDefinition/x")) {
            var answer = exchange.as(PRIVACY_OFFICER).get(path.replace("E/", elsewhere + "/"));

            assertThat(answer.statusCode()).as(path).isLessThan(500);
        }
        exchange.as(PRIVACY_OFFICER)
                .given()
                .header("X-Forwarded-Host", elsewhere.substring("http://".length()))
                .header("Forwarded", "host=" + elsewhere.substring("http://".length()))
                .header("Origin", elsewhere)
                .header("Prefer", "respond-async")
                .get(exchange.base() + "/Patient?_count=1")
                .then()
                .statusCode(200);

        assertThat(heard).isEmpty();
    }

    @Test
    void nothingThatWouldCallOutIsPutTogether() {
        assertThat(beans.getBeanNamesForType(RemoteTerminologyServiceValidationSupport.class))
                .isEmpty();
        assertThat(server.getResourceProviders())
                .extracting(provider -> provider.getClass().getPackageName())
                .allMatch(name -> name.startsWith("org.accordhie"));
    }

    private Caller hospital() {
        return exchange.as(LAKESIDE_HOSPITAL);
    }
}
