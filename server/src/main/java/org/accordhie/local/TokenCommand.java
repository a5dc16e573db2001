package org.accordhie.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gets a token as a development partner. */
@Command(
        name = "token",
        sortOptions = false,
        description = {
            "Prints an access token of the development authorization server, got as one of its partners.",
            "",
            "  TOKEN=$(accord token dev-riverside-clinic --private-key-jwt)",
            ""
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:a token", "1:it was refused, or the server does not answer", "2:wrong arguments"})
public final class TokenCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "CLIENT", description = "the partner, such as dev-riverside-clinic")
    private String client = "";

    @Option(names = "--scope", paramLabel = "SCOPES", description = "what to ask for (what the partner typically does)")
    private @Nullable String scope;

    @Option(names = "--purpose", paramLabel = "CODE", description = "the purpose of use (the partner's first)")
    private @Nullable String purpose;

    @Option(names = "--patient", paramLabel = "ID", description = "the patient in context, for a patient's app")
    private @Nullable String patient;

    @Option(names = "--private-key-jwt", description = "authenticate with the partner's key instead of its secret")
    private boolean privateKeyJwt;

    @Option(names = "--assertion", description = "print the signed assertion instead, and ask for nothing")
    private boolean assertionOnly;

    @Option(names = "--algorithm", paramLabel = "ALG", description = "ES384 or RS384 (${DEFAULT-VALUE})")
    private String algorithm = "ES384";

    @Option(names = "--token-url", paramLabel = "URL", description = "where tokens are got (${DEFAULT-VALUE})")
    private URI tokenUrl = URI.create("http://127.0.0.1:9090/oauth2/token");

    @Option(names = "--directory", paramLabel = "DIR", description = "where the keys are kept (${DEFAULT-VALUE})")
    private Path directory = Path.of("data/development");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "this text")
    boolean help;

    @Override
    public Integer call() throws InterruptedException {
        var partner = DevelopmentPartner.CONFIDENTIAL.stream()
                .filter(candidate -> candidate.clientId().equals(client))
                .findFirst()
                .orElseThrow(() -> wrong("CLIENT is one of "
                        + DevelopmentPartner.CONFIDENTIAL.stream()
                                .map(DevelopmentPartner::clientId)
                                .toList()));
        if (assertionOnly) {
            System.out.println(assertion(partner));
            return 0;
        }
        try {
            var answer = ask(partner);
            if (answer.path("access_token").isTextual()) {
                System.out.println(answer.path("access_token").asText());
                return 0;
            }
            System.err.println(tokenUrl + " refuses a token: "
                    + answer.path("error").asText() + " "
                    + answer.path("error_description").asText());
        } catch (IOException unreachable) {
            System.err.println(tokenUrl + " does not answer: " + unreachable.getMessage());
        }
        return 1;
    }

    private JsonNode ask(DevelopmentPartner partner) throws IOException, InterruptedException {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "client_credentials");
        form.put("scope", scope == null ? partner.exampleScope() : scope);
        if (purpose != null) {
            form.put("purpose_of_use", purpose);
        }
        if (patient != null) {
            form.put("patient", patient);
        }
        if (privateKeyJwt) {
            form.put("client_assertion_type", AssertionConverter.TYPE);
            form.put("client_assertion", assertion(partner));
        } else {
            form.put("client_id", partner.clientId());
            form.put("client_secret", partner.secret());
        }
        var request = HttpRequest.newBuilder(tokenUrl)
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encode(form)))
                .build();
        var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    private String assertion(DevelopmentPartner partner) {
        var file = ClientKeys.file(directory, partner);
        try {
            var keys = JWKSet.parse(Files.readString(file));
            return ClientAssertion.sign(
                    partner.clientId(),
                    tokenUrl,
                    JWSAlgorithm.parse(algorithm),
                    keys,
                    Clock.systemUTC().instant());
        } catch (IOException | ParseException unreadable) {
            throw wrong("the keys `" + file + "` cannot be read; the server makes them at its first start ("
                    + unreadable + ")");
        } catch (IllegalArgumentException unknown) {
            throw wrong(String.valueOf(unknown.getMessage()));
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    private static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
