package org.accordhie.local.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.accordhie.smart.GrantedScopes;
import org.accordhie.smart.Partner;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.PurposeOfUse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("the realm of a registry with several partners")
class RealmTest {

    private static final String LABORATORY = "system/Observation.rs?category=laboratory,vital-signs&status=final";

    private static final List<Partner> REGISTRY = List.of(
            partner("clinic", Set.of(PurposeOfUse.TREAT, PurposeOfUse.HPAYMT), "system/Patient.read", LABORATORY),
            partner("hospital", Set.of(PurposeOfUse.TREAT), "system/*.cruds", "user/*.rs"),
            partner("kiosk", Set.of(PurposeOfUse.PATRQT), "patient/*.rs", "patient/Consent.cu", "system/*.rs"),
            partner("portal", Set.of(PurposeOfUse.PATRQT), "patient/*.rs"),
            partner("silent", Set.of(), "system/Organization.r"));

    private static final JsonNode REALM = realm(plan(REGISTRY));

    private static Partner partner(String client, Set<PurposeOfUse> purposes, String... scopes) {
        return new Partner(
                client,
                "Organization/" + client,
                Set.of(),
                purposes,
                Set.of(ExchangeRole.SOURCE),
                GrantedScopes.parse(List.of(scopes)));
    }

    private static RealmPlan plan(List<Partner> partners) {
        return new RealmPlan(
                "exchange-of-tests",
                "https://exchange.example.org/fhir",
                partners,
                Map.of(
                        "clinic", new ClientKeys.At(URI.create("https://clinic.example.org/jwks.json")),
                        "hospital", keys(),
                        "portal", keys()),
                Map.of(
                        "kiosk", List.of("https://kiosk.example.org/back", "https://kiosk.example.org/other"),
                        "portal", List.of("https://portal.example.org/back")));
    }

    private static ClientKeys keys() {
        try {
            return new ClientKeys.Held(new JWKSet(List.of(
                    new ECKeyGenerator(Curve.P_384).keyID("es384").generate(),
                    new RSAKeyGenerator(2048).keyID("rs384").generate(),
                    new OctetSequenceKeyGenerator(256).keyID("shared").generate())));
        } catch (JOSEException missing) {
            throw new AssertionError(missing);
        }
    }

    @Test
    void hasOneClientForEachPartnersClient() {
        assertThat(texts(REALM.path("clients"), "clientId"))
                .containsExactly("clinic", "hospital", "kiosk", "portal", "silent");
        assertThat(REALM.path("realm").asText()).isEqualTo("exchange-of-tests");
    }

    @Test
    void offersEachClientWhatTheRegistryAllowsAndNothingElse() {
        assertThat(offered("clinic")).containsExactly("pou-HPAYMT", "pou-TREAT", LABORATORY, "system/Patient.rs");
        assertThat(offered("hospital")).containsExactly("pou-TREAT", "system/*.cruds", "system/*.rs");
        assertThat(offered("kiosk"))
                .containsExactly("fhirUser", "launch/patient", "patient/*.rs", "patient/Consent.cu", "pou-PATRQT");
        assertThat(offered("portal")).containsExactly("fhirUser", "launch/patient", "patient/*.rs", "pou-PATRQT");
        assertThat(offered("silent")).containsExactly("system/Organization.r");
    }

    @Test
    void definesEveryScopeThatIsOfferedOnce() {
        var defined = texts(REALM.path("clientScopes"), "name");

        assertThat(defined).doesNotHaveDuplicates();
        assertThat(defined)
                .containsExactlyInAnyOrder(
                        "exchange",
                        "fhirUser",
                        "launch/patient",
                        "patient/*.rs",
                        "patient/Consent.cu",
                        "pou-HPAYMT",
                        "pou-PATRQT",
                        "pou-TREAT",
                        "system/*.cruds",
                        "system/*.rs",
                        LABORATORY,
                        "system/Organization.r",
                        "system/Patient.rs");
        assertThat(REALM.path("defaultDefaultClientScopes")).isEmpty();
        assertThat(REALM.path("defaultOptionalClientScopes")).isEmpty();
        for (var client : REALM.path("clients")) {
            assertThat(client.path("defaultClientScopes")).hasToString("[\"exchange\"]");
            assertThat(client.path("fullScopeAllowed").asBoolean(true)).isFalse();
            assertThat(client.path("directAccessGrantsEnabled").asBoolean(true)).isFalse();
            assertThat(client.path("implicitFlowEnabled").asBoolean(true)).isFalse();
        }
    }

