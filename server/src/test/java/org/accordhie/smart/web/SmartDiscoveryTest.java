package org.accordhie.smart.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.accordhie.smart.http.DocumentFetch;
import org.accordhie.smart.http.IssuerMetadata;
import org.accordhie.smart.http.TestIssuer;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestSecurityComponent;
import org.hl7.fhir.r4.model.Extension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("D2 to D7: what is told of an issuer is what it says it can do")
class SmartDiscoveryTest {

    private static final String EXTENSIONS = "http://fhir-registry.smarthealthit.org/StructureDefinition/";
    private static final List<String> ALWAYS =
            List.of("permission-patient", "permission-user", "permission-v1", "permission-v2");

    private final TestIssuer issuer = new TestIssuer(Tokens.KEY);

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    @DisplayName("D2, D3, D5: of an issuer for systems, no launch, no sign-on and no public client is told")
    void tellsOfSystemsOnly() throws IOException {
        issuer.describe(Map.of(
                "grant_types_supported", List.of("client_credentials"),
                "authorization_endpoint", issuer.uri() + "/authorize",
                "scopes_supported", List.of("openid", "fhirUser", "launch/patient"),
                "token_endpoint_auth_methods_supported", List.of("private_key_jwt", "none"),
                "token_endpoint_auth_signing_alg_values_supported", List.of("RS384", "ES384")));

        var told = told();

        assertThat(told)
                .containsEntry("grant_types_supported", List.of("client_credentials"))
                .containsEntry("token_endpoint", issuer.uri() + "/token")
                .containsEntry("code_challenge_methods_supported", List.of("S256"))
                .containsEntry("token_endpoint_auth_methods_supported", List.of("private_key_jwt", "none"))
                .doesNotContainKeys("issuer", "jwks_uri", "authorization_endpoint", "response_types_supported");
        assertThat(capabilities())
                .containsExactlyInAnyOrder(
                        "permission-patient",
                        "permission-user",
                        "permission-v1",
                        "permission-v2",
                        "client-confidential-asymmetric");
    }

    @Test
    @DisplayName("D2, D3, D4, D5: of an issuer that does everything, everything is told")
    void tellsOfEverything() throws IOException {
        issuer.describe(everything());

        assertThat(told())
                .containsEntry("issuer", issuer.uri().toString())
                .containsEntry("jwks_uri", issuer.uri() + "/jwks")
                .containsEntry("authorization_endpoint", issuer.uri() + "/authorize")
                .containsEntry("introspection_endpoint", issuer.uri() + "/introspect")
                .containsEntry("revocation_endpoint", issuer.uri() + "/revoke")
                .containsEntry("response_types_supported", List.of("code"))
                .containsEntry("grant_types_supported", List.of("authorization_code", "client_credentials"));
        assertThat(capabilities())
                .contains(
                        "launch-standalone",
                        "client-public",
                        "client-confidential-symmetric",
                        "client-confidential-asymmetric",
                        "context-standalone-patient",
                        "permission-offline",
                        "sso-openid-connect")
                .doesNotContain("launch-ehr", "permission-online");
    }

    @ParameterizedTest(name = "without {1} in {0}, no {2}")
    @DisplayName("D5: a capability goes with what it needs")
    @CsvSource({
        "grant_types_supported, authorization_code, launch-standalone",
        "code_challenge_methods_supported, S256, launch-standalone",
        "response_types_supported, code, launch-standalone",
        "grant_types_supported, authorization_code, sso-openid-connect",
        "grant_types_supported, authorization_code, client-public",
        "token_endpoint_auth_methods_supported, none, client-public",
        "token_endpoint_auth_methods_supported, client_secret_basic, client-confidential-symmetric",
        "token_endpoint_auth_methods_supported, private_key_jwt, client-confidential-asymmetric",
        "token_endpoint_auth_signing_alg_values_supported, ES384, client-confidential-asymmetric",
        "scopes_supported, openid, sso-openid-connect",
        "scopes_supported, fhirUser, sso-openid-connect",
        "scopes_supported, launch/patient, context-standalone-patient",
        "scopes_supported, offline_access, permission-offline",
        "grant_types_supported, refresh_token, permission-offline"
    })
    void dropsWhatCannotWork(String member, String word, String capability) throws IOException {
        var less = everything();
        less.computeIfPresent(
                member,
                (name, words) -> ((List<?>) words)
                        .stream().filter(each -> !each.equals(word)).toList());
        issuer.describe(less);

        assertThat(capabilities()).doesNotContain(capability).containsAll(ALWAYS);
        if (!capabilities().contains("sso-openid-connect")) {
            assertThat(told()).doesNotContainKeys("issuer", "jwks_uri");
        }
    }

