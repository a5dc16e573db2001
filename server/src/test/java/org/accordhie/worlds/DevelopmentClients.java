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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.accordhie.exchange.AlteredTokens;

/**
 * The clients that the development authorization server knows. Somebody is called {@code [client]}, {@code [client]#[scope]},
 * or {@code [client]@[id of a patient]}; in an emergency of a patient {@code [client]!BTG![id]}, and with a token whose residual
 * forbids a year of a patient's {@code [client]!residual![id]}.
 */
final class DevelopmentClients implements World.Credentials {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Less than a token lives. */
    private static final Duration USED = Duration.ofMinutes(30);

    private static final String OFFICER = "user/*.cruds";
    private static final String ANY = "system/*.cruds";

    static final String IN_EMERGENCY = "!BTG!";
    static final String WITH_RESIDUAL = "!residual!";

    private final String issuer;
    private final String base;
    private final Path directory;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Token> tokens = new HashMap<>();

    private record Token(String value, Instant until) {}

    /**
     * The clients of one server.
     *
     * @param issuer its authorization server
     * @param base its FHIR address
     * @param directory where it keeps its key
     */
    DevelopmentClients(String issuer, String base, Path directory) {
        this.issuer = issuer;
        this.base = base;
        this.directory = directory;
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

    private String token(String who) throws IOException, InterruptedException {
        var name = who.split("[#@!]", 2)[0];
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
        var token = JSON.readTree(response.body()).get("access_token").asText();
        return who.contains(WITH_RESIDUAL) ? residual(token, who.split("!", 3)[2]) : token;
    }

    /** A token that says what its authorization server left out of a patient's record. */
    private String residual(String token, String patient) {
        var year = Map.of("start", "2025-01-01", "end", "2025-12-31");
        return AlteredTokens.of(token, directory, claims -> {
            var extensions = new HashMap<String, Object>();
            if (claims.getClaims().get("extensions") instanceof Map<?, ?> former) {
                former.forEach((name, value) -> extensions.put(String.valueOf(name), value));
            }
            extensions.put(
                    "ihe_pcf",
                    Map.of(
                            "patient_id",
                            base + "/Patient/" + patient,
                            "residual",
                            List.of(Map.of("type", "forbid", "dataPeriod", year))));
            claims.claim("extensions", extensions);
        });
    }

    private static String asked(String who) {
        if (who.contains("@")) {
            return "&scope=" + encode("patient/*.cruds") + "&patient=" + encode(who.split("@", 2)[1]);
        }
        if (who.contains(IN_EMERGENCY)) {
            return "&scope=" + encode(ANY) + "&purpose_of_use=BTG&break_glass_reason=unconscious&break_glass_patient="
                    + encode(who.split("!", 3)[2]);
        }
        var scope = who.contains("#") ? who.split("#", 2)[1] : who.equals(Story.OFFICER) ? OFFICER : ANY;
        return "&scope=" + encode(scope);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
