package org.accordhie.local;

import com.nimbusds.jose.Algorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What the development authorization server publishes about itself: what its clients can do, where the library's documents
 * promise all that the library can.
 *
 * <p>Source: RFC 8414, section 2; OpenID Connect Discovery 1.0, section 3.
 */
final class AuthorizationServerDocument {

    private static final List<String> NOT_HERE = List.of(
            "device_authorization_endpoint",
            "dpop_signing_alg_values_supported",
            "end_session_endpoint",
            "tls_client_certificate_bound_access_tokens");

    private static final List<String> SECRET_OR_KEY =
            List.of("client_secret_basic", "client_secret_post", "private_key_jwt");

    private AuthorizationServerDocument() {}

    /** Corrects the members of one of the two documents. */
    static void correct(Map<String, Object> members) {
        NOT_HERE.forEach(members::remove);
        members.put("grant_types_supported", List.of("authorization_code", "client_credentials", "refresh_token"));
        members.put("scopes_supported", scopes());
        for (var endpoint : List.of("token", "revocation", "introspection")) {
            var methods = new ArrayList<>(SECRET_OR_KEY);
            if (!endpoint.equals("introspection")) {
                methods.add("none");
            }
            members.put(endpoint + "_endpoint_auth_methods_supported", methods);
            members.put(
                    endpoint + "_endpoint_auth_signing_alg_values_supported",
                    AssertionDecoders.ALGORITHMS.stream()
                            .map(Algorithm::getName)
                            .sorted()
                            .toList());
        }
    }

    private static List<String> scopes() {
        var scopes = new TreeSet<String>();
        DevelopmentPartner.ALL.forEach(partner -> scopes.addAll(partner.scopes()));
        return List.copyOf(scopes);
    }
}
