package org.accordhie.local.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/** The exchange that bundles are pushed to, or that is asked something. */
final class Exchange {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofHours(1);
    private static final Set<Integer> BUSY = Set.of(429, 503);
    private static final int CONFLICT = 409;
    private static final int UNAUTHORIZED = 401;

    private final HttpClient http;
    private final URI address;
    private final AccessTokens tokens;
    private final Retries retries;

    Exchange(HttpClient http, URI address, AccessTokens tokens, Retries retries) {
        this.http = http;
        this.address = address;
        this.tokens = tokens;
        this.retries = retries;
    }

    /**
     * Where an exchange says that its tokens are got.
     *
     * @throws LoadStopped if it does not say
     */
    static URI tokenEndpoint(HttpClient http, URI address) throws LoadStopped, InterruptedException {
        var document = URI.create(address + "/.well-known/smart-configuration");
        try {
            var response = http.send(HttpRequest.newBuilder(document).build(), BodyHandlers.ofByteArray());
            var endpoint = Json.read(JSON, response.body()).path("token_endpoint");
            if (!endpoint.isTextual()) {
                throw new LoadStopped(document + " names no token endpoint; name it with --token-url");
            }
            return URI.create(endpoint.asText());
        } catch (IOException unreachable) {
            throw new LoadStopped(address + " does not answer (" + unreachable + "); is the server running?");
        }
    }

    /**
     * Pushes a bundle, again if the exchange is busy or gone for a while.
     *
     * @throws LoadStopped if it stays so, or accepts no token
     */
    Answer push(byte[] bundle) throws LoadStopped, InterruptedException {
        var said = persistently(() -> HttpRequest.newBuilder(address)
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofByteArray(bundle)));
        return Answer.read(said.status(), said.body());
    }

    /**
     * Asks something, in the same way.
     *
     * @param path behind the exchange's address
     * @throws LoadStopped if it stays so, accepts no token, or refuses
     */
    JsonNode ask(String path) throws LoadStopped, InterruptedException {
        var said = persistently(
                () -> HttpRequest.newBuilder(URI.create(address + "/" + path)).GET());
        if (said.status() != 200) {
            var problems = Answer.read(said.status(), said.body()).problems();
            throw new LoadStopped("%s answers %d: %s".formatted(address, said.status(), String.join("; ", problems)));
        }
        return said.body();
    }

    /** An answer that was worth waiting for. */
    private record Said(int status, JsonNode body) {}

    private Said persistently(Supplier<HttpRequest.Builder> request) throws LoadStopped, InterruptedException {
        var failures = 0;
        while (true) {
            String trouble;
            var asked = Duration.ZERO;
            try {
                var response = send(request.get());
                var status = response.statusCode();
                if (!BUSY.contains(status) && status != CONFLICT && status != UNAUTHORIZED) {
                    return new Said(status, Json.read(JSON, response.body()));
                }
                if (status == CONFLICT && failures >= retries.most()) {
                    return new Said(status, Json.read(JSON, response.body()));
                }
                trouble = "answers " + status;
                asked = retryAfter(response);
            } catch (IOException unreachable) {
                trouble = "does not answer (" + unreachable + ")";
            }
            failures++;
            var reason = address + " " + trouble;
            var pause = retries.pauseAfter(failures, asked).orElseThrow(() -> new LoadStopped(reason));
            Thread.sleep(pause.toMillis());
        }
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request)
            throws LoadStopped, IOException, InterruptedException {
        request.timeout(TIMEOUT)
                .header("Authorization", "Bearer " + tokens.current())
                .header("Accept", "application/fhir+json");
        var response = http.send(request.build(), BodyHandlers.ofByteArray());
        if (response.statusCode() == UNAUTHORIZED) {
            tokens.forget();
        }
        return response;
    }

    /** The header's form as a date is not used by this exchange. */
    private static Duration retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(Duration.ZERO);
    }
}
