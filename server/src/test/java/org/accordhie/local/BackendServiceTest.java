package org.accordhie.local;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A backend service that authenticates with a key: SMART App Launch 2.2.0, "Backend Services". */
class BackendServiceTest {

    private static final String CLINIC = "dev-riverside-clinic";
    private static final String HOSPITAL = "dev-lakeside-hospital";
    private static final String INSTITUTE = "dev-research-institute";
    private static final String BASE = "http://127.0.0.1:8080/fhir";
    private static final int PORT = Ports.free();

    private static final AtomicInteger FETCHES = new AtomicInteger();

    @TempDir
    static Path directory;

    private static JWK ownKey;
    private static HttpServer clientSite;
    private static DevelopmentAuthorizationServer server;

    @BeforeAll
    static void start() throws IOException, JOSEException {
        ownKey = new ECKeyGenerator(Curve.P_384)
                .algorithm(JWSAlgorithm.ES384)
                .keyID("own")
                .generate();
        var published = new JWKSet(ownKey.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        clientSite = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        clientSite.createContext("/jwks.json", exchange -> {
            FETCHES.incrementAndGet();
            exchange.getResponseHeaders().set("Cache-Control", "max-age=600");
            exchange.sendResponseHeaders(200, published.length);
            exchange.getResponseBody().write(published);
            exchange.close();
        });
        clientSite.start();
        var registrations = "accord.development.registrations.";
        var settings = Settings.with(
                directory,
                PORT,
                Map.of(
                        registrations + HOSPITAL + ".jwks-url",
                        clientKeys().toString(),
                        registrations + INSTITUTE + ".jwks",
                        new JWKSet(ownKey.toPublicJWK()).toString(),
                        registrations + INSTITUTE + ".scopes[0]",
                        "system/Observation.rs",
                        registrations + INSTITUTE + ".scopes[1]",
                        "system/Patient.r"));
        server = DevelopmentAuthorizationServer.start(settings, "127.0.0.1", List::of);
    }

    @AfterAll
    static void stop() {
        server.close();
        clientSite.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES384", "RS384"})
    void getsATokenWithoutNamingItselfElsewhere(String algorithm) throws ParseException {
        var answer = ask(assertion(CLINIC, key(algorithm)).signed(), Map.of("scope", "system/Patient.rs"))
                .statusCode(200)
                .header("Cache-Control", containsString("no-store"))
                .header("Pragma", equalTo("no-cache"))
                .body("token_type", equalTo("Bearer"))
                .body("expires_in", lessThanOrEqualTo(300))
                .body("scope", equalTo("system/Patient.rs"))
                .body("refresh_token", nullValue());

        var claims = SignedJWT.parse(answer.extract().path("access_token")).getJWTClaimsSet();
        assertThat(claims.getStringClaim("client_id")).isEqualTo(CLINIC);
        assertThat(claims.getAudience()).containsExactly(BASE);
    }

    @Test
    void getsFiveMinutesAlsoWhereTokensLiveLonger() throws ParseException {
        var settings = Settings.with(directory, Ports.free(), Map.of("accord.development.token-lifetime", "1h"));
        try (var lenient = DevelopmentAuthorizationServer.start(settings, "127.0.0.1", List::of)) {
            var assertion = new TestAssertion(CLINIC, lenient.tokenEndpoint(), key("ES384")).signed();

            send(lenient.tokenEndpoint(), assertion, Map.of("scope", "system/*.rs"))
                    .statusCode(200)
                    .body("expires_in", lessThanOrEqualTo(300));
        }
    }

    @Test
    void mayNameItselfTwiceIfItIsTheSame() {
        ask(assertion().signed(), Map.of("scope", "system/*.rs", "client_id", CLINIC))
                .statusCode(200);
        ask(assertion().signed(), Map.of("scope", "system/*.rs", "client_id", HOSPITAL))
                .statusCode(401)
                .body("error", equalTo("invalid_client"));
    }

    @Test
    void mayPublishItsKeysAndIsAskedForThemOnce() {
        for (var time = 0; time < 3; time++) {
            ask(
                            assertion(HOSPITAL, ownKey)
                                    .header(header -> header.jwkURL(clientKeys()))
                                    .signed(),
                            Map.of("scope", "system/*.rs"))
                    .statusCode(200);
        }
        assertThat(FETCHES).hasValue(1);
    }

    @Test
    void mayRegisterItsKeysInline() {
        ask(assertion(INSTITUTE, ownKey).signed(), Map.of("scope", "system/Patient.r"))
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "system/Observation.rs?category=laboratory",
                "system/Observation.r",
                "system/Observation.read",
                "system/Patient.r system/Observation.s"
            })
    void getsScopesWithinThoseRegistered(String scope) {
        ask(assertion(INSTITUTE, ownKey).signed(), Map.of("scope", scope)).statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "system/Patient.rs",
                "system/*.rs",
                "system/Observation.cruds",
                "system/Observation.rs system/Encounter.r",
                "patient/Observation.rs",
                "openid"
            })
    void getsNoScopesBeyondThem(String scope) {
        ask(assertion(INSTITUTE, ownKey).signed(), Map.of("scope", scope))
                .statusCode(400)
                .body("error", equalTo("invalid_scope"));
    }

