package org.accordhie.local;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * What a client's assertion with a good signature must say, once: that it is this client, to this token endpoint, for
 * five minutes at most, under an id it has not used before.
 *
 * <p>Source: SMART App Launch 2.2.0, "Client Authentication: Asymmetric", "Authentication JWT Claims" and "Signature
 * Verification"; RFC 7523, section 3. Stricter in one place: the token endpoint is the only audience.
 */
final class AssertionRules implements OAuth2TokenValidator<Jwt> {

    private static final Duration LIFE = Duration.ofMinutes(5);

    /** For clients that round their clock up. */
    private static final Duration ROUNDING = Duration.ofSeconds(2);

    private final String clientId;
    private final String tokenEndpoint;
    private final @Nullable URI keysAddress;
    private final InstantSource time;

    /** Until when each id is remembered: no longer than it could be used. */
    private final Map<String, Instant> used = new ConcurrentHashMap<>();

    /**
     * For one client.
     *
     * @param keysAddress where it publishes its keys; null if it does not
     */
    AssertionRules(String clientId, URI tokenEndpoint, @Nullable URI keysAddress, InstantSource time) {
        this.clientId = clientId;
        this.tokenEndpoint = tokenEndpoint.toString();
        this.keysAddress = keysAddress;
        this.time = time;
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt assertion) {
        var now = time.instant();
        if (!isFromClient(assertion) || !isTimely(assertion, now)) {
            return refused("its claims are not those of an authentication here and now");
        }
        if (assertion.getHeaders().get("kid") == null || !namesRegisteredKeys(assertion)) {
            return refused("its header names no registered key");
        }
        return isFirst(assertion, now) ? OAuth2TokenValidatorResult.success() : refused("its jti was used before");
    }

    private boolean isFromClient(Jwt assertion) {
        return clientId.equals(assertion.getClaimAsString("iss"))
                && clientId.equals(assertion.getSubject())
                && List.of(tokenEndpoint).equals(assertion.getAudience());
    }

    private static boolean isTimely(Jwt assertion, Instant now) {
        var expires = assertion.getExpiresAt();
        var begins = assertion.getNotBefore();
        return expires != null
                && now.isBefore(expires)
                && !expires.isAfter(now.plus(LIFE).plus(ROUNDING))
                && (begins == null || !begins.isAfter(now.plus(ROUNDING)));
    }

    /** An address of keys inside the assertion is never fetched, only compared. */
    private boolean namesRegisteredKeys(Jwt assertion) {
        var address = assertion.getHeaders().get("jku");
        return address == null || (keysAddress != null && keysAddress.toString().equals(address));
    }

    private boolean isFirst(Jwt assertion, Instant now) {
        var id = assertion.getId();
        var expires = assertion.getExpiresAt();
        used.values().removeIf(now::isAfter);
        return id != null && !id.isBlank() && expires != null && used.putIfAbsent(id, expires) == null;
    }

    private static OAuth2TokenValidatorResult refused(String why) {
        return OAuth2TokenValidatorResult.failure(
                new OAuth2Error(OAuth2ErrorCodes.INVALID_CLIENT, "the assertion is refused: " + why, null));
    }
}
