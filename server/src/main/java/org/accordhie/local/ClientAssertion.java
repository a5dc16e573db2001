package org.accordhie.local;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/**
 * A development partner's word that it is itself, signed with the key made for it.
 *
 * <p>Source: SMART App Launch 2.2.0, "Client Authentication: Asymmetric", "Authentication JWT Header Values" and "Claims".
 */
final class ClientAssertion {

    private static final Duration LIFE = Duration.ofMinutes(4);

    private ClientAssertion() {}

    /** Signs one that may be used once, from now on for four minutes. */
    static String sign(String clientId, URI tokenEndpoint, JWSAlgorithm algorithm, JWKSet keys, Instant now) {
        var key = keys.getKeys().stream()
                .filter(candidate -> algorithm.equals(candidate.getAlgorithm()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no key for " + algorithm));
        var header = new JWSHeader.Builder(algorithm)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID())
                .build();
        var claims = new JWTClaimsSet.Builder()
                .issuer(clientId)
                .subject(clientId)
                .audience(tokenEndpoint.toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .jwtID(UUID.randomUUID().toString())
                .build();
        var assertion = new SignedJWT(header, claims);
        try {
            assertion.sign(signer(key));
            return assertion.serialize();
        } catch (JOSEException unusable) {
            throw new IllegalArgumentException("the key `" + key.getKeyID() + "` cannot sign", unusable);
        }
    }

    private static JWSSigner signer(JWK key) throws JOSEException {
        return key instanceof ECKey curve ? new ECDSASigner(curve) : new RSASSASigner(key.toRSAKey());
    }
}
