package org.accordhie.local;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/**
 * Verifies the assertions of each client with the keys it registered, at an address or inline. The library's own factory
 * knows one algorithm a client and no inline keys.
 *
 * <p>Source: SMART App Launch 2.2.0, "Client Authentication: Asymmetric".
 */
final class AssertionDecoders implements JwtDecoderFactory<RegisteredClient> {

    /** Of which a server has to support one. */
    static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS384, JWSAlgorithm.ES384);

    private final URI tokenEndpoint;
    private final InstantSource time;
    private final Map<String, JwtDecoder> decoders = new LinkedHashMap<>();

    AssertionDecoders(URI tokenEndpoint, InstantSource time) {
        this.tokenEndpoint = tokenEndpoint;
        this.time = time;
    }

    /** Takes the client's keys from where it publishes them. */
    void register(String clientId, URI address) {
        register(clientId, new PublishedKeys(address, time), address);
    }

    /** Takes the client's keys as given. */
    void register(String clientId, JWKSource<SecurityContext> keys) {
        register(clientId, keys, null);
    }

    private void register(String clientId, JWKSource<SecurityContext> keys, @Nullable URI address) {
        var processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        var decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(new AssertionRules(clientId, tokenEndpoint, address, time));
        decoders.put(clientId, decoder);
    }

    @Override
    public JwtDecoder createDecoder(RegisteredClient client) {
        var decoder = decoders.get(client.getClientId());
        if (decoder == null) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
        }
        return decoder;
    }
}
