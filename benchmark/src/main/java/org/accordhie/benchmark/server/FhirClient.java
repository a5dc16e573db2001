package org.accordhie.benchmark.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Asks one server over HTTP/1.1 with connections that stay open. Thread-safe. */
public final class FhirClient {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final String JSON = "application/fhir+json";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final boolean reusesSearches;
    private final Optional<AccessTokens> tokens;

    /**
     * A client of a server.
     *
     * @param reusesSearches whether a server may answer a search with what it found for an earlier one
     */
    public FhirClient(RunningServer server, boolean reusesSearches) {
        this.base = server.base();
        this.reusesSearches = reusesSearches;
        this.tokens =
                server.variant().isAccord() ? Optional.of(new AccessTokens(http, server.tokens())) : Optional.empty();
    }

    /**
     * An answer.
     *
     * @param status the HTTP status
     * @param location what was written, as {@code [type]/[id]}; empty for other answers
     * @param body the body
     */
    public record Answer(int status, String location, String body) {

        private static final Pattern NEXT =
                Pattern.compile("\"relation\"\\s*:\\s*\"next\"\\s*,\\s*\"url\"\\s*:\\s*\"([^\"]+)\"");

        /** Whether it is a success. */
        public boolean isRight() {
            return status == 200 || status == 201 || status == 204;
        }

        /** How many resources a search found on this page. */
        public int entries() {
            var found = 0;
            for (var at = body.indexOf("\"fullUrl\""); at >= 0; at = body.indexOf("\"fullUrl\"", at + 9)) {
                found++;
            }
            return found;
        }

        /** The address of the next page. */
        public Optional<String> next() {
            var link = NEXT.matcher(body);
            return link.find() ? Optional.of(link.group(1)) : Optional.empty();
        }
    }

    /** Reads an address below the base, or a whole one. */
    public Answer get(Role role, String path) throws IOException, InterruptedException {
        return send(role, "GET", path, BodyPublishers.noBody());
    }

    /** Writes. */
    public Answer write(Role role, String method, String path, String body) throws IOException, InterruptedException {
        return send(role, method, path, BodyPublishers.ofString(body));
    }

    /** Deletes. */
    public Answer delete(Role role, String path) throws IOException, InterruptedException {
        return send(role, "DELETE", path, BodyPublishers.noBody());
    }

    private Answer send(Role role, String method, String path, BodyPublisher body)
            throws IOException, InterruptedException {
        var address = path.startsWith("http") ? path : path.isEmpty() ? base : base + "/" + path;
        var request = HttpRequest.newBuilder(URI.create(address.replace("|", "%7C")))
                .timeout(TIMEOUT)
                .header("Accept", JSON)
                .method(method, body);
        if (method.equals("POST") || method.equals("PUT")) {
            request.header("Content-Type", JSON);
        }
        if (!reusesSearches) {
            request.header("Cache-Control", "no-cache");
        }
        if (tokens.isPresent()) {
            request.header("Authorization", "Bearer " + tokens.get().of(role));
        }
        var response = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Location").map(this::local).orElse(""),
                response.body());
    }

    /** An address of this server as {@code [type]/[id]}. */
    public String local(String address) {
        var path = address.startsWith(base + "/") ? address.substring(base.length() + 1) : address;
        var version = path.indexOf("/_history/");
        return version < 0 ? path : path.substring(0, version);
    }
}