    @Test
    @DisplayName("D4: a scope of FHIR that grants nothing here is not listed")
    void listsScopesThatWork() throws IOException {
        issuer.describe(Map.of(
                "scopes_supported",
                List.of("openid", "patient/*.rs", "patient/*.read-only", "user/Patiant.r", "system/*.*", "profile")));

        assertThat(told())
                .containsEntry("scopes_supported", List.of("openid", "patient/*.rs", "system/*.*", "profile"));
    }

    @Test
    @DisplayName("D1: an address that is not absolute is not told")
    void tellsAbsoluteAddressesOnly() throws IOException {
        issuer.describe(Map.of("revocation_endpoint", "/revoke", "introspection_endpoint", List.of("x")));

        assertThat(told()).doesNotContainKeys("revocation_endpoint", "introspection_endpoint");
    }

    @Test
    @DisplayName("D2: an issuer that says no grant types has RFC 8414's default, which is no client_credentials")
    void keepsToTheDefaultOfRfc8414() throws IOException {
        assertThat(told())
                .containsEntry("grant_types_supported", List.of())
                .containsEntry("token_endpoint_auth_methods_supported", List.of("client_secret_basic"));
    }

    @Test
    @DisplayName("an issuer that does not answer is told of as the settings have it, or not at all")
    void withoutAnAnswer() throws IOException {
        issuer.setDown(true);
        var endpoint = URI.create("https://login.example/token");

        assertThat(discovery(endpoint).configuration().members())
                .containsEntry("token_endpoint", endpoint.toString())
                .containsEntry("grant_types_supported", List.of("client_credentials"))
                .doesNotContainKey("scopes_supported");
        assertThatThrownBy(() -> discovery(null).configuration()).isInstanceOf(IOException.class);
        var section = section();
        assertThat(section.getExtension()).isEmpty();
        assertThat(section.getService()).hasSize(1);
    }

    @Test
    @DisplayName("D7: the CapabilityStatement tells of the same endpoints and capabilities")
    void theStatementTellsTheSame() throws IOException {
        issuer.describe(everything());

        var section = section();

        assertThat(section.getCors()).isTrue();
        assertThat(section.getServiceFirstRep().getCodingFirstRep().getCode()).isEqualTo("SMART-on-FHIR");
        var addresses = new HashMap<String, String>();
        for (var address : section.getExtensionByUrl(EXTENSIONS + "oauth-uris").getExtension()) {
            addresses.put(address.getUrl(), address.getValue().primitiveValue());
        }
        assertThat(addresses)
                .isEqualTo(Map.of(
                        "token", told().get("token_endpoint"),
                        "authorize", told().get("authorization_endpoint"),
                        "introspect", told().get("introspection_endpoint"),
                        "revoke", told().get("revocation_endpoint")));
        assertThat(section.getExtensionsByUrl(EXTENSIONS + "capabilities"))
                .extracting(Extension::getValue)
                .extracting(value -> value.primitiveValue())
                .containsExactlyElementsOf(capabilities());
    }

    private Map<String, Object> everything() {
        return new HashMap<>(Map.of(
                "grant_types_supported",
                List.of("authorization_code", "refresh_token", "client_credentials", "device_code"),
                "response_types_supported",
                List.of("code", "token"),
                "code_challenge_methods_supported",
                List.of("S256", "plain"),
                "authorization_endpoint",
                issuer.uri() + "/authorize",
                "introspection_endpoint",
                issuer.uri() + "/introspect",
                "revocation_endpoint",
                issuer.uri() + "/revoke",
                "scopes_supported",
                List.of("openid", "fhirUser", "launch/patient", "offline_access"),
                "token_endpoint_auth_methods_supported",
                List.of("private_key_jwt", "client_secret_basic", "none"),
                "token_endpoint_auth_signing_alg_values_supported",
                List.of("RS256", "ES384")));
    }

    private Map<String, Object> told() throws IOException {
        return discovery(null).configuration().members();
    }

    private List<String> capabilities() throws IOException {
        return discovery(null).configuration().capabilities();
    }

    private CapabilityStatementRestSecurityComponent section() {
        var section = new CapabilityStatementRestSecurityComponent();
        new SmartSecuritySection(discovery(null)).describe(section);
        return section;
    }

    private SmartDiscovery discovery(@Nullable URI tokenEndpoint) {
        return new SmartDiscovery(
                tokenEndpoint, new IssuerMetadata(issuer.uri(), new DocumentFetch(), InstantSource.system()));
    }
}
