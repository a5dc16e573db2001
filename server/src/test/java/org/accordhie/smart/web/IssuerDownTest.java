package org.accordhie.smart.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        classes = FhirSecurityTest.Slice.class,
        properties = {Tokens.SETTINGS, "accord.token.issuer=http://127.0.0.1:9"})
@DisplayName("the server starts without its issuer, and lets nobody in")
class IssuerDownTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final int port;

    @Autowired
    IssuerDownTest(@LocalServerPort int port) {
        this.port = port;
    }

    @Test
    void aTokenThatCannotBeVerifiedIsNeitherAcceptedNorCalledBad() throws Exception {
        var token = new Tokens(URI.create("http://127.0.0.1:9")).good();

        for (var i = 0; i < 4; i++) {
            var response = get("/fhir/Patient/1", "Bearer " + token);

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            assertThat(response.body()).contains("\"code\":\"transient\"").doesNotContain("127.0.0.1");
        }
    }

    @Test
    void discoverySaysToComeBack() throws Exception {
        assertThat(get("/fhir/.well-known/smart-configuration", "none").statusCode())
                .isEqualTo(503);
        assertThat(get("/fhir/metadata", "none").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> get(String path, String authorization) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", authorization)
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }
}
