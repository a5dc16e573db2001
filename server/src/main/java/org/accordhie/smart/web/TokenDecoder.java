package org.accordhie.smart.web;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.fhirserver.AccordProperties;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Makes the decoder of access tokens: pinned algorithms, the issuer's keys only, and {@link TokenRules}.
 *
 * <p>Source: RFC 8725, sections 3.1 and 3.11. A key or an address of keys inside the token is never looked at.
 */
final class TokenDecoder {

    private TokenDecoder() {}

    static JwtDecoder decoder(AccordProperties.Token settings, JWKSource<SecurityContext> keys, InstantSource time) {
        var processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(pinned(settings.algorithms()), keys));
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        var decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(new TokenRules(settings, time));
        return decoder;
    }

    /** Throws if there is none, or one of them is symmetric, {@code none} or unknown: then the server must not start. */
    private static Set<JWSAlgorithm> pinned(List<String> names) {
        if (names.isEmpty() || !names.stream().allMatch(name -> SignatureAlgorithm.from(name) != null)) {
            throw new IllegalStateException(
                    "`accord.token.algorithms` must name asymmetric signature algorithms, and only those");
        }
        return names.stream().map(JWSAlgorithm::parse).collect(Collectors.toUnmodifiableSet());
    }
}
