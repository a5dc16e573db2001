package org.accordhie.smart.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.accordhie.smart.http.TestIssuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        classes = FhirSecurityTest.Slice.class,
        properties = Tokens.SETTINGS)
@DisplayName("what is open to everybody, and to scripts of which origins, over HTTP")
class DiscoveryOverHttpTest {

    private static final String ORIGIN = "https://app.example";
    private static final String ALLOWED = "Access-Control-Allow-Origin";
    private static final TestIssuer ISSUER = new TestIssuer(Tokens.KEY);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Tokens tokens = new Tokens(ISSUER.uri());
    private final int port;

    @Autowired
    DiscoveryOverHttpTest(@LocalServerPort int port) {
        this.port = port;
    }

    @DynamicPropertySource
    static void trustTheIssuer(DynamicPropertyRegistry settings) {
        settings.add("accord.token.issuer", ISSUER::uri);
        settings.add("accord.smart.origins[0]", () -> ORIGIN);
        ISSUER.describe(Map.of("grant_types_supported", List.of("client_credentials")));
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    @Test
    @DisplayName("D1, D2: the SMART configuration is JSON for everybody, whatever Accept says")
    void smartConfiguration() throws Exception {
        var response = get(
                "/fhir/.well-known/smart-configuration",
                "Accept",
                "application/fhir+xml",
                "Origin",
                "https://app.example",
                "Authorization",
                "Bearer rubbish");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(response.body())
                .contains("\"token_endpoint\":\"" + ISSUER.uri() + "/token\"")
                .contains("\"code_challenge_methods_supported\":[\"S256\"]")
                .contains("\"grant_types_supported\":[\"client_credentials\"]")
                .contains("\"permission-v2\"")
                .doesNotContain("plain", "authorization_endpoint", "jwks_uri");
    }

    @Test
    @DisplayName("D6: scripts of any origin may read the discovery documents")
    void anyOriginReadsDiscovery() throws Exception {
        for (var path : List.of("/fhir/metadata", "/fhir/.well-known/smart-configuration")) {
            assertThat(get(path, "Origin", "https://anybody.example").headers().firstValue(ALLOWED))
                    .hasValue("*");
        }
    }

    @Test
    @DisplayName("D6: scripts of registered origins may call the API, also to learn why they are refused")
    void registeredOriginsCallTheApi() throws Exception {
        var asked = preflight(ORIGIN);
        assertThat(asked.statusCode()).isEqualTo(200);
        assertThat(asked.headers().firstValue(ALLOWED)).hasValue(ORIGIN);
        assertThat(asked.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
                .containsIgnoringCase("authorization");
        assertThat(asked.headers().map()).doesNotContainKey("access-control-allow-credentials");

        var answered = get("/fhir/Patient/1", "Origin", ORIGIN, "Authorization", "Bearer " + tokens.good());
        assertThat(answered.statusCode()).isEqualTo(200);
        assertThat(answered.headers().firstValue(ALLOWED)).hasValue(ORIGIN);

        var refused = get("/fhir/Patient/1", "Origin", ORIGIN);
        assertRefused(refused, 401, "login");
        assertThat(refused.headers().firstValue(ALLOWED)).hasValue(ORIGIN);
        assertThat(refused.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
                .containsIgnoringCase("www-authenticate");
    }

    @Test
    @DisplayName("D6: another origin is not allowed, and a client that is no browser is served whatever it says")
    void otherOriginsAreNotAllowed() throws Exception {
        for (var origin :
                List.of("https://elsewhere.example", ORIGIN + ".evil.example", "http://app.example", "null")) {
            assertThat(preflight(origin).statusCode()).isEqualTo(403);
            var answered = get("/fhir/Patient/1", "Origin", origin, "Authorization", "Bearer " + tokens.good());
            assertThat(answered.statusCode()).isEqualTo(200);
            assertThat(answered.headers().firstValue(ALLOWED)).isEmpty();
        }
    }

    @Test
    @DisplayName("D9, D10: there is no UDAP, and only the discovery documents are open")
    void openPaths() throws Exception {
        assertThat(get("/fhir/.well-known/udap").statusCode()).isEqualTo(404);
        assertThat(get("/fhir/.well-known/other").statusCode()).isEqualTo(404);
        assertThat(get("/fhir/metadata").statusCode()).isEqualTo(200);
        for (var path : List.of("/fhir", "/fhir/", "/fhir/metadata/x", "/fhir/Metadata", "/fhir/$meta")) {
            assertRefused(get(path), 401, "login");
        }
        var post = HttpRequest.newBuilder(address("/fhir/metadata"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertRefused(CLIENT.send(post, BodyHandlers.ofString()), 401, "login");
    }

    private static void assertRefused(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/fhir+json");
        assertThat(response.body()).contains("\"OperationOutcome\"").contains("\"code\":\"" + code + "\"");
        assertThat(response.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(response.headers().map()).doesNotContainKey("set-cookie");
    }

    private HttpResponse<String> preflight(String origin) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address("/fhir/Patient/1"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "PUT")
                .header("Access-Control-Request-Headers", "authorization, content-type, if-match, prefer")
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
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
}
