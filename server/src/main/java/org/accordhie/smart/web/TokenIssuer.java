package org.accordhie.smart.web;

import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.accordhie.fhirserver.TrustedIssuer;
import org.accordhie.smart.http.TokenIntrospection;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/** One trusted issuer: its signatures, its rules, and whether it is asked about its tokens. */
final class TokenIssuer {

    /** As long as its keys are taken to be fresh: a key that the issuer withdraws is felt in the same time. */
    private static final Duration SIGNATURE_HOLDS = Duration.ofMinutes(5);

    private final TrustedIssuer settings;
    private final TokenDecoder decoder;
    private final TokenRules rules;
    private final @Nullable TokenIntrospection introspection;

    /** Without introspection, only tokens with a signature are accepted, and their time alone ends them. */
    TokenIssuer(
            TrustedIssuer settings,
            TokenDecoder decoder,
            TokenRules rules,
            @Nullable TokenIntrospection introspection) {
        this.settings = settings;
        this.decoder = decoder;
        this.rules = rules;
        this.introspection = introspection;
    }

    String name() {
        return settings.issuer().toString();
    }

    boolean givesOpaqueTokens() {
        return settings.introspection().opaqueTokens();
    }

    /** How long a token stays verified, its own end aside. */
    Duration holds(boolean signed) {
        return signed && !settings.introspection().signedTokens()
                ? SIGNATURE_HOLDS
                : settings.introspection().cache();
    }

    /** A JWT that claims to be of this issuer. */
    VerifiedToken verify(String token, Instant now) {
        var verified = rules.check(decoder.decode(token), now);
        if (settings.introspection().signedTokens()) {
            answer(token);
        }
        return verified;
    }

    /** A token that says nothing by itself. */
    VerifiedToken ask(String token, Instant now) {
        var claims = new HashMap<>(answer(token));
        claims.putIfAbsent("iss", name());
        try {
            return rules.check(JWTClaimsSet.parse(claims), now);
        } catch (ParseException e) {
            throw new AuthenticationServiceException("the issuer's answer about a token is malformed", e);
        }
    }

    private Map<String, Object> answer(String token) {
        if (introspection == null) {
            throw new IllegalStateException("an issuer is to be asked that cannot be");
        }
        Optional<Map<String, Object>> answer;
        try {
            answer = introspection.ask(token);
        } catch (IOException e) {
            throw new AuthenticationServiceException("the issuer cannot be asked about a token", e);
        }
        return answer.orElseThrow(() -> new InvalidBearerTokenException("the token is not active"));
    }
}
