package org.accordhie.local;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.accordhie.local.DevelopmentPatients.PatientRecord;
import org.accordhie.local.DevelopmentPatients.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoders;

/** A patient's app that a patient launches by themselves: SMART App Launch 2.2.0, "Launch App: Standalone Launch". */
class StandaloneLaunchTest {

    private static final String APP = DevelopmentPartner.PUBLIC_APP;
    private static final String BASE = "http://127.0.0.1:8080/fhir";
    private static final String REDIRECT = "http://127.0.0.1:3000/index.html";
    private static final String VERIFIER = "a-verifier-of-43-characters-or-more-0123456789";
    private static final String SCOPES = "launch/patient openid fhirUser offline_access patient/*.rs";
    private static final int PORT = Ports.free();
    private static final URI ISSUER = URI.create("http://127.0.0.1:" + PORT);

    private static final List<Person> PEOPLE = List.of(
            new Person(
                    "alice",
                    "Alice <Moss>",
                    "1970-01-01",
                    List.of(new PatientRecord("a1", "Lakeside"), new PatientRecord("a2", "Riverside"))),
            new Person("bob", "Bob Fern", "", List.of(new PatientRecord("b1", "Lakeside"))));

    @TempDir
    static Path directory;

    private static DevelopmentAuthorizationServer server;

