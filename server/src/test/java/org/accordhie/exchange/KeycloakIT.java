package org.accordhie.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Registered.flag;
import static org.accordhie.exchange.Registered.organization;
import static org.accordhie.exchange.Registered.part;
import static org.accordhie.exchange.Registered.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.zaxxer.hikari.HikariDataSource;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.accordhie.local.LaunchBrowser;
import org.accordhie.local.TestAssertion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * A privacy officer registers a clinic, the command makes a realm of the registry, a stock Keycloak imports it, and the clinic comes
 * with Keycloak's tokens. Not part of the ordinary build: {@code mvn -Pkeycloak -pl server verify}.
 */
@ExchangeTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("sections 7 and 8: Keycloak in the place of the development authorization server")
class KeycloakIT {

    private static final URI ISSUER = URI.create("http://127.0.0.1:" + FreshExchange.freePort() + "/realms/accord");
    private static final String REDIRECT = "http://127.0.0.1:3000/index.html";
    private static final String VERIFIER = "a-verifier-of-43-characters-or-more-0123456789";
    private static final String LABORATORY = "system/Observation.rs?category=laboratory";

    @Autowired
    Exchange exchange;

    @Autowired
    @Qualifier("wholePool")
    HikariDataSource database;

    private final JWK clinicsKey = ellipticKey();
    private final JWK straysKey = rsaKey();
    private final Visit visit = Visit.of("alice");
    private String officers = "";
    private String alice = "";
    private Keycloak keycloak;

    @DynamicPropertySource
    static void trustKeycloak(DynamicPropertyRegistry settings) {
        trust().forEach((name, value) -> settings.add(name, () -> value));
    }

    private Map<String, String> settings() {
        var settings = new LinkedHashMap<>(trust());
        settings.put("accord.base-url", exchange.base());
        return settings;
    }

    private List<String> options() throws IOException {
        var directory = Files.createTempDirectory("keys");
        return List.of(
                "--issuer=" + ISSUER,
                "--keys=clinic=" + Files.writeString(directory.resolve("clinic"), keySet(clinicsKey)),
                "--keys=stray=" + Files.writeString(directory.resolve("stray"), keySet(straysKey)),
                "--app=app=" + REDIRECT);
    }

    private static Map<String, String> trust() {
        return Map.of(
                "accord.sample", "false",
                "accord.smart.further-issuers[0].issuer", ISSUER.toString(),
                "accord.smart.further-issuers[0].audiences[0]", "${accord.base-url}",
                "accord.smart.further-issuers[0].max-lifetime", "5m");
    }

    @BeforeAll
    void startKeycloakOnARealmOfTheRegistry() throws IOException, InterruptedException {
        pushAVisit();
        officers = address(officer().post("Organization", registration()));
        var realm = KeycloakRealm.printed(database, settings(), options());
        System.out.printf(
                "realm `%s`: %d clients, %d client scopes%n",
                realm.json().path("realm").asText(),
                realm.json().path("clients").size(),
                realm.json().path("clientScopes").size());
        realm.sendElsewhere("stray");
        keycloak = Keycloak.start(ISSUER, realm.json().toString());
    }

    @AfterAll
    void leaveNothing() throws InterruptedException {
        keycloak.stop();
        officer().delete(officers).then().statusCode(204);
    }

    @Test
    void aBackendServiceReadsExactlyWhatItMay() {
        var clinic = clinic("system/Patient.rs " + LABORATORY + " pou-TREAT");

        clinic.get(alice).then().statusCode(200);
        assertThat(clinic.search("Patient?_id=" + alice.substring("Patient/".length()))
                        .total())
                .isEqualTo(1);
        assertThat(clinic.search("Observation?patient=" + alice).total()).isEqualTo(1);
        assertThat(exchange.as(LAKESIDE_HOSPITAL)
                        .search("Observation?patient=" + alice)
                        .total())
                .isEqualTo(2);
        assertRefused(clinic.get("Condition?patient=" + alice));
        assertRefused(clinic.get("Encounter?patient=" + alice));
        assertRefused(clinic.post("Patient", "{\"resourceType\":\"Patient\"}"));
    }

