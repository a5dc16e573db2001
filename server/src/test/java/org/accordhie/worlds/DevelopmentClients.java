package org.accordhie.worlds;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * The clients that the development authorization server knows. Somebody is called {@code [client]}, {@code [client]#[scope]},
 * or {@code [client]@[id of a patient]}.
 */
final class DevelopmentClients implements World.Credentials {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Less than a token lives. */
    private static final Duration USED = Duration.ofMinutes(30);

    private static final String OFFICER = "user/*.cruds";
    private static final String ANY = "system/*.cruds";

    private final String issuer;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Token> tokens = new HashMap<>();

    private record Token(String value, Instant until) {}

    DevelopmentClients(String issuer) {
        this.issuer = issuer;
    }

    @Override
    public Map<String, String> of(String who) throws IOException, InterruptedException {
        var known = tokens.get(who);
        if (known == null || known.until().isBefore(Instant.now())) {
            known = new Token(token(who), Instant.now().plus(USED));
            tokens.put(who, known);
        }
        return Map.of("Authorization", "Bearer " + known.value());
    }

    /** What is included comes in the order of the database's own numbers, which is not looked at. */
    @Override
    public String certain(String told) {
        return Included.sorted(told);
    }

    private String token(String who) throws IOException, InterruptedException {
        var name = who.split("[#@]", 2)[0];
        var secret = name.replaceFirst("^dev-", "development-only-");
        var basic = Base64.getEncoder().encodeToString((name + ":" + secret).getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create(issuer + "/oauth2/token"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials" + asked(who)));
        var response = client.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("no token for " + name + ": " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body()).get("access_token").asText();
    }

    private static String asked(String who) {
        if (who.contains("@")) {
            return "&scope=" + encode("patient/*.cruds") + "&patient=" + encode(who.split("@", 2)[1]);
        }
        var scope = who.contains("#") ? who.split("#", 2)[1] : who.equals(Story.OFFICER) ? OFFICER : ANY;
        return "&scope=" + encode(scope);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
