package org.accordhie.fhirserver;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An authorization server whose tokens are accepted, and how its tokens are read. Each is verified with its own keys alone.
 *
 * @param issuer its value must equal the {@code iss} claim, character by character
 * @param jwksUri where its keys are; null asks the issuer's discovery document
 * @param tokenEndpoint where clients get tokens, as discovery tells them; null asks the issuer's discovery document
 * @param audiences who a token must be for; one of them must be in {@code aud}
 * @param algorithms accepted signature algorithms, asymmetric only
 * @param patientClaim the claim that holds the patient in context
 * @param clientClaims the claims that may hold the client; the first that is there counts
 * @param scopeClaims the claims that may hold the scopes; the first that is there counts
 * @param maxLifetime the longest time from {@code iat} to {@code exp}; null leaves it to the issuer
 * @param introspection whether the issuer is asked about tokens
 */
public record TrustedIssuer(
        @NotNull URI issuer,
        @Nullable URI jwksUri,
        @Nullable URI tokenEndpoint,
        @NotEmpty @DefaultValue List<@NotBlank String> audiences,

        @NotEmpty @DefaultValue({"RS256", "RS384", "ES256", "ES384"})
        List<String> algorithms,

        @NotBlank @DefaultValue("patient") String patientClaim,

        @NotEmpty @DefaultValue({"client_id", "azp"}) List<@NotBlank String> clientClaims,

        @NotEmpty @DefaultValue({"scope", "scp"}) List<@NotBlank String> scopeClaims,

        @DurationMin(seconds = 1) @Nullable Duration maxLifetime,
        @Valid @DefaultValue Introspection introspection) {

    public TrustedIssuer {
        audiences = List.copyOf(audiences);
        algorithms = List.copyOf(algorithms);
        clientClaims = List.copyOf(clientClaims);
        scopeClaims = List.copyOf(scopeClaims);
    }

    /**
     * Asking the issuer about a token. Source: RFC 7662.
     *
     * @param opaqueTokens whether tokens that are no JWTs are accepted, of which the issuer says everything; one issuer only
     * @param signedTokens whether the issuer is also asked if a JWT with a good signature is still active
     * @param endpoint where to ask; null asks the issuer's discovery document
     * @param clientId this server's own client at the issuer
     * @param clientSecret that client's secret, sent as HTTP Basic
     * @param cache how long an answer is used, and so how long a revoked token still works. Five seconds: the requests of one page
     *     of an app cost one question
     */
    public record Introspection(
            @DefaultValue("false") boolean opaqueTokens,
            @DefaultValue("false") boolean signedTokens,
            @Nullable URI endpoint,
            @DefaultValue("") String clientId,
            @DefaultValue("") String clientSecret,

            @DurationMin(seconds = 0) @DurationMax(seconds = 60) @DefaultValue("5s")
            Duration cache) {

        /** Keeps the secret out of logs. */
        @Override
        public String toString() {
            return "Introspection[endpoint=" + endpoint + ", clientId=" + clientId + "]";
        }
    }
}
