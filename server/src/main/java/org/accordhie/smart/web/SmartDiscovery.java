package org.accordhie.smart.web;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.accordhie.smart.http.IssuerDescription;
import org.accordhie.smart.http.IssuerMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What this server tells SMART clients about itself and the issuer of its tokens, in {@code .well-known/smart-configuration} and
 * in the CapabilityStatement.
 *
 * <p>Source: SMART App Launch 2.2.0, "Conformance". Only what works is listed, and of the issuer only what it says itself.
 */
public final class SmartDiscovery {

    private static final String TOKEN = "token_endpoint";
    private static final String AUTHORIZATION = "authorization_endpoint";

    /** Told if the issuer has them. */
    private static final List<String> OPTIONAL_ENDPOINTS =
            List.of("introspection_endpoint", "revocation_endpoint", "registration_endpoint", "management_endpoint");

    private final @Nullable URI configuredTokenEndpoint;
    private final IssuerMetadata issuer;

    SmartDiscovery(@Nullable URI configuredTokenEndpoint, IssuerMetadata issuer) {
        this.configuredTokenEndpoint = configuredTokenEndpoint;
        this.issuer = issuer;
    }

    /**
     * What is so now. An issuer that cannot be asked is told of with the settings' token endpoint alone, for systems; without one
     * there is nothing to tell, and this throws.
     */
    SmartConfiguration configuration() throws IOException {
        IssuerDescription described;
        try {
            described = issuer.description();
        } catch (IOException e) {
            if (configuredTokenEndpoint == null) {
                throw e;
            }
            described = new IssuerDescription(Map.of("grant_types_supported", List.of("client_credentials")));
        }
        var abilities = new IssuerAbilities(described);
        return new SmartConfiguration(
                endpoints(described, abilities),
                issuer(described, abilities),
                abilities.grantTypes(),
                lists(described, abilities),
                abilities.capabilities());
    }

    private Map<String, URI> endpoints(IssuerDescription described, IssuerAbilities abilities) throws IOException {
        var endpoints = new LinkedHashMap<String, URI>();
        endpoints.put(TOKEN, configuredTokenEndpoint != null ? configuredTokenEndpoint : issuer.address(TOKEN));
        if (abilities.launches()) {
            described.address(AUTHORIZATION).ifPresent(address -> endpoints.put(AUTHORIZATION, address));
        }
        for (var name : OPTIONAL_ENDPOINTS) {
            described.address(name).ifPresent(address -> endpoints.put(name, address));
        }
        return endpoints;
    }

    private static Map<String, String> issuer(IssuerDescription described, IssuerAbilities abilities) {
        var members = new LinkedHashMap<String, String>();
        if (abilities.signsIn()) {
            described.address("issuer").ifPresent(name -> members.put("issuer", name.toString()));
            described.address("jwks_uri").ifPresent(address -> members.put("jwks_uri", address.toString()));
        }
        return members;
    }

    private static Map<String, List<String>> lists(IssuerDescription described, IssuerAbilities abilities) {
        var lists = new LinkedHashMap<String, List<String>>();
        if (!described.members().containsKey("issuer")) {
            return lists;
        }
        lists.put("token_endpoint_auth_methods_supported", abilities.clientAuthentication());
        described
                .words("token_endpoint_auth_signing_alg_values_supported")
                .ifPresent(names -> lists.put("token_endpoint_auth_signing_alg_values_supported", names));
        if (!abilities.scopes().isEmpty()) {
            lists.put("scopes_supported", abilities.scopes());
        }
        if (abilities.launches()) {
            lists.put("response_types_supported", List.of("code"));
        }
        return lists;
    }
}
