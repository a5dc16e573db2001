package org.accordhie.smart.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.smart.PartnerRegistry;
import org.accordhie.smart.http.TestIssuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.autoconfigure.web.embedded.EmbeddedWebServerFactoryCustomizerAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        classes = FhirSecurityTest.Slice.class,
        properties = {Tokens.SETTINGS, "server.max-http-request-header-size=64KB"})
@DisplayName("requests with and without a token, over HTTP")
class FhirSecurityTest {

    private static final TestIssuer ISSUER = new TestIssuer(Tokens.KEY);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Tokens tokens = new Tokens(ISSUER.uri());
    private final int port;

    @Autowired
    FhirSecurityTest(@LocalServerPort int port) {
        this.port = port;
    }

    @DynamicPropertySource
    static void trustTheIssuer(DynamicPropertyRegistry settings) {
        settings.add("accord.token.issuer", ISSUER::uri);
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    @Test
    void aGoodTokenIsHandedOnAsWhatItGrants() throws Exception {
        var response = get("/fhir/Patient/1", "Authorization", "Bearer " + tokens.good());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("clinic of Organization/clinic");
        assertThat(response.headers().map()).doesNotContainKey("set-cookie");
        assertThat(response.headers().allValues("Cache-Control"))
                .singleElement()
                .asString()
                .contains("no-store");
    }

    @Test
    @DisplayName("T4: 401 without an error code where there is no token")
    void noToken() throws Exception {
        var response = get("/fhir/Patient/1");

        assertRefused(response, 401, "login");
        assertThat(challenge(response)).isEqualTo("Bearer realm=\"accord\"");
    }

    @Test
    void anotherSchemeIsNoToken() throws Exception {
        assertRefused(get("/fhir/Patient/1", "Authorization", "Basic YTpi"), 401, "login");
    }

    @Test
    @DisplayName("T4: 401 invalid_token, and it says when the token has expired")
    void expired() throws Exception {
        var token = tokens.with(c -> c.expirationTime(Date.from(Instant.now().minusSeconds(300))));
        var response = get("/fhir/Patient/1", "Authorization", "Bearer " + token);

        assertRefused(response, 401, "expired");
        assertThat(challenge(response)).isEqualTo("Bearer realm=\"accord\", error=\"invalid_token\"");
    }

    @Test
    @DisplayName("T2, T4: 401 invalid_token for another server's token")
    void wrongAudience() throws Exception {
        var token = tokens.with(c -> c.audience(Tokens.AUDIENCE + "x"));
        var response = get("/fhir/Patient/1", "Authorization", "Bearer " + token);

        assertRefused(response, 401, "login");
        assertThat(challenge(response)).contains("invalid_token");
        assertThat(response.body()).doesNotContain("accord.example");
    }

    @Test
    void anUnknownClientIsForbiddenWithoutBeingNamed() throws Exception {
        var token = tokens.with(c -> c.claim("client_id", "canary-client"));
        var response = get("/fhir/Patient/1", "Authorization", "Bearer " + token);

        assertRefused(response, 403, "forbidden");
        assertThat(challenge(response)).isEqualTo("Bearer realm=\"accord\", error=\"insufficient_scope\"");
        assertThat(response.body()).doesNotContain("canary");
    }

    @Test
    void aPurposeTheClientMayNotAssertIsForbidden() throws Exception {
        var token =
                tokens.with(c -> c.claim("extensions", Map.of("hl7-b2b", Map.of("purpose_of_use", List.of("HRESCH")))));

        assertRefused(get("/fhir/Patient/1", "Authorization", "Bearer " + token), 403, "forbidden");
    }

    @Test
    @DisplayName("T6: two Authorization headers are one too many")
    void twoHeaders() throws Exception {
        var good = "Bearer " + tokens.good();

        assertRefused(get("/fhir/Patient/1", "Authorization", good, "Authorization", good), 400, "invalid");
        assertRefused(get("/fhir/Patient/1", "Authorization", good, "Authorization", "Basic YTpi"), 400, "invalid");
        assertRefused(get("/fhir/Patient/1", "Authorization", good + ", " + good), 401, "login");
        assertRefused(get("/fhir/Patient/1", "Authorization", good + " x"), 401, "login");
        assertRefused(get("/fhir/Patient/1", "Authorization", "Bearer"), 401, "login");
        assertRefused(get("/fhir/Patient/1", "Authorization", "Bearer "), 401, "login");
    }

    @Test
    @DisplayName("T6: a token in the query or in a form is none")
    void tokenElsewhere() throws Exception {
        var good = tokens.good();
        var form = HttpRequest.newBuilder(address("/fhir/Patient/_search"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("access_token=" + good))
                .build();

        assertRefused(get("/fhir/Patient/1?access_token=" + good), 400, "invalid");
        assertRefused(get("/fhir/Patient/1?a=b&access%5Ftoken=x", "Authorization", "Bearer " + good), 400, "invalid");
        assertRefused(CLIENT.send(form, BodyHandlers.ofString()), 401, "login");
    }

    @Test
    void aTokenThatIsTooLongIsRefused() throws Exception {
        assertRefused(get("/fhir/Patient/1", "Authorization", "Bearer " + "a".repeat(16 * 1024 + 1)), 401, "login");
    }

    @Test
    @DisplayName("T4: the refusal is in XML where the request asks for it")
    void refusesInXml() throws Exception {
        for (var response :
                List.of(get("/fhir/Patient/1", "Accept", "application/fhir+xml"), get("/fhir/Patient/1?_format=xml"))) {
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/fhir+xml");
            assertThat(response.body()).startsWith("<OperationOutcome").contains("<code value=\"login\"/>");
        }
        assertRefused(get("/fhir/Patient/1?_format=json", "Accept", "application/fhir+xml"), 401, "login");
    }

    @Test
    @DisplayName("T6, T8: a token shown in another way than as a bearer is none")
    void anotherWayToShowAToken() throws Exception {
        var good = tokens.good();

        assertRefused(get("/fhir/Patient/1", "Authorization", "DPoP " + good), 401, "login");
        assertRefused(get("/fhir/Patient/1", "Authorization", "DPoP " + good, "DPoP", good), 401, "login");
        assertRefused(get("/fhir/Patient/1", "Cookie", "access_token=" + good), 401, "login");
    }

    static List<String> attacks() {
        var tokens = new Tokens(ISSUER.uri());
        return List.of(
                tokens.unsigned("{\"alg\":\"none\"}"),
                tokens.good().replaceAll("[^.]{8}$", "AAAAAAAA"),
                tokens.withKeyId("unknown"),
                tokens.nested(),
                tokens.withPayload(claims -> claims.replaceFirst("\\{", "{\"scope\":\"a\",")),
                tokens.with(c -> c.issuer(ISSUER.uri() + "/")),
                tokens.with(c -> c.audience(Tokens.AUDIENCE.replace("https", "http"))),
                tokens.with(c -> c.notBeforeTime(Date.from(Instant.now().plusSeconds(300)))),
                tokens.with(c -> c.expirationTime(null)),
                tokens.with(c -> c.claim("cnf", Map.of("x5t#S256", "x"))),
                "2YotnFZFEjr1zCsicMWpAA");
    }

    @ParameterizedTest
    @MethodSource("attacks")
    @DisplayName(
            "T1, T2, T4, T8: a token that is not valid is 401 invalid_token, in JSON and in XML, and sets no cookie")
    void refusesAttacks(String token) throws Exception {
        var response = get("/fhir/Patient/1", "Authorization", "Bearer " + token);
        assertRefused(response, 401, "login");
        assertThat(challenge(response)).isEqualTo("Bearer realm=\"accord\", error=\"invalid_token\"");

        var inXml = get("/fhir/Patient/1", "Authorization", "Bearer " + token, "Accept", "application/fhir+xml");
        assertThat(inXml.statusCode()).isEqualTo(401);
        assertThat(inXml.body()).startsWith("<OperationOutcome");
    }

    @Test
    void anAddressTheFirewallRejectsIsRefusedAsAnOutcome() throws Exception {
        assertRefused(get("/fhir//Patient"), 400, "invalid");
        assertRefused(get("/fhir/metadata;x/Patient"), 400, "invalid");
    }

    private static void assertRefused(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/fhir+json");
        assertThat(response.body()).contains("\"OperationOutcome\"").contains("\"code\":\"" + code + "\"");
        assertThat(response.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(response.headers().map()).doesNotContainKey("set-cookie");
    }

    private static String challenge(HttpResponse<String> response) {
        return response.headers().firstValue("WWW-Authenticate").orElseThrow();
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address(path));
        for (var i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** The checks on tokens, and in place of HAPI a servlet that says who asks. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        EmbeddedWebServerFactoryCustomizerAutoConfiguration.class,
        ServletWebServerFactoryAutoConfiguration.class,
        SecurityAutoConfiguration.class,
        SecurityFilterAutoConfiguration.class
    })
    @EnableConfigurationProperties(AccordProperties.class)
    @Import({TokenConfiguration.class, FhirSecurity.class})
    static class Slice {

        @Bean
        PartnerRegistry partners(AccordProperties settings) {
            return new ConfiguredPartners(settings.partners());
        }

        @Bean
        ServletRegistrationBean<HttpServlet> whoAsks() {
            return new ServletRegistrationBean<>(new WhoAsks(), "/fhir/*");
        }
    }

    private static final class WhoAsks extends HttpServlet {

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (SecurityContextHolder.getContext().getAuthentication() instanceof GrantAuthentication authentication) {
                var requester = authentication.grant().requester();
                response.getWriter().write(requester.clientId() + " of " + requester.organization());
            }
        }
    }
}
