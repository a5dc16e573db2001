package org.accordhie.smart.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.accordhie.fhirserver.AccordProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;

/**
 * What a token with a good signature must say to be valid here: from our issuer, for us, now, and bound to no
 * certificate or key that cannot be checked.
 *
 * <p>Source: RFC 9068, section 4; RFC 8705, section 3.
 */
final class TokenRules implements OAuth2TokenValidator<Jwt> {

    static final OAuth2Error EXPIRED = BearerTokenErrors.invalidToken("the token has expired");
    private static final OAuth2Error INVALID = BearerTokenErrors.invalidToken("the token is not valid here");
    private static final Duration SKEW = Duration.ofSeconds(60);

    private final String issuer;
    private final Set<String> audiences;
    private final InstantSource time;

    TokenRules(AccordProperties.Token settings, InstantSource time) {
        this.issuer = settings.issuer().toString();
        this.audiences = Set.copyOf(settings.audiences());
        this.time = time;
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        if (!issuer.equals(token.getClaimAsString("iss")) || !isForUs(token.getAudience()) || token.hasClaim("cnf")) {
            return OAuth2TokenValidatorResult.failure(INVALID);
        }
        var now = time.instant();
        if (token.getExpiresAt() == null || isEarly(token.getNotBefore(), now)) {
            return OAuth2TokenValidatorResult.failure(INVALID);
        }
        return now.minus(SKEW).isBefore(token.getExpiresAt())
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(EXPIRED);
    }

    private boolean isForUs(@Nullable List<String> audience) {
        return audience != null && audience.stream().anyMatch(audiences::contains);
    }

    private static boolean isEarly(@Nullable Instant notBefore, Instant now) {
        return notBefore != null && now.plus(SKEW).isBefore(notBefore);
    }
}
