package org.accordhie.smart.web;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.accordhie.smart.GrantedScopes;
import org.accordhie.smart.ScopeContext;
import org.accordhie.smart.http.IssuerDescription;

/**
 * What an issuer can do for SMART clients, as far as its own metadata says so: what it does not say is not promised.
 *
 * <p>Source: SMART App Launch 2.2.0, "Capability Sets"; RFC 8414, section 2, for what holds where a member is missing.
 */
final class IssuerAbilities {

    private static final String CODE = "authorization_code";
    private static final String CLIENT_CREDENTIALS = "client_credentials";
    private static final List<String> OF_THIS_SERVER =
            List.of("permission-patient", "permission-user", "permission-v1", "permission-v2");

    private final IssuerDescription issuer;

    IssuerAbilities(IssuerDescription issuer) {
        this.issuer = issuer;
    }

    /** Whether an app can send its user to the issuer and come back with a code that only the app can use. */
    boolean launches() {
        return says("grant_types_supported", List.of(CODE)).contains(CODE)
                && issuer.address("authorization_endpoint").isPresent()
                && says("response_types_supported", List.of()).contains("code")
                && says("code_challenge_methods_supported", List.of()).contains("S256");
    }

    /** Whether apps learn who their user is. */
    boolean signsIn() {
        return launches()
                && hasScope("openid")
                && hasScope("fhirUser")
                && issuer.address("jwks_uri").isPresent();
    }

    List<String> grantTypes() {
        var types = new ArrayList<String>();
        if (launches()) {
            types.add(CODE);
        }
        if (says("grant_types_supported", List.of(CODE)).contains(CLIENT_CREDENTIALS)) {
            types.add(CLIENT_CREDENTIALS);
        }
        return types;
    }

    /** As RFC 8414 has it where the issuer does not say. */
    List<String> clientAuthentication() {
        return says("token_endpoint_auth_methods_supported", List.of("client_secret_basic"));
    }

    /** Those of the issuer's scopes that do something: a scope of FHIR that grants nothing here is left out. */
    List<String> scopes() {
        return says("scopes_supported", List.of()).stream()
                .filter(Predicate.not(IssuerAbilities::isOfFhir)
                        .or(scope -> !GrantedScopes.parse(List.of(scope)).grantsNothing()))
                .toList();
    }

    List<String> capabilities() {
        var capabilities = new ArrayList<>(OF_THIS_SERVER);
        if (signsWithItsKey()) {
            capabilities.add("client-confidential-asymmetric");
        }
        if (launches()) {
            capabilities.add("launch-standalone");
            addIf(clientAuthentication().contains("none"), "client-public", capabilities);
            addIf(
                    clientAuthentication().contains("client_secret_basic"),
                    "client-confidential-symmetric",
                    capabilities);
            addIf(hasScope("launch/patient"), "context-standalone-patient", capabilities);
            addIf(refreshes("offline_access"), "permission-offline", capabilities);
            addIf(refreshes("online_access"), "permission-online", capabilities);
            addIf(signsIn(), "sso-openid-connect", capabilities);
        }
        return capabilities;
    }

    /** SMART asks for one of these algorithms; an issuer that names none is taken at its word. */
    private boolean signsWithItsKey() {
        var algorithms = says("token_endpoint_auth_signing_alg_values_supported", List.of("RS384"));
        return clientAuthentication().contains("private_key_jwt")
                && (algorithms.contains("RS384") || algorithms.contains("ES384"));
    }

    private boolean refreshes(String scope) {
        return hasScope(scope) && says("grant_types_supported", List.of()).contains("refresh_token");
    }

    private boolean hasScope(String scope) {
        return says("scopes_supported", List.of()).contains(scope);
    }

    private List<String> says(String member, List<String> unsaid) {
        return issuer.words(member).orElse(unsaid);
    }

    private static void addIf(boolean can, String capability, List<String> capabilities) {
        if (can) {
            capabilities.add(capability);
        }
    }

    private static boolean isOfFhir(String scope) {
        for (var context : ScopeContext.values()) {
            if (scope.startsWith(context.prefix() + "/")) {
                return true;
            }
        }
        return false;
    }
}
