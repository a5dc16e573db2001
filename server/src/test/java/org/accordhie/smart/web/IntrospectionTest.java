package org.accordhie.smart.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.accordhie.smart.http.DocumentFetch;
import org.accordhie.smart.http.IssuerMetadata;
import org.accordhie.smart.http.TestIssuer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

@DisplayName("T7, T10: the issuer is asked about tokens")
class IntrospectionTest {

    private static final String OPAQUE = "2YotnFZFEjr1zCsicMWpAA";
    private static final String ENDPOINT = "/introspect";

    private final TestIssuer issuer = new TestIssuer(Tokens.KEY);
    private final Tokens tokens = new Tokens(issuer.uri());
    private final TrustedIssuers issuers = new TrustedIssuers(new DocumentFetch());
    private final Map<String, Object> answer = new HashMap<>();
    private volatile String asked = "";
    private volatile String credentials = "";
    private volatile Instant now = Instant.now();

    @BeforeEach
    void answerActive() {
        answer.putAll(Map.of(
                "active",
                true,
                "scope",
                "patient/*.rs launch/patient",
                "client_id",
                "app",
                "aud",
                Tokens.AUDIENCE,
                "exp",
                now.plusSeconds(300).getEpochSecond(),
                "patient",
                "alice"));
        issuer.answer(ENDPOINT, (authorization, form) -> {
            credentials = authorization;
            asked = form;
            return JSONObjectUtils.toJSONString(answer);
        });
    }

    @AfterEach
    void stop() throws Exception {
        issuers.close();
        issuer.close();
    }

    @Test
    @DisplayName("T7: the answer about an opaque token is read as the claims of a JWT are")
    void readsTheAnswerAsClaims() {
        var verified = opaque().verify(OPAQUE);

        assertThat(verified.claims())
                .containsEntry("client_id", "app")
                .containsEntry("scope", "patient/*.rs launch/patient")
                .containsEntry("patient", "alice");
        assertThat(asked).isEqualTo("token=" + OPAQUE + "&token_type_hint=access_token");
        assertThat(new String(
                        Base64.getDecoder().decode(credentials.substring("Basic ".length())), StandardCharsets.UTF_8))
                .isEqualTo("accord:s%26cret");
    }

    @Test
    @DisplayName("T7: a token that is not active is refused, whatever else is said")
    void refusesWhatIsNotActive() {
        answer.put("active", false);

        assertThatThrownBy(() -> opaque().verify(OPAQUE)).isInstanceOf(InvalidBearerTokenException.class);
    }

    static List<Map<String, Object>> otherAnswers() {
        return List.of(
                Map.of("aud", "https://elsewhere.example/fhir"),
                Map.of("aud", List.of()),
                Map.of("iss", "https://elsewhere.example"),
                Map.of("exp", 1),
                Map.of("nbf", Instant.now().plusSeconds(3600).getEpochSecond()),
                Map.of("client_id", "a|b"),
                Map.of("cnf", Map.of("jkt", "x")));
    }