    @Test
    void letsSystemsSignAssertionsOfFiveMinutesAndNothingElse() {
        for (var name : List.of("clinic", "hospital", "silent")) {
            var client = client(name);
            assertThat(client.path("serviceAccountsEnabled").asBoolean()).isTrue();
            assertThat(client.path("standardFlowEnabled").asBoolean(true)).isFalse();
            assertThat(client.path("publicClient").asBoolean(true)).isFalse();
            assertThat(client.path("clientAuthenticatorType").asText()).isEqualTo("client-jwt");
            assertThat(attribute(name, "token.endpoint.auth.signing.max.exp")).isEqualTo("300");
            assertThat(attribute(name, "access.token.lifespan")).isEqualTo("300");
        }
        assertThat(attribute("clinic", "jwks.url")).isEqualTo("https://clinic.example.org/jwks.json");
        assertThat(attribute("hospital", "jwks.string")).contains("\"es384\"", "\"rs384\"", "\"use\":\"sig\"");
        assertThat(client("silent").path("attributes").has("jwks.url")).isFalse();
        assertThat(plan(REGISTRY).clientsWithoutKeys()).containsExactly("silent");
    }

    @Test
    void letsPeopleLaunchAppsWithS256() {
        for (var name : List.of("kiosk", "portal")) {
            assertThat(client(name).path("serviceAccountsEnabled").asBoolean(true))
                    .isFalse();
            assertThat(client(name).path("standardFlowEnabled").asBoolean()).isTrue();
            assertThat(client(name).path("consentRequired").asBoolean()).isTrue();
            assertThat(attribute(name, "pkce.code.challenge.method")).isEqualTo("S256");
        }
        assertThat(client("kiosk").path("publicClient").asBoolean()).isTrue();
        assertThat(client("portal").path("publicClient").asBoolean(true)).isFalse();
        assertThat(client("kiosk").path("redirectUris"))
                .hasToString("[\"https://kiosk.example.org/back\",\"https://kiosk.example.org/other\"]");
    }

    @Test
    void saysInTokensForWhomWhoAndWhy() {
        assertThat(mapper(scope("exchange"), "oidc-audience-mapper")
                        .path("included.custom.audience")
                        .asText())
                .isEqualTo("https://exchange.example.org/fhir");
        for (var client : REALM.path("clients")) {
            var claim = mapper(client, "oidc-hardcoded-claim-mapper");
            assertThat(claim.path("claim.name").asText()).isEqualTo("client_id");
            assertThat(claim.path("claim.value")).isEqualTo(client.path("clientId"));
        }
        var treatment = scope("pou-TREAT").path("protocolMappers");
        assertThat(treatment).hasSize(2);
        assertThat(treatment.path(0).path("config").path("claim.name").asText())
                .isEqualTo("extensions.hl7-b2b.version");
        assertThat(treatment.path(0).path("config").path("claim.value").asText())
                .isEqualTo("1");
        assertThat(treatment.path(1).path("config").path("claim.name").asText())
                .isEqualTo("extensions.hl7-b2b.purpose_of_use");
        assertThat(treatment.path(1).path("config").path("claim.value").asText())
                .isEqualTo("[\"urn:oid:2.16.840.1.113883.5.8#TREAT\"]");
    }

    @Test
    void letsAdministratorsAloneSayWhichPatientSomebodyIs() throws JsonProcessingException {
        var profile = new ObjectMapper()
                .readTree(REALM.path("components")
                        .path("org.keycloak.userprofile.UserProfileProvider")
                        .path(0)
                        .path("config")
                        .path("kc.user.profile.config")
                        .path(0)
                        .asText());

        for (var attribute : profile.path("attributes")) {
            if (Set.of("patient", "fhirUser").contains(attribute.path("name").asText())) {
                assertThat(attribute.path("permissions").path("edit")).hasToString("[\"admin\"]");
            }
        }
        assertThat(texts(profile.path("attributes"), "name")).contains("patient", "fhirUser");
        assertThat(profile.path("unmanagedAttributePolicy").isMissingNode()).isTrue();
    }

