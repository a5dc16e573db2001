package org.accordhie.smart.web;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.accordhie.smart.http.IssuerMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What this server tells SMART clients about itself; the CapabilityStatement's security section is to say the same.
 *
 * <p>Source: SMART App Launch 2.2.0, "Conformance". Only what works is listed.
 */
public final class SmartDiscovery {

    private static final List<String> GRANT_TYPES = List.of("client_credentials");
    private static final List<String> CAPABILITIES =
            List.of("permission-patient", "permission-user", "permission-v1", "permission-v2");
    private static final List<String> CHALLENGE_METHODS = List.of("S256");

    private final @Nullable URI configuredTokenEndpoint;
    private final IssuerMetadata issuer;

    SmartDiscovery(@Nullable URI configuredTokenEndpoint, IssuerMetadata issuer) {
        this.configuredTokenEndpoint = configuredTokenEndpoint;
        this.issuer = issuer;
    }

    /** The settings' address, else the issuer's own word. Throws if the issuer has to be asked and cannot be. */
    public URI tokenEndpoint() throws IOException {
        return configuredTokenEndpoint != null ? configuredTokenEndpoint : issuer.address("token_endpoint");
    }

    /** The members of {@code .well-known/smart-configuration}. */
    Map<String, Object> document() throws IOException {
        return Map.of(
                "grant_types_supported", GRANT_TYPES,
                "token_endpoint", tokenEndpoint().toString(),
                "capabilities", CAPABILITIES,
                "code_challenge_methods_supported", CHALLENGE_METHODS);
    }
}