    @ParameterizedTest
    @MethodSource("otherAnswers")
    @DisplayName("T1, T2, T8: the same rules hold as for a JWT")
    void holdsTheAnswerToTheSameRules(Map<String, Object> change) {
        answer.putAll(change);

        assertThatThrownBy(() -> opaque().verify(OPAQUE)).isInstanceOf(InvalidBearerTokenException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aud", "exp"})
    @DisplayName("T2, T7: an answer that does not say for whom and until when is refused")
    void refusesAnAnswerWithout(String claim) {
        answer.remove(claim);

        assertThatThrownBy(() -> opaque().verify(OPAQUE)).isInstanceOf(InvalidBearerTokenException.class);
    }

    @Test
    @DisplayName("T7: a token that cannot be asked about is neither accepted nor called bad")
    void failsClosed() {
        var access = opaque();
        issuer.setDown(true);
        assertThatThrownBy(() -> access.verify(OPAQUE)).isInstanceOf(AuthenticationServiceException.class);

        issuer.setDown(false);
        answer.put("active", "true");
        assertThatThrownBy(() -> access.verify(OPAQUE)).isInstanceOf(AuthenticationServiceException.class);

        answer.put("active", true);
        answer.put("exp", "soon");
        assertThatThrownBy(() -> access.verify(OPAQUE)).isInstanceOf(AuthenticationServiceException.class);
    }

    @Test
    @DisplayName("T10: a revoked opaque token works for as long as an answer is used, and no longer")
    void feelsRevocationWhenTheAnswerIsOld() {
        var access = opaque();
        access.verify(OPAQUE);
        answer.put("active", false);
        now = now.plus(Duration.ofMillis(4900));
        access.verify(OPAQUE);
        assertThat(issuer.asked(ENDPOINT)).isOne();

        now = now.plus(Duration.ofMillis(200));

        assertThatThrownBy(() -> access.verify(OPAQUE)).isInstanceOf(InvalidBearerTokenException.class);
    }

    @Test
    @DisplayName("T10: where no answer is used again, a revoked token is refused at once")
    void asksEachTimeIfToldTo() {
        var access = asking(Map.of("introspection.opaque-tokens", "true", "introspection.cache", "0s"));
        access.verify(OPAQUE);
        answer.put("active", false);

        assertThatThrownBy(() -> access.verify(OPAQUE)).isInstanceOf(InvalidBearerTokenException.class);
    }

    @Test
    @DisplayName(
            "T10: a revoked JWT is refused where the issuer is asked about JWTs too; its claims stay those it was signed with")
    void asksAboutSignedTokens() {
        var access = asking(Map.of("introspection.signed-tokens", "true"));
        var token = tokens.good();
        assertThat(access.verify(token).claims()).containsEntry("client_id", "clinic");

        answer.put("active", false);
        now = now.plusSeconds(6);

        assertThatThrownBy(() -> access.verify(token)).isInstanceOf(InvalidBearerTokenException.class);
    }

    @Test
    @DisplayName("T7: a JWT with a bad signature is not asked about")
    void asksNothingAboutABadSignature() {
        var access = asking(Map.of("introspection.signed-tokens", "true", "introspection.opaque-tokens", "true"));

        assertThatThrownBy(() -> access.verify(tokens.good().replaceAll("[^.]{8}$", "AAAAAAAA")))
                .isInstanceOf(InvalidBearerTokenException.class);

        assertThat(issuer.asked(ENDPOINT)).isZero();
    }

    @Test
    @DisplayName("T7: where no issuer gives opaque tokens, nobody is asked about one")
    void asksNothingAboutOpaqueTokensUnlessTold() {
        assertThatThrownBy(() ->
                        asking(Map.of("introspection.signed-tokens", "true")).verify(OPAQUE))
                .isInstanceOf(InvalidBearerTokenException.class);

        assertThat(issuer.asked(ENDPOINT)).isZero();
    }

    @Test
    @DisplayName("the address to ask at is the issuer's own word where the settings name none")
    void asksWhereTheIssuerSays() {
        issuer.describe(Map.of("introspection_endpoint", issuer.uri() + ENDPOINT));

        assertThat(asking(Map.of("introspection.opaque-tokens", "true", "introspection.endpoint", ""))
                        .verify(OPAQUE)
                        .claims())
                .containsEntry("client_id", "app");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "introspection.client-id=",
                "introspection.client-secret=",
                "introspection.endpoint=http://issuer.example/i"
            })
    void theServerDoesNotStartWithSettingsThatCannotWork(String setting) {
        var wrong = new HashMap<>(Map.of("introspection.opaque-tokens", "true"));
        wrong.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));

        assertThatIllegalStateException().isThrownBy(() -> asking(wrong));
    }

    @Test
    void theServerDoesNotStartWithTwoIssuersOfOpaqueTokens() {
        opaque();
        var other = settings("https://other.example", Map.of("introspection.opaque-tokens", "true"));

        assertThatIllegalStateException().isThrownBy(() -> asking(other));
    }

    @Test
    void theSecretIsInNoLog() {
        assertThat(Tokens.settings(issuer.uri(), Map.of("introspection.client-secret", "s&cret"))
                        .toString())
                .doesNotContain("s&cret");
    }

    private AccessTokens opaque() {
        return asking(Map.of("introspection.opaque-tokens", "true"));
    }

    private AccessTokens asking(Map<String, String> further) {
        var settings = settings(issuer.uri().toString(), further);
        var named = Tokens.settings(URI.create(settings.get("issuer")), settings);
        issuers.add(named, new IssuerMetadata(named.issuer(), new DocumentFetch(), InstantSource.system()), "");
        return new AccessTokens(issuers.all(), () -> now);
    }

    private Map<String, String> settings(String of, Map<String, String> further) {
        var settings = new HashMap<>(Map.of(
                "issuer",
                of,
                "introspection.client-id",
                "accord",
                "introspection.client-secret",
                "s&cret",
                "introspection.endpoint",
                issuer.uri() + ENDPOINT));
        settings.putAll(further);
        return settings;
    }
}