    @Test
    void holdsNoSecret() {
        var text = Realm.of(plan(REGISTRY));

        assertThat(text.replace("\\", ""))
                .doesNotContain("\"secret\"")
                .doesNotContain("\"d\"", "\"p\"", "\"q\"", "\"dp\"", "\"dq\"", "\"qi\"", "\"k\"")
                .doesNotContain("\"credentials\"", "\"password\"", "\"privateKey\"");
        assertThatThrownBy(RealmTest::onlyShared).hasMessageContaining("no public key");
    }

    private static ClientKeys onlyShared() {
        return new ClientKeys.Held(
                new JWKSet(new OctetSequenceKey.Builder("only a secret".getBytes(StandardCharsets.UTF_8)).build()));
    }

    @Test
    void isTheSameTextForTheSameRegistry() {
        var reversed = new ArrayList<>(REGISTRY);
        Collections.reverse(reversed);
        var apps = Map.of("kiosk", List.of("https://kiosk.example.org/back"));

        assertThat(Realm.of(new RealmPlan("a", "b", reversed, Map.of(), apps)))
                .isEqualTo(Realm.of(new RealmPlan("a", "b", REGISTRY, Map.of(), apps)));
    }

    @Test
    void refusesWhatKeycloakOrTheRegistryDoesNotHave() {
        var code = "x".repeat(250);
        var tooLong = List.of(partner("clinic", Set.of(), "system/Observation.rs?code=" + code));

        assertThatThrownBy(() -> Realm.of(new RealmPlan("a", "b", tooLong, Map.of(), Map.of())))
                .hasMessageContaining("255");
        assertThatThrownBy(() -> new RealmPlan("a", "b", REGISTRY, Map.of("nobody", keys()), Map.of()))
                .hasMessageContaining("nobody");
        assertThatThrownBy(() -> new RealmPlan("a", "b", REGISTRY, Map.of(), Map.of("nowhere", List.of("x"))))
                .hasMessageContaining("nowhere");
    }

    @Test
    void readsKeysFromWhereNobodyElseWritesThem(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("keys.json"), "{\"keys\":[]");

        assertThat(ClientKeys.read("https://clinic.example.org/keys")).isInstanceOf(ClientKeys.At.class);
        assertThat(ClientKeys.read("http://127.0.0.1:3000/keys")).isInstanceOf(ClientKeys.At.class);
        assertThatThrownBy(() -> ClientKeys.read("http://clinic.example.org/keys"))
                .hasMessageContaining("https");
        assertThatThrownBy(() -> ClientKeys.read(directory.resolve("none").toString()))
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> ClientKeys.read(file.toString())).hasMessageContaining("not a JSON Web Key Set");
    }

    private static JsonNode realm(RealmPlan plan) {
        try {
            return new ObjectMapper().readTree(Realm.of(plan));
        } catch (JsonProcessingException malformed) {
            throw new AssertionError(malformed);
        }
    }

    private static List<String> offered(String client) {
        return StreamSupport.stream(client(client).path("optionalClientScopes").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String attribute(String client, String name) {
        return client(client).path("attributes").path(name).asText();
    }

    private static JsonNode client(String name) {
        return named(REALM.path("clients"), "clientId", name);
    }

    private static JsonNode scope(String name) {
        return named(REALM.path("clientScopes"), "name", name);
    }

    private static JsonNode mapper(JsonNode owner, String kind) {
        return named(owner.path("protocolMappers"), "protocolMapper", kind).path("config");
    }

    private static JsonNode named(JsonNode all, String key, String value) {
        return StreamSupport.stream(all.spliterator(), false)
                .filter(each -> each.path(key).asText().equals(value))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> texts(JsonNode all, String key) {
        return StreamSupport.stream(all.spliterator(), false)
                .map(each -> each.path(key).asText())
                .toList();
    }
}