    @Test
    void isRefusedASecondTokenForOneAssertion() {
        var assertion = assertion().signed();
        ask(assertion, Map.of("scope", "system/*.rs")).statusCode(200);

        ask(assertion, Map.of("scope", "system/*.rs")).statusCode(401).body("error", equalTo("invalid_client"));
    }

    static List<Arguments> badAssertions() throws JOSEException {
        var endpoint = server.tokenEndpoint().toString();
        var stranger = new ECKeyGenerator(Curve.P_384)
                .algorithm(JWSAlgorithm.ES384)
                .keyID(key("ES384").getKeyID())
                .generate();
        return List.of(
                bad(
                        "six minutes of life",
                        a -> a.claims(c -> c.expirationTime(TestAssertion.in(Duration.ofMinutes(6))))),
                bad("expired", a -> a.claims(c -> c.expirationTime(TestAssertion.in(Duration.ofSeconds(-2))))),
                bad("no expiry", a -> a.claims(c -> c.expirationTime(null))),
                bad("not yet valid", a -> a.claims(c -> c.notBeforeTime(TestAssertion.in(Duration.ofMinutes(1))))),
                bad("audience with a slash", a -> a.claims(c -> c.audience(endpoint + "/"))),
                bad("audience is the issuer", a -> a.claims(c -> c.audience("http://127.0.0.1:" + PORT))),
                bad("audience is the FHIR API", a -> a.claims(c -> c.audience(BASE))),
                bad(
                        "two audiences",
                        a -> a.claims(c -> c.audience(List.of(endpoint, "https://elsewhere.example.org")))),
                bad("no audience", a -> a.claims(c -> c.audience((String) null))),
                bad("no jti", a -> a.claims(c -> c.jwtID(null))),
                bad("blank jti", a -> a.claims(c -> c.jwtID(" "))),
                bad("another issuer", a -> a.claims(c -> c.issuer(HOSPITAL))),
                bad("no issuer", a -> a.claims(c -> c.issuer(null))),
                bad(
                        "another client's key",
                        a -> a.claims(c -> c.issuer(HOSPITAL).subject(HOSPITAL))),
                bad("unknown client", a -> a.claims(c -> c.issuer("nobody").subject("nobody"))),
                bad(
                        "public client",
                        a -> a.claims(
                                c -> c.issuer(DevelopmentPartner.PUBLIC_APP).subject(DevelopmentPartner.PUBLIC_APP))),
                bad("no subject", a -> a.claims(c -> c.subject(null))),
                bad("no kid", a -> a.header(h -> h.keyID(null))),
                bad("unknown kid", a -> a.header(h -> h.keyID("another"))),
                bad("typ of access tokens", a -> a.header(h -> h.type(new JOSEObjectType("at+jwt")))),
                bad("unregistered jku", a -> a.header(h -> h.jwkURL(clientKeys()))),
                Arguments.of("right kid, wrong key", assertion(CLINIC, stranger).signed()),
                Arguments.of("alg none", assertion().unsigned()),
                Arguments.of(
                        "alg HS256 with the secret", assertion().signedWithSecret("development-only-riverside-clinic")),
                Arguments.of("alg ES256", assertion(CLINIC, weak()).signed()),
                Arguments.of("not a JWT", "x.y.z"),
                Arguments.of("empty", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badAssertions")
    void isRefusedWithABadAssertion(String what, String assertion) {
        ask(assertion, Map.of("scope", "system/*.rs"))
                .statusCode(401)
                .body("error", equalTo("invalid_client"))
                .body("access_token", nullValue());
    }

    @Test
    void isRefusedAnotherTypeOfAssertion() {
        given().formParams(Map.of(
                        "grant_type", "client_credentials",
                        "scope", "system/*.rs",
                        "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer",
                        "client_assertion", assertion().signed()))
                .post(server.tokenEndpoint())
                .then()
                .statusCode(401)
                .body("error", equalTo("invalid_client"));
    }

    @Test
    void saysWhoAsksAndWhyInItsAssertion() throws ParseException {
        var b2b = Map.<String, Object>of(
                "version", "1",
                "organization_id", BASE + "/Organization/riverside-clinic",
                "organization_name", "A name the partner made up",
                "subject_name", "Dr. Ada Lind",
                "subject_id", "urn:oid:2.16.840.1.113883.4.6#1234567893",
                "subject_role", "207R00000X",
                "purpose_of_use", List.of("urn:oid:2.16.840.1.113883.5.8#TREAT", "urn:oid:2.16.840.1.113883.5.8#BTG"),
                "consent_reference", List.of(BASE + "/Consent/7"),
                "made_up", "left out");

        var answer = ask(
                assertion().business(b2b).signed(),
                Map.of("scope", "system/*.rs", "break_glass_patient", "p1", "break_glass_reason", "unconscious"));

        var extensions = SignedJWT.parse(answer.statusCode(200).extract().path("access_token"))
                .getJWTClaimsSet()
                .getJSONObjectClaim("extensions");
        assertThat(extensions.get("hl7-b2b"))
                .isEqualTo(Map.of(
                        "version", "1",
                        "organization_id", BASE + "/Organization/riverside-clinic",
                        "organization_name", "Riverside Clinic",
                        "subject_name", "Dr. Ada Lind",
                        "subject_id", "urn:oid:2.16.840.1.113883.4.6#1234567893",
                        "subject_role", "207R00000X",
                        "purpose_of_use",
                                List.of("urn:oid:2.16.840.1.113883.5.8#TREAT", "urn:oid:2.16.840.1.113883.5.8#BTG"),
                        "consent_reference", List.of(BASE + "/Consent/7")));
        assertThat(extensions).containsKey("accord_break_glass");
    }

    static List<Arguments> badBusiness() {
        var treat = List.of("urn:oid:2.16.840.1.113883.5.8#TREAT");
        return List.of(
                Arguments.of("organization_id", BASE + "/Organization/lakeside-hospital"),
                Arguments.of("organization_id", "Organization/riverside-clinic"),
                Arguments.of("version", "2"),
                Arguments.of("purpose_of_use", List.of()),
                Arguments.of("purpose_of_use", "urn:oid:2.16.840.1.113883.5.8#TREAT"),
                Arguments.of("purpose_of_use", List.of("urn:oid:2.16.840.1.113883.5.8#HRESCH")),
                Arguments.of("purpose_of_use", List.of(treat.get(0), "urn:oid:2.16.840.1.113883.5.8#HPAYMT")),
                Arguments.of("purpose_of_use", List.of(treat.get(0), treat.get(0))),
                Arguments.of("purpose_of_use", List.of("urn:oid:1.2.3#TREAT")),
                Arguments.of("consent_reference", List.of("Consent/7")),
                Arguments.of("consent_policy", "https://policies.example.org/1"),
                Arguments.of("subject_name", List.of("x")));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("badBusiness")
    void mayNotAssertMoreThanItIsRegisteredFor(String member, Object value) {
        var b2b = business();
        b2b.put(member, value);

        ask(assertion().business(b2b).signed(), Map.of("scope", "system/*.rs"))
                .statusCode(400)
                .body("error", equalTo("invalid_grant"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "organization_id", "purpose_of_use"})
    void saysWhatItsAssertionMustSay(String member) {
        var b2b = business();
        b2b.remove(member);

        ask(assertion().business(b2b).signed(), Map.of("scope", "system/*.rs"))
                .statusCode(400)
                .body("error", equalTo("invalid_grant"));
    }

    @Test
    void saysItsPurposeInOnePlace() {
        ask(assertion().business(business()).signed(), Map.of("scope", "system/*.rs", "purpose_of_use", "TREAT"))
                .statusCode(400)
                .body("error", equalTo("invalid_request"));
        ask(assertion().signed(), Map.of("scope", "system/*.rs", "purpose_of_use", "HPAYMT"))
                .statusCode(200);
    }

    @Test
    void findsItsKeysInAFileOfItsOwner() throws IOException {
        var file = directory.resolve("development-only-riverside-clinic.jwks.json");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void isNotRegisteredUnlessItIsAPartner() {
        var settings = Settings.with(
                directory,
                Ports.free(),
                Map.of("accord.development.registrations.nobody.jwks-url", "http://127.0.0.1/"));

        assertThatThrownBy(() -> DevelopmentAuthorizationServer.start(settings, "127.0.0.1", List::of))
                .rootCause()
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("`nobody`");
    }

    private static Arguments bad(String what, Function<TestAssertion, TestAssertion> change) {
        return Arguments.of(what, change.apply(assertion()).signed());
    }

    private static Map<String, Object> business() {
        return new HashMap<>(Map.of(
                "version",
                "1",
                "organization_id",
                BASE + "/Organization/riverside-clinic",
                "purpose_of_use",
                List.of("urn:oid:2.16.840.1.113883.5.8#TREAT")));
    }

    private static JWK weak() throws JOSEException {
        return new ECKeyGenerator(Curve.P_256)
                .algorithm(JWSAlgorithm.ES256)
                .keyID("weak")
                .generate();
    }

    private static URI clientKeys() {
        return URI.create("http://127.0.0.1:" + clientSite.getAddress().getPort() + "/jwks.json");
    }

    private static JWK key(String algorithm) {
        return ClientKeys.in(directory, DevelopmentPartner.withClientId(CLINIC).orElseThrow()).getKeys().stream()
                .filter(key -> key.getAlgorithm().getName().equals(algorithm))
                .findFirst()
                .orElseThrow();
    }

    private static TestAssertion assertion() {
        return assertion(CLINIC, key("ES384"));
    }

    private static TestAssertion assertion(String client, JWK key) {
        return new TestAssertion(client, server.tokenEndpoint(), key);
    }

    private static ValidatableResponse ask(String assertion, Map<String, String> parameters) {
        return send(server.tokenEndpoint(), assertion, parameters);
    }

    private static ValidatableResponse send(URI endpoint, String assertion, Map<String, String> parameters) {
        return given().formParam("grant_type", "client_credentials")
                .formParam("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .formParam("client_assertion", assertion)
                .formParams(parameters)
                .post(endpoint)
                .then();
    }
}
