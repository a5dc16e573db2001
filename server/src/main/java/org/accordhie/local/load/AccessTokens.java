package org.accordhie.local.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** The access token of a client, got by {@code client_credentials} and renewed before it expires. Not thread-safe. */
final class AccessTokens {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long DEFAULT_SECONDS = 60;

    private final HttpClient http;
    private final Client client;
    private final Clock clock;
    private String token = "";
    private Instant renewal = Instant.MIN;

    AccessTokens(HttpClient http, Client client, Clock clock) {
        this.http = http;
        this.client = client;
        this.clock = clock;
    }

    /**
     * Who asks for what.
     *
     * @param endpoint where tokens are got
     * @param id the client
     * @param secret its secret
     * @param scope what the token is to permit
     */
    record Client(URI endpoint, String id, String secret, String scope) {

        /** Without the secret, which a record would print. */
        @Override
        public String toString() {
            return id + " at " + endpoint;
        }
    }

    /**
     * A token that is good for a while.
     *
     * @throws LoadStopped if it is refused
     * @throws IOException if the endpoint does not answer
     */
    String current() throws LoadStopped, IOException, InterruptedException {
        if (clock.instant().isBefore(renewal)) {
            return token;
        }
        var asked = clock.instant();
        var response = http.send(request(), BodyHandlers.ofByteArray());
        if (response.statusCode() >= 500) {
            throw new IOException("the token endpoint answers " + response.statusCode());
        }
        var answer = Json.read(JSON, response.body());
        if (response.statusCode() != 200 || !answer.path("access_token").isTextual()) {
            throw new LoadStopped("%s refuses a token (%d): %s %s"
                    .formatted(
                            client.endpoint(),
                            response.statusCode(),
                            answer.path("error").asText(),
                            answer.path("error_description").asText()));
        }
        token = answer.path("access_token").asText();
        // At three quarters of its life: a push may have to wait in the server before its token is looked at.
        renewal = asked.plusSeconds(answer.path("expires_in").asLong(DEFAULT_SECONDS) * 3 / 4);
        return token;
    }

    /** Gets another token the next time, since this one is not accepted. */
    void forget() {
        renewal = Instant.MIN;
    }

    private HttpRequest request() {
        var credentials = encode(client.id()) + ":" + encode(client.secret());
        return HttpRequest.newBuilder(client.endpoint())
                .timeout(TIMEOUT)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString("grant_type=client_credentials&scope=" + encode(client.scope())))
                .build();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
