package org.accordhie.smart.web;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.accordhie.fhirserver.TrustedIssuer;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/**
 * What a token of one issuer must say to be valid here: from that issuer, for us, now, not for longer than allowed, and bound to
 * nothing but a certificate.
 *
 * <p>Source: RFC 9068, section 4; RFC 8705, section 3; RFC 7800, section 3.1.
 */
final class TokenRules {

    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final String CLIENT = "client_id";
    private static final String SCOPE = "scope";
    private static final String PATIENT = "patient";
    private static final String CONFIRMATION = "cnf";
    private static final String THUMBPRINT = "x5t#S256";

    private final TrustedIssuer settings;
    private final Set<String> audiences;
    private final String clientPrefix;

    /** Takes the issuer, and what is put before its clients' names so that no other issuer can speak for them. */
    TokenRules(TrustedIssuer settings, String clientPrefix) {
        this.settings = settings;
        this.audiences = Set.copyOf(settings.audiences());
        this.clientPrefix = clientPrefix;
    }

    /** The token in our names. Throws {@link InvalidBearerTokenException} if it is not valid here and now. */
    VerifiedToken check(JWTClaimsSet claims, Instant now) {
        require(settings.issuer().toString().equals(claims.getIssuer()));
        require(claims.getAudience().stream().anyMatch(audiences::contains));
        var expiresAt = required(instant(claims.getExpirationTime()));
        var notBefore = instant(claims.getNotBeforeTime());
        require(notBefore == null || !now.plus(SKEW).isBefore(notBefore));
        require(isShortLived(instant(claims.getIssueTime()), expiresAt));
        var thumbprint = thumbprint(claims.getClaims());
        if (!now.minus(SKEW).isBefore(expiresAt)) {
            throw new TokenExpired();
        }
        return new VerifiedToken(inOurNames(claims.getClaims()), expiresAt, thumbprint);
    }

    private boolean isShortLived(@Nullable Instant issuedAt, Instant expiresAt) {
        var longest = settings.maxLifetime();
        return longest == null
                || (issuedAt != null && Duration.between(issuedAt, expiresAt).compareTo(longest) <= 0);
    }

    /** A token bound to a key or in a way that is not known here is refused, since nobody would check it. */
    private static @Nullable String thumbprint(Map<String, Object> claims) {
        if (!claims.containsKey(CONFIRMATION)) {
            return null;
        }
        require(claims.get(CONFIRMATION) instanceof Map<?, ?> members
                && members.keySet().equals(Set.of(THUMBPRINT))
                && members.get(THUMBPRINT) instanceof String);
        return (String) ((Map<?, ?>) claims.get(CONFIRMATION)).get(THUMBPRINT);
    }

    private Map<String, Object> inOurNames(Map<String, Object> claims) {
        var ours = new HashMap<>(claims);
        List.of(CLIENT, "azp", SCOPE, "scp", PATIENT).forEach(ours::remove);
        settings.clientClaims().forEach(ours::remove);
        put(ours, CLIENT, qualified(first(claims, settings.clientClaims())));
        put(ours, SCOPE, first(claims, settings.scopeClaims()));
        put(ours, PATIENT, claims.get(settings.patientClaim()));
        ours.values().removeIf(value -> value == null);
        return ours;
    }

    /** No issuer's client may have a name that could be another issuer's client with its prefix. */
    private @Nullable Object qualified(@Nullable Object client) {
        if (!(client instanceof String name)) {
            return client;
        }
        require(name.indexOf('|') < 0);
        return clientPrefix + name;
    }

    private static @Nullable Object first(Map<String, Object> claims, List<String> names) {
        return names.stream()
                .filter(name -> claims.get(name) != null)
                .findFirst()
                .map(claims::get)
                .orElse(null);
    }

    private static void put(Map<String, Object> claims, String name, @Nullable Object value) {
        if (value != null) {
            claims.put(name, value);
        }
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }

    private static Instant required(@Nullable Instant instant) {
        if (instant == null) {
            throw invalid();
        }
        return instant;
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw invalid();
        }
    }

    private static InvalidBearerTokenException invalid() {
        return new InvalidBearerTokenException("the token is not valid here");
    }
}
