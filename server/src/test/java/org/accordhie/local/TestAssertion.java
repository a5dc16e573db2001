package org.accordhie.local;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** A client's assertion, right in everything but what a test changes. */
public final class TestAssertion {

    private final JWK key;
    private JWSHeader.Builder header;
    private final JWTClaimsSet.Builder claims;

    /** Of a client, for a token endpoint. */
    public TestAssertion(String client, URI audience, JWK key) {
        this.key = key;
        this.header = new JWSHeader.Builder(
                        JWSAlgorithm.parse(key.getAlgorithm().getName()))
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID());
        this.claims = new JWTClaimsSet.Builder()
                .issuer(client)
                .subject(client)
                .audience(audience.toString())
                .expirationTime(in(Duration.ofMinutes(5)))
                .jwtID(UUID.randomUUID().toString());
    }

    /** That long from now. */
    public static Date in(Duration time) {
        return Date.from(Instant.now().plus(time));
    }

    TestAssertion header(Consumer<JWSHeader.Builder> change) {
        change.accept(header);
        return this;
    }

    /** With other claims. */
    public TestAssertion claims(Consumer<JWTClaimsSet.Builder> change) {
        change.accept(claims);
        return this;
    }

    TestAssertion business(Map<String, Object> b2b) {
        return claims(claims -> claims.claim("extensions", Map.of("hl7-b2b", b2b)));
    }

    /** As it is sent. */
    public String signed() {
        try {
            return signedBy(key instanceof ECKey curve ? new ECDSASigner(curve) : new RSASSASigner(key.toRSAKey()));
        } catch (JOSEException unusable) {
            throw new AssertionError(unusable);
        }
    }

    /** With the client's secret as the key of a symmetric signature. */
    String signedWithSecret(String secret) {
        header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID());
        try {
            return signedBy(new MACSigner(secret));
        } catch (JOSEException unusable) {
            throw new AssertionError(unusable);
        }
    }

    String unsigned() {
        return new PlainJWT(claims.build()).serialize();
    }

    private String signedBy(JWSSigner signer) throws JOSEException {
        var assertion = new SignedJWT(header.build(), claims.build());
        assertion.sign(signer);
        return assertion.serialize();
    }
}
