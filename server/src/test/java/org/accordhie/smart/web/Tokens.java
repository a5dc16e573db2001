package org.accordhie.smart.web;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.accordhie.fhirserver.TrustedIssuer;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Signed tokens, good ones and others, and the settings they fit. */
final class Tokens {

    static final String AUDIENCE = "https://accord.example/fhir";

    /** A server that trusts one clinic; its issuer is still to be named. */
    static final String SETTINGS = """
            accord.mode=production
            accord.base-url=https://accord.example/fhir
            accord.token.audiences[0]=https://accord.example/fhir
            accord.token.algorithms[0]=RS256
            accord.partners[0].client-id=clinic
            accord.partners[0].organization=Organization/clinic
            accord.partners[0].purposes[0]=TREAT
            """;

    static final RSAKey KEY = key("k1");
    static final RSAKey STRANGERS_KEY = key("k1");

    private final String issuer;

    Tokens(URI issuer) {
        this.issuer = issuer.toString();
    }

    static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static TrustedIssuer settings(URI issuer, List<String> algorithms) {
        return settings(issuer, Map.of("algorithms", String.join(",", algorithms)));
    }

    /** The settings of an issuer as a file gives them, and further ones by their names. */
    static TrustedIssuer settings(URI issuer, Map<String, String> further) {
        var settings = new HashMap<String, String>();
        settings.put("t.issuer", issuer.toString());
        settings.put("t.audiences", AUDIENCE);
        settings.put("t.algorithms", "RS256,RS384");
        further.forEach((name, value) -> settings.put("t." + name, value));
        return new Binder(new MapConfigurationPropertySource(settings))
                .bind("t", TrustedIssuer.class)
                .get();
    }

    JWTClaimsSet.Builder claims() {
        var now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(AUDIENCE)
                .issueTime(Date.from(now.minus(Duration.ofMinutes(10))))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(5))))
                .claim("client_id", "clinic")
                .claim("scope", "system/*.rs")
                .claim("extensions", Map.of("hl7-b2b", Map.of("purpose_of_use", List.of("TREAT"))));
    }

    static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").type(new JOSEObjectType("at+jwt"));
    }

    String good() {
        return with(claims -> claims);
    }

    String with(UnaryOperator<JWTClaimsSet.Builder> change) {
        return signed(header().build(), change.apply(claims()).build());
    }

    String withHeader(UnaryOperator<JWSHeader.Builder> change) {
        return signed(change.apply(header()).build(), claims().build());
    }

    /** Signed as it should be, over claims that no builder would write. */
    String withPayload(UnaryOperator<String> change) {
        return signed(header().build(), change.apply(claims().build().toString()));
    }

    /** A good token that is the content of another one. Source: RFC 7519, appendix A.2. */
    String nested() {
        return signed(header().contentType("JWT").build(), good());
    }

    private static String signed(JWSHeader header, String payload) {
        try {
            var token = new JWSObject(header, new Payload(payload));
            token.sign(new RSASSASigner(KEY));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Good but for the id of its key. */
    String withKeyId(String id) {
        return withHeader(header -> header.keyID(id));
    }

    String unsigned(String header) {
        return Base64URL.encode(header) + "."
                + Base64URL.encode(claims().build().toString()) + ".";
    }

    static String signed(JWSHeader header, JWTClaimsSet claims) {
        try {
            return signed(header, claims, new RSASSASigner(KEY));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        try {
            var token = new SignedJWT(header, claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
