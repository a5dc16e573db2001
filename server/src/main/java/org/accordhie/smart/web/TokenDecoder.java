package org.accordhie.smart.web;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/**
 * Checks the signature of access tokens: pinned algorithms, and one issuer's keys only.
 *
 * <p>Source: RFC 8725, sections 3.1 and 3.11. A key or an address of keys inside the token is never looked at.
 */
final class TokenDecoder {

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /** Throws if an algorithm is symmetric, {@code none} or unknown, or there is none: then the server must not start. */
    TokenDecoder(List<String> algorithms, JWKSource<SecurityContext> keys) {
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(pinned(algorithms), keys));
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
    }

    /** The claims of a token that is signed by the issuer; whether they hold here is still to be seen. */
    JWTClaimsSet decode(String token) {
        try {
            return processor.process(token, (@Nullable SecurityContext) null);
        } catch (KeySourceException e) {
            throw new AuthenticationServiceException("the issuer's keys cannot be had", e);
        } catch (BadJOSEException | JOSEException | ParseException e) {
            throw new InvalidBearerTokenException("the token is not valid here", e);
        }
    }

    private static Set<JWSAlgorithm> pinned(List<String> names) {
        if (names.isEmpty() || !names.stream().allMatch(name -> SignatureAlgorithm.from(name) != null)) {
            throw new IllegalStateException(
                    "`algorithms` of a trusted issuer must name asymmetric signature algorithms, and only those");
        }
        return names.stream().map(JWSAlgorithm::parse).collect(Collectors.toUnmodifiableSet());
    }
}
