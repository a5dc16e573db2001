package org.accordhie.smart.web;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a trusted issuer has said, in our names for the claims, whatever the issuer calls them. What it grants is for the
 * partner registry to say, each time anew.
 *
 * @param claims {@code client_id}, {@code scope} and {@code patient} by these names, and all others as they came
 * @param expiresAt when it ends
 * @param thumbprint the SHA-256 thumbprint of the client certificate it is bound to, base64url; null if it is bound to none
 */
record VerifiedToken(
        Map<String, Object> claims,
        Instant expiresAt,
        @Nullable String thumbprint) {

    VerifiedToken {
        claims = Map.copyOf(claims);
    }
}