    @Test
    void aTokenHasWhatWasAskedForAndNoMore() {
        var clinic = clinic("system/Patient.rs pou-HPAYMT");

        clinic.get(alice).then().statusCode(200);
        assertRefused(clinic.get("Observation?patient=" + alice));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "system/Condition.rs",
                "system/*.rs",
                "system/Observation.rs",
                "system/Patient.cruds",
                "patient/Patient.rs",
                "system/Practitioner.rs",
                "pou-HRESCH",
                "launch/patient"
            })
    void whatTheRegistryDoesNotAllowIsNoScopeOfTheClient(String scope) {
        keycloak.token(assertion("clinic", clinicsKey), "system/Patient.rs pou-TREAT " + scope)
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_scope"));
    }

    @Test
    void whoDoesNotSayWhyIsToldNothingOfPatients() {
        assertRefused(clinic("system/Patient.rs").get(alice));
    }

    @Test
    void anAssertionIsSignedByTheClientShortAndUsedOnce() {
        var scope = "system/Patient.rs pou-TREAT";
        var once = assertion("clinic", clinicsKey).claims(claims -> claims.jwtID("once"));

        keycloak.token(once, scope).then().statusCode(200);
        assertNoClient(keycloak.token(once, scope));
        assertNoClient(keycloak.token(assertion("clinic", ellipticKey()), scope));
        assertNoClient(keycloak.token(
                assertion("clinic", clinicsKey)
                        .claims(claims -> claims.expirationTime(TestAssertion.in(Duration.ofMinutes(10)))),
                scope));
        assertNoClient(keycloak.token(
                assertion("clinic", clinicsKey).claims(claims -> claims.audience("https://elsewhere.example.org")),
                scope));
    }

    @Test
    void aTokenForAnotherServerIsRefused() {
        var stray = token("stray", straysKey, "system/Patient.rs pou-TREAT");

        exchange.with(stray)
                .get(alice)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", containsString("invalid_token"));
    }

    @Test
    void aSuspendedPartnerIsRefusedAtOnceWithATokenItHolds() {
        var clinic = clinic("system/Patient.rs " + LABORATORY + " pou-TREAT");
        clinic.get(alice).then().statusCode(200);

        update(registration(flag("suspended")));
        assertRefused(clinic.get(alice));
        assertRefused(clinic("system/Patient.rs pou-TREAT").get(alice));

        update(registration());
        clinic.get(alice).then().statusCode(200);
    }

    @Test
    void theRegistryBoundsWhatKeycloakStillGives() {
        var clinic = clinic("system/Patient.rs " + LABORATORY + " pou-TREAT");
        assertThat(clinic.search("Observation?patient=" + alice).total()).isEqualTo(1);

        update(organization("New Clinic", Registered.clinic(ISSUER + "|clinic", "system/Patient.rs")));

        clinic.get(alice).then().statusCode(200);
        assertRefused(clinic.get("Observation?patient=" + alice));
        update(registration());
    }

    @Test
    void anAppMustProveThatItBeganTheLaunch() {
        var without = authorization("patient/*.rs").replaceFirst("&code_challenge=.*", "");

        var answer = RestAssured.given()
                .urlEncodingEnabled(false)
                .redirects()
                .follow(false)
                .get(without);

        assertThat(answer.header("Location")).startsWith(REDIRECT).contains("error=invalid_request");
    }

    private static String authorization(String scope) {
        return ISSUER + "/protocol/openid-connect/auth?response_type=code&client_id=app&state=1&redirect_uri="
                + URLEncoder.encode(REDIRECT, UTF_8)
                + "&scope=" + URLEncoder.encode(scope, UTF_8)
                + "&code_challenge=" + LaunchBrowser.challenge(VERIFIER) + "&code_challenge_method=S256";
    }

    private void pushAVisit() {
        var laboratory = Visit.entry(visit.name("laboratory"), "Observation", """
                {"resourceType":"Observation","status":"final","category":[{"coding":[{
                 "system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],
                 "code":{"coding":[{"system":"http://loinc.org","code":"2345-7"}]},
                 "subject":{"reference":"%s"}}""".formatted(visit.name("patient")));
        var hospital = exchange.as(LAKESIDE_HOSPITAL);
        hospital.post("", Visit.bundleOf(visit.entries() + "," + laboratory))
                .then()
                .statusCode(200);
        alice = hospital.search("Patient?identifier=" + visit.token()).matches().get(0);
    }

    private static String registration(String... further) {
        var clinic = with(
                Registered.clinic(ISSUER + "|clinic", "system/Patient.rs"),
                part("scope", "String", LABORATORY),
                part("purpose", "Code", "HPAYMT"));
        return organization(
                "New Clinic",
                further.length == 0 ? clinic : with(clinic, further),
                Registered.clinic(ISSUER + "|stray", "system/Patient.rs"),
                Registered.grant(
                        part("clientId", "String", ISSUER + "|app"),
                        part("scope", "String", "patient/*.rs"),
                        part("purpose", "Code", "PATRQT")));
    }

    private Caller clinic(String scope) {
        return exchange.with(token("clinic", clinicsKey, scope));
    }

    private String token(String client, JWK key, String scope) {
        var answer = keycloak.token(assertion(client, key), scope);
        answer.then().statusCode(200).body("token_type", equalTo("Bearer"));
        assertThat(answer.<Integer>path("expires_in")).isBetween(1, 300);
        return answer.path("access_token");
    }

    private TestAssertion assertion(String client, JWK key) {
        return new TestAssertion(client, keycloak.tokenEndpoint(), key);
    }

    private static void assertNoClient(Response answer) {
        answer.then().statusCode(equalTo(400)).body("error", equalTo("invalid_client"));
    }

    private static void assertRefused(Response answer) {
        answer.then().statusCode(403).header("WWW-Authenticate", containsString("insufficient_scope"));
    }

    private void update(String organization) {
        officer()
                .put(officers, Consents.withId(organization, officers.substring("Organization/".length())))
                .then()
                .statusCode(200);
    }

    private Caller officer() {
        return exchange.as(PRIVACY_OFFICER);
    }

    private static String address(Response created) {
        created.then().statusCode(201);
        return created.header("Location").replaceFirst(".*/([A-Z][A-Za-z]+/[^/]+)/_history.*", "$1");
    }

    private static String keySet(JWK key) {
        return new JWKSet(key).toString(false);
    }

    private static JWK ellipticKey() {
        try {
            return new ECKeyGenerator(Curve.P_384)
                    .algorithm(JWSAlgorithm.ES384)
                    .keyID("es384")
                    .generate();
        } catch (JOSEException missing) {
            throw new AssertionError(missing);
        }
    }

    private static JWK rsaKey() {
        try {
            return new RSAKeyGenerator(2048)
                    .algorithm(JWSAlgorithm.RS384)
                    .keyID("rs384")
                    .generate();
        } catch (JOSEException missing) {
            throw new AssertionError(missing);
        }
    }
}
