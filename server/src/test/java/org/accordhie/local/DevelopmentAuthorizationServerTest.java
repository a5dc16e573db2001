package org.accordhie.local;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoders;

class DevelopmentAuthorizationServerTest {

    private static final String BASE = "http://127.0.0.1:8080/fhir";
    private static final int PORT = Ports.free();
    private static final String ISSUER = "http://127.0.0.1:" + PORT;

    @TempDir
    static Path directory;

    private static DevelopmentAuthorizationServer server;

    @BeforeAll
    static void start() {
        server = DevelopmentAuthorizationServer.start(Settings.of(directory, PORT), "127.0.0.1", List::of);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<DevelopmentPartner> partners() {
        return DevelopmentPartner.CONFIDENTIAL;
    }

    @ParameterizedTest
    @MethodSource("partners")
    void tellsWhoAsksAndWhy(DevelopmentPartner partner) {
        var jwt = decode(ask(partner, example(partner)).statusCode(200));

        assertThat(jwt.getHeaders()).containsEntry("alg", "RS256");
        assertThat(jwt.getHeaders().get("kid")).asString().startsWith("development-only-");
        assertThat(jwt.getAudience()).containsExactly(BASE);
        assertThat(jwt.getId()).isNotBlank();
        assertThat(jwt.getClaimAsString("iss")).isEqualTo(ISSUER);
        assertThat(jwt.getClaimAsString("client_id")).isEqualTo(partner.clientId());
        assertThat(jwt.<Object>getClaim("scope")).isEqualTo(partner.exampleScope());
        assertThat(Duration.between(jwt.getIssuedAt(), jwt.getExpiresAt())).isEqualTo(Duration.ofMinutes(5));
        assertThat(jwt.getClaimAsMap("extensions"))
                .isEqualTo(Map.of(
                        "hl7-b2b",
                        Map.of(
                                "version",
                                "1",
                                "organization_id",
                                BASE + "/" + partner.organization(),
                                "organization_name",
                                partner.organizationName(),
                                "purpose_of_use",
                                List.of("urn:oid:2.16.840.1.113883.5.8#"
                                        + partner.purposes().get(0)))));
    }

    @Test
    void answersAsOAuthSays() {
        ask("dev-riverside-clinic", Map.of("scope", "system/Patient.rs system/Observation.rs"))
                .statusCode(200)
                .header("Cache-Control", containsString("no-store"))
                .body("token_type", equalTo("Bearer"))
                .body("expires_in", lessThanOrEqualTo(300))
                .body("scope.split(' ').size()", equalTo(2))
                .body("scope", containsString("system/Observation.rs"))
                .body("scope", containsString("system/Patient.rs"));
    }

    @Test
    void putsThePatientIntoTheTokenAndBesideIt() {
        var answer = ask("dev-patient-app", Map.of("scope", "patient/*.rs", "patient", "alice"));

        answer.statusCode(200).body("patient", equalTo("alice"));
        var jwt = decode(answer);
        assertThat(jwt.getClaimAsString("patient")).isEqualTo("alice");
        assertThat(jwt.getClaimAsString("fhirUser")).isEqualTo(BASE + "/Patient/alice");
    }

    @Test
    void namesThePrivacyOfficer() {
        var jwt = decode(ask("dev-privacy-officer", Map.of("scope", "user/Consent.cruds")));

        assertThat(jwt.getClaimAsString("fhirUser")).isEqualTo(BASE + "/Practitioner/privacy-officer");
        assertThat(jwt.hasClaim("patient")).isFalse();
    }

    @Test
    void namesNoUserForASystem() {
        var jwt = decode(ask("dev-lakeside-hospital", Map.of("scope", "system/*.c")));

        assertThat(jwt.getClaims()).doesNotContainKeys("fhirUser", "patient");
    }

    @Test
    void takesTheSecretFromTheFormToo() {
        given().formParams(Map.of(
                        "grant_type", "client_credentials",
                        "scope", "system/*.rs",
                        "client_id", "dev-riverside-clinic",
                        "client_secret", "development-only-riverside-clinic"))
                .post(server.tokenEndpoint())
                .then()
                .statusCode(200);
    }

    @Test
    void refusesAWrongSecret() {
        given().auth()
                .preemptive()
                .basic("dev-riverside-clinic", "wrong")
                .formParams(Map.of("grant_type", "client_credentials", "scope", "system/*.rs"))
                .post(server.tokenEndpoint())
                .then()
                .statusCode(401)
                .body("error", equalTo("invalid_client"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "system/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory",
                "system/Observation.rs?category=laboratory&status=final",
                "system/Patient.read",
                "system/*.*",
                "system/*.cruds",
                "system/Condition.s"
            })
    void grantsEveryWellFormedScopeOfTheContext(String scope) {
        var jwt = decode(ask("dev-riverside-clinic", Map.of("scope", scope)));

        assertThat(jwt.getClaimAsString("scope")).isEqualTo(scope);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user/*.rs",
                "patient/*.rs",
                "system/*.sr",
                "system/*.",
                "system/*.read-only",
                "system/patient.rs",
                "system/Observation.rs?category",
                "system/Observation.rs?a=b=c",
                "System/*.rs",
                "openid",
                "system/*.rs openid",
                ""
            })
    void refusesScopesOutsideTheContextOrTheGrammar(String scope) {
        ask("dev-riverside-clinic", Map.of("scope", scope)).statusCode(400).body("error", equalTo("invalid_scope"));
    }

    @Test
    void grantsAnotherPurposeOfTheSamePartner() {
        var jwt = decode(ask("dev-riverside-clinic", Map.of("scope", "system/*.rs", "purpose_of_use", "HPAYMT")));

        assertThat(jwt.getClaimAsMap("extensions").toString())
                .contains("5.8#HPAYMT")
                .doesNotContain("TREAT");
    }

    @ParameterizedTest
    @CsvSource({
        "dev-riverside-clinic, system/*.rs, purpose_of_use, HRESCH",
        "dev-riverside-clinic, system/*.rs, purpose_of_use, treat",
        "dev-riverside-clinic, system/*.rs, purpose_of_use, ''",
        "dev-riverside-clinic, system/*.rs, patient, alice",
        "dev-patient-app, patient/*.rs, patient, Patient/alice",
        "dev-patient-app, patient/*.rs, purpose_of_use, PATRQT"
    })
    void refusesWhatThePartnerMayNotSay(String clientId, String scope, String parameter, String value) {
        ask(clientId, Map.of("scope", scope, parameter, value))
                .statusCode(400)
                .body("error", equalTo("invalid_request"));
    }

    @Test
    void isDiscovered() {
        given().get(ISSUER + "/.well-known/oauth-authorization-server")
                .then()
                .statusCode(200)
                .body("issuer", equalTo(ISSUER))
                .body("token_endpoint", equalTo(server.tokenEndpoint().toString()))
                .body("jwks_uri", equalTo(ISSUER + "/oauth2/jwks"))
                .body("registration_endpoint", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"oauth-authorization-server", "openid-configuration"})
    void promisesWhatItsClientsCanDo(String document) {
        var keyOrSecret = List.of("client_secret_basic", "client_secret_post", "private_key_jwt");
        var methods = List.of("client_secret_basic", "client_secret_post", "private_key_jwt", "none");
        given().get(ISSUER + "/.well-known/" + document)
                .then()
                .statusCode(200)
                .header("Set-Cookie", nullValue())
                .body("authorization_endpoint", equalTo(ISSUER + "/oauth2/authorize"))
                .body("introspection_endpoint", equalTo(ISSUER + "/oauth2/introspect"))
                .body("revocation_endpoint", equalTo(ISSUER + "/oauth2/revoke"))
                .body(
                        "grant_types_supported",
                        equalTo(List.of("authorization_code", "client_credentials", "refresh_token")))
                .body("response_types_supported", equalTo(List.of("code")))
                .body("code_challenge_methods_supported", equalTo(List.of("S256")))
                .body("token_endpoint_auth_methods_supported", equalTo(methods))
                .body("revocation_endpoint_auth_methods_supported", equalTo(methods))
                .body("introspection_endpoint_auth_methods_supported", equalTo(keyOrSecret))
                .body("token_endpoint_auth_signing_alg_values_supported", equalTo(List.of("ES384", "RS384")))
                .body("scopes_supported", hasItems("openid", "fhirUser", "launch/patient", "offline_access"))
                .body("device_authorization_endpoint", nullValue())
                .body("end_session_endpoint", nullValue());
    }

    @Test
    void publishesItsKeyWithoutTheSecretHalf() {
        given().get(ISSUER + "/oauth2/jwks")
                .then()
                .statusCode(200)
                .body("keys.size()", equalTo(1))
                .body("keys[0].kty", equalTo("RSA"))
                .body("keys[0].d", equalTo(null));
    }

    @Test
    void keepsItsKeyToItselfAndOverARestart() throws IOException {
        var file = directory.resolve("development-only-signing-key.json");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(SigningKey.in(directory)).isEqualTo(SigningKey.in(directory));
    }

    @Test
    void answersNothingElse() {
        given().get(ISSUER + "/").then().statusCode(401).header("Set-Cookie", nullValue());
    }

    @Test
    void isNotReachedUnderANameThatPointsHere() {
        given().header("Host", "rebound.example.org:" + PORT)
                .get(ISSUER + "/oauth2/jwks")
                .then()
                .statusCode(400);
    }

    @Test
    void listensOnLoopbackOnly() throws IOException {
        for (var network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (var address : Collections.list(network.getInetAddresses())) {
                if (!address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> new Socket(address, PORT).close()).isInstanceOf(ConnectException.class);
                }
            }
        }
    }

    @Test
    void refusesProductionMode() {
        var production = Settings.with(directory, Ports.free(), Map.of("accord.mode", "PRODUCTION"));

        assertThatThrownBy(() -> DevelopmentAuthorizationServer.start(production, "127.0.0.1", List::of))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("production")
                .hasMessageContaining("accord.token.issuer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", ""})
    void refusesAServerOpenToOtherMachines(String address) {
        var settings = Settings.of(directory, Ports.free());

        assertThatThrownBy(() -> DevelopmentAuthorizationServer.start(settings, address, List::of))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("server.address");
    }

    @Test
    void namesThePortThatIsTaken() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var settings = Settings.of(directory, other.getLocalPort());

            assertThatThrownBy(() -> DevelopmentAuthorizationServer.start(settings, "localhost", List::of))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("accord.development.issuer-port");
        }
    }

    private static Map<String, String> example(DevelopmentPartner partner) {
        return partner.isPatientApp()
                ? Map.of("scope", partner.exampleScope(), "patient", "alice")
                : Map.of("scope", partner.exampleScope());
    }

    private static ValidatableResponse ask(String clientId, Map<String, String> parameters) {
        return ask(DevelopmentPartner.withClientId(clientId).orElseThrow(), parameters);
    }

    private static ValidatableResponse ask(DevelopmentPartner partner, Map<String, String> parameters) {
        return given().auth()
                .preemptive()
                .basic(partner.clientId(), partner.secret())
                .formParam("grant_type", "client_credentials")
                .formParams(parameters)
                .post(server.tokenEndpoint())
                .then();
    }

    /** As a resource server does that knows the issuer's address and nothing else. */
    private static Jwt decode(ValidatableResponse response) {
        return JwtDecoders.fromIssuerLocation(ISSUER).decode(response.extract().path("access_token"));
    }
}
