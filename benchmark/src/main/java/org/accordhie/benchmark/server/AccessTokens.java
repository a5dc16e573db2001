package org.accordhie.benchmark.server;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Tokens of one server's partners, renewed long before their five minutes are over. Thread-safe. */
final class AccessTokens {

    private static final long RENEWAL = Duration.ofMinutes(2).toNanos();
    private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

    private final HttpClient http;
    private final String endpoint;
    private final Map<Role, Token> tokens = new EnumMap<>(Role.class);

    AccessTokens(HttpClient http, String endpoint) {
        this.http = http;
        this.endpoint = endpoint;
    }

    private record Token(String text, long at) {}

    synchronized String of(Role role) throws IOException, InterruptedException {
        var known = tokens.get(role);
        if (known == null || System.nanoTime() - known.at > RENEWAL) {
            known = new Token(ask(role), System.nanoTime());
            tokens.put(role, known);
        }
        return known.text;
    }

    private String ask(Role role) throws IOException, InterruptedException {
        var credentials =
                ("dev-" + role.partner + ":development-only-" + role.partner).getBytes(StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(URI.create(endpoint))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "grant_type=client_credentials&scope=" + URLEncoder.encode(role.scope, StandardCharsets.UTF_8)))
                .build();
        var answer = http.send(request, BodyHandlers.ofString()).body();
        var token = TOKEN.matcher(answer);
        if (!token.find()) {
            throw new IOException("no token for " + role.partner + ": " + answer);
        }
        return token.group(1);
    }
}