    @BeforeAll
    static void start() {
        server = DevelopmentAuthorizationServer.start(Settings.of(directory, PORT), "127.0.0.1", () -> PEOPLE);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void endsWithATokenAboutThePatientWhoWasPicked() {
        var back = browser().launch(request(), "alice", "a2");

        assertThat(back.toString()).startsWith(REDIRECT + "?");
        var parameters = LaunchBrowser.parameters(back);
        assertThat(parameters).containsEntry("state", "the app's own & state").containsOnlyKeys("code", "state");
        var answer = redeem(LaunchBrowser.code(back))
                .statusCode(200)
                .header("Cache-Control", containsString("no-store"))
                .header("Pragma", equalTo("no-cache"))
                .body("token_type", equalTo("Bearer"))
                .body("expires_in", lessThanOrEqualTo(300))
                .body("patient", equalTo("a2"));
        assertThat(scopes(answer)).isEqualTo(Set.of(SCOPES.split(" ", -1)));
        var token = decode(answer, "access_token");
        assertThat(token.getAudience()).containsExactly(BASE);
        assertThat(token.getClaimAsString("patient")).isEqualTo("a2");
        assertThat(token.getClaimAsString("fhirUser")).isEqualTo(BASE + "/Patient/a2");
        assertThat(token.getClaimAsString("client_id")).isEqualTo(APP);
        assertThat(token.getSubject()).isEqualTo("alice");
        assertThat(token.getClaimAsMap("extensions").toString()).contains("PATRQT");
    }

    @Test
    void saysWhoTheUserIsInAnIdToken() {
        var answer = tokens(request());

        var identity = decode(answer, "id_token");
        assertThat(identity.getAudience()).containsExactly(APP);
        assertThat(identity.getSubject()).isEqualTo("alice");
        assertThat(identity.getClaimAsString("fhirUser")).isEqualTo(BASE + "/Patient/a1");
        assertThat(identity.getClaimAsString("nonce")).isEqualTo("n-1");
        given().header("Authorization", "Bearer " + answer.extract().path("access_token"))
                .get(ISSUER + "/userinfo")
                .then()
                .statusCode(200)
                .body("sub", equalTo("alice"))
                .body("fhirUser", equalTo(BASE + "/Patient/a1"));
    }

    @Test
    void asksForEachScopeAndHandsOverWhatWasPermitted() {
        var back = browser().launch(request(), "alice", "a1", "launch/patient", "offline_access");

        var answer = redeem(LaunchBrowser.code(back))
                .statusCode(200)
                .body("patient", nullValue())
                .body("refresh_token", nullValue());
        assertThat(scopes(answer)).isEqualTo(Set.of("openid", "fhirUser", "patient/*.rs"));
        assertThat(decode(answer, "access_token").hasClaim("patient")).isFalse();
    }

    @Test
    void isRefusedIfNothingIsPermitted() {
        var back = browser().launch(request(), "alice", "a1", SCOPES.split(" ", -1));

        assertThat(LaunchBrowser.parameters(back))
                .containsEntry("error", "access_denied")
                .containsEntry("state", "the app's own & state");
    }

    @Test
    void showsPagesThatSayWhatTheyAreAndWorkWithoutAMouse() {
        var browser = browser();
        var picker = browser.picker(request(), "alice");

        assertThat(picker.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
        assertThat(picker.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(picker.body())
                .contains(
                        "<html lang=\"en\"", "Development only", "Alice &lt;Moss&gt;", "<legend>Your records</legend>")
                .contains("<label for=\"patient-1\">Patient/a2, kept by Riverside</label>")
                .doesNotContain("Patient/b1", "value=\"b1\"");
        assertThat(browser.get(ISSUER.resolve("/development.css")).body()).contains(":focus-visible");
    }

    @Test
    void isAboutNobodyElse() {
        var browser = browser();
        var form = LaunchBrowser.hidden(browser.picker(request(), "alice").body());
        form.put("patient", "b1");

        assertThat(browser.post("/launch/patient", LaunchBrowser.encode(form)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void cannotPassThePickerBy() {
        var browser = browser();
        var form = LaunchBrowser.hidden(browser.picker(request(), "alice").body());

        var answer = browser.post(
                "/oauth2/authorize",
                LaunchBrowser.encode(Map.of("client_id", APP, "state", form.get("state"), "scope", "patient/*.rs")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void isDecidedByWhoeverSignedIn() {
        var state = LaunchBrowser.hidden(browser().picker(request(), "alice").body())
                .get("state");
        var other = browser();
        other.picker(request(), "bob");

        assertThat(other.get(ISSUER.resolve("/launch/patient?" + LaunchBrowser.encode(Map.of("state", state))))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void letsNobodyInWhoIsUnknown() {
        var browser = browser();
        var form = LaunchBrowser.hidden(
                browser.get(browser.location(browser.authorize(request()))).body());
        form.put("username", "mallory");

        assertThat(browser.location(browser.post("/login", LaunchBrowser.encode(form))))
                .hasToString(ISSUER + "/login?error");
        assertThat(browser.post("/login", "username=alice").statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "code_challenge_method, plain, invalid_request",
        "code_challenge_method, '', invalid_request",
        "code_challenge, '', invalid_request",
        "aud, '', invalid_request",
        "aud, http://127.0.0.1:8080/fhir/, invalid_request",
        "aud, https://elsewhere.example.org/fhir, invalid_request",
        "scope, '', invalid_scope",
        "scope, launch/patient patient/*.cruds, invalid_scope",
        "scope, launch/patient system/*.rs, invalid_scope",
        "scope, launch, invalid_scope",
        "scope, launch/patient made_up, invalid_scope",
        "response_type, token, unsupported_response_type"
    })
    void tellsTheAppWhatIsWrong(String parameter, String value, String error) {
        var response = browser().authorize(changed(parameter, value));

        if (error.equals("unsupported_response_type")) {
            assertThat(response.statusCode()).isEqualTo(400);
            return;
        }
        var back = browser().location(response);
        assertThat(back.toString()).startsWith(REDIRECT);
        assertThat(LaunchBrowser.parameters(back))
                .containsEntry("error", error)
                .containsEntry("state", "the app's own & state");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:3000/index.htm",
                "http://127.0.0.1:3000/index.html?x=1",
                "http://127.0.0.1:3001/index.html",
                "http://localhost:3000/index.html",
                "https://127.0.0.1:3000/index.html",
                "http://127.0.0.1:3000/index.html/",
                "http://127.0.0.1:3000/INDEX.html",
                "https://elsewhere.example.org/",
                ""
            })
    void neverSendsAnybodyToAnAddressThatIsNotRegistered(String redirectUri) {
        var response = browser().authorize(changed("redirect_uri", redirectUri));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Location")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "https://elsewhere.example.org/"})
    void launchesNothingForAClientThatIsNoApp(String redirectUri) {
        var request = changed("redirect_uri", redirectUri);
        request.put("client_id", "dev-riverside-clinic");

        var response = browser().authorize(request);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Location")).isEmpty();
        assertThat(response.body()).contains("Development only").doesNotContain("Tomcat");
    }

    @Test
    void redeemsACodeOnceAndTakesBackWhatASecondUseWouldSteal() {
        var code = LaunchBrowser.code(browser().launch(request(), "alice", "a1"));
        var first = redeem(code).statusCode(200);

        redeem(code).statusCode(400).body("error", equalTo("invalid_grant"));
        refresh(first.extract().path("refresh_token"), Map.of()).statusCode(400);
        introspect(first.extract().path("access_token")).body("active", equalTo(false));
    }

    @ParameterizedTest
    @CsvSource({
        "code_verifier, another-verifier-of-43-characters-or-more-01234, invalid_grant",
        "code_verifier, '', invalid_grant",
        "redirect_uri, http://127.0.0.1:3000/index.htm, invalid_grant",
        "code, made-up, invalid_grant",
        "client_id, dev-riverside-clinic, invalid_client"
    })
    void redeemsNoCodeForSomebodyElse(String parameter, String value, String error) {
        var code = LaunchBrowser.code(browser().launch(request(), "alice", "a1"));
        var form = new HashMap<>(codeForm(code));
        form.put(parameter, value);
        if (value.isEmpty()) {
            form.remove(parameter);
        }

        given().formParams(form).post(server.tokenEndpoint()).then().body("error", equalTo(error));
    }

    @Test
    void refreshesWithATokenThatIsReplacedEachTime() {
        var first = tokens(request());
        var second = refresh(first.extract().path("refresh_token"), Map.of())
                .statusCode(200)
                .body("patient", equalTo("a1"));

        assertThat(second.extract().<String>path("refresh_token"))
                .isNotEqualTo(first.extract().path("refresh_token"));
        assertThat(decode(second, "access_token").getClaimAsString("patient")).isEqualTo("a1");
    }

    @Test
    void endsTheAuthorizationWhenARefreshTokenComesTwice() {
        String first = tokens(request()).extract().path("refresh_token");
        var second = refresh(first, Map.of()).statusCode(200);

        refresh(first, Map.of()).statusCode(400).body("error", equalTo("invalid_grant"));
        refresh(second.extract().path("refresh_token"), Map.of())
                .statusCode(400)
                .body("error", equalTo("invalid_grant"));
        introspect(second.extract().path("access_token")).body("active", equalTo(false));
    }

    @Test
    void narrowsScopesOnRefreshAndNeverWidensThem() {
        var narrow = refresh(tokens(request()).extract().path("refresh_token"), Map.of("scope", "openid patient/*.rs"))
                .statusCode(200)
                .body("patient", nullValue());
        assertThat(scopes(narrow)).isEqualTo(Set.of("openid", "patient/*.rs"));

        refresh(narrow.extract().path("refresh_token"), Map.of("scope", "patient/*.rs patient/Consent.cu"))
                .statusCode(400)
                .body("error", equalTo("invalid_scope"));
    }

    @Test
    void needNotNameItselfToRefreshAndNamesNobodyElse() {
        String token = tokens(request()).extract().path("refresh_token");

        refresh(token, Map.of("client_id", "dev-riverside-clinic")).statusCode(401);
        given().formParams(Map.of("grant_type", "refresh_token", "refresh_token", token))
                .post(server.tokenEndpoint())
                .then()
                .statusCode(200)
                .body("patient", equalTo("a1"));
        given().formParams(Map.of("grant_type", "refresh_token", "refresh_token", token))
                .post(server.tokenEndpoint())
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_grant"));
    }

    @Test
    void getsNoRefreshTokenWithoutAskingForOne() {
        tokens(changed("scope", "launch/patient patient/*.rs")).body("refresh_token", nullValue());
        assertThat(tokens(changed("scope", "launch/patient online_access patient/*.rs"))
                        .extract()
                        .<String>path("refresh_token"))
                .isNotBlank();
    }

    @Test
    void isIntrospectedByAClientThatSaysWhoItIs() {
        String token = tokens(request()).extract().path("access_token");

        var answer = introspect(token)
                .statusCode(200)
                .body("active", equalTo(true))
                .body("client_id", equalTo(APP))
                .body("patient", equalTo("a1"))
                .body("iss", equalTo(ISSUER.toString()))
                .body("sub", equalTo("alice"))
                .body("fhirUser", equalTo(BASE + "/Patient/a1"));
        assertThat(scopes(answer)).isEqualTo(Set.of(SCOPES.split(" ", -1)));
        assertThat(answer.extract().<Integer>path("exp")).isPositive();
        introspect("made-up")
                .statusCode(200)
                .body("$", hasEntry("active", false))
                .body("size()", equalTo(1));
        given().formParams(Map.of("token", token, "client_id", APP))
                .post(ISSUER + "/oauth2/introspect")
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"access_token", "refresh_token"})
    void isRevoked(String kind) {
        var tokens = tokens(request());
        given().formParams(Map.of("token", tokens.extract().path(kind), "client_id", APP))
                .post(ISSUER + "/oauth2/revoke")
                .then()
                .statusCode(200);

        introspect(tokens.extract().path("access_token")).body("active", equalTo(false));
        if (kind.equals("refresh_token")) {
            refresh(tokens.extract().path("refresh_token"), Map.of()).statusCode(400);
        }
    }

    @Test
    void answersWebAppsOfRegisteredOriginsOnly() {
        preflight("http://127.0.0.1:3000")
                .statusCode(200)
                .header("Access-Control-Allow-Origin", "http://127.0.0.1:3000");
        preflight("http://127.0.0.1:3001").statusCode(403).header("Access-Control-Allow-Origin", nullValue());
    }

    private static ValidatableResponse preflight(String origin) {
        return given().header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type")
                .options(server.tokenEndpoint())
                .then();
    }

    private static LaunchBrowser browser() {
        return new LaunchBrowser(ISSUER);
    }

    private static Map<String, String> request() {
        return Map.of(
                "response_type",
                "code",
                "client_id",
                APP,
                "redirect_uri",
                REDIRECT,
                "scope",
                SCOPES,
                "state",
                "the app's own & state",
                "aud",
                BASE,
                "nonce",
                "n-1",
                "code_challenge",
                LaunchBrowser.challenge(VERIFIER),
                "code_challenge_method",
                "S256");
    }

    private static Map<String, String> changed(String parameter, String value) {
        var request = new HashMap<>(request());
        request.put(parameter, value);
        if (value.isEmpty()) {
            request.remove(parameter);
        }
        return request;
    }

    private static ValidatableResponse tokens(Map<String, String> request) {
        var back = browser().launch(request, "alice", "a1");
        return redeem(LaunchBrowser.code(back)).statusCode(200);
    }

    private static Map<String, String> codeForm(String code) {
        return Map.of(
                "grant_type", "authorization_code",
                "code", code,
                "redirect_uri", REDIRECT,
                "client_id", APP,
                "code_verifier", VERIFIER);
    }

    private static ValidatableResponse redeem(String code) {
        return given().formParams(codeForm(code)).post(server.tokenEndpoint()).then();
    }

    private static ValidatableResponse refresh(String token, Map<String, String> changes) {
        var form = new HashMap<>(Map.of("grant_type", "refresh_token", "refresh_token", token, "client_id", APP));
        form.putAll(changes);
        return given().formParams(form).post(server.tokenEndpoint()).then();
    }

    private static ValidatableResponse introspect(String token) {
        return given().auth()
                .preemptive()
                .basic("dev-riverside-clinic", "development-only-riverside-clinic")
                .formParam("token", token)
                .post(ISSUER + "/oauth2/introspect")
                .then();
    }

    private static Set<String> scopes(ValidatableResponse answer) {
        return Set.copyOf(Arrays.asList(answer.extract().<String>path("scope").split(" ", -1)));
    }

    private static Jwt decode(ValidatableResponse answer, String token) {
        return JwtDecoders.fromIssuerLocation(ISSUER.toString())
                .decode(answer.extract().path(token));
    }
}
