package org.accordhie.smart.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.accordhie.fhirserver.TrustedIssuer;
import org.accordhie.smart.http.DocumentFetch;
import org.accordhie.smart.http.IssuerMetadata;
import org.accordhie.smart.http.TestIssuer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

@DisplayName("T1, T5, T9: several trusted issuers, each with its own keys, names of claims and bounds")
class TrustedIssuersTest {

    private static final Map<String, String> ITS_OWN_NAMES = Map.of(
            "patient-claim", "launch_response_patient",
            "client-claims", "appid",
            "scope-claims", "roles,scp",
            "max-lifetime", "1h");

    private final TestIssuer clinics = new TestIssuer(Tokens.KEY);
    private final TestIssuer apps = new TestIssuer(Tokens.STRANGERS_KEY);
    private volatile Instant now = Instant.now();
    private final TrustedIssuers issuers = new TrustedIssuers(new DocumentFetch());
    private final AccessTokens access = trustingBoth();

    @AfterEach
    void stop() throws Exception {
        issuers.close();
        clinics.close();
        apps.close();
    }

    @Test
    @DisplayName("T1: each issuer's tokens are verified with its own keys")
    void eachIssuersTokensAreAccepted() {
        assertThat(access.verify(of(clinics, Tokens.KEY, c -> c)).claims()).containsEntry("client_id", "clinic");
        assertThat(access.verify(of(apps, Tokens.STRANGERS_KEY, c -> c.claim("appid", "app")))
                        .claims())
                .containsEntry("client_id", apps.uri() + "|app");
    }

    @Test
    @DisplayName("T1: an issuer's key signs no other issuer's tokens, though both keys have one id")
    void anIssuersKeySignsNoOtherIssuersTokens() {
        assertInvalid(of(clinics, Tokens.STRANGERS_KEY, c -> c));
        assertInvalid(of(apps, Tokens.KEY, c -> c));
        assertInvalid(of(clinics, Tokens.KEY, c -> c.issuer(apps.uri().toString())));
    }

    @Test
    @DisplayName("T1: a token of an issuer that is not trusted makes nobody ask")
    void anIssuerThatIsNotTrustedIsNotAsked() {
        try (var stranger = new TestIssuer(Tokens.KEY)) {
            assertInvalid(of(stranger, Tokens.KEY, c -> c));

            assertThat(stranger.asked("/jwks")).isZero();
            assertThat(clinics.asked("/jwks")).isZero();
        }
    }

    @Test
    @DisplayName("a further issuer cannot speak for the clients of the first")
    void aFurtherIssuersClientsAreItsOwn() {
        var token =
                of(apps, Tokens.STRANGERS_KEY, c -> c.claim("appid", "clinic").claim("client_id", "clinic"));

        assertThat(access.verify(token).claims())
                .containsEntry("client_id", apps.uri() + "|clinic")
                .doesNotContainKey("appid");
    }

    @Test
    @DisplayName("T5: the client is in azp where there is no client_id, and the scopes in scp")
    void readsTheUsualNames() {
        var token = of(
                clinics,
                Tokens.KEY,
                c -> c.claim("client_id", null)
                        .claim("scope", null)
                        .claim("azp", "clinic")
                        .claim("scp", List.of("a b")));

        assertThat(access.verify(token).claims())
                .containsEntry("client_id", "clinic")
                .containsEntry("scope", List.of("a b"))
                .doesNotContainKeys("azp", "scp");
    }

    @Test
    @DisplayName("T5: an issuer's own names are read, and the usual ones of it are not")
    void readsTheIssuersOwnNames() {
        var token = of(
                apps,
                Tokens.STRANGERS_KEY,
                c -> c.claim("roles", "patient/*.rs")
                        .claim("launch_response_patient", "1")
                        .claim("patient", "2")
                        .claim("scope", "system/*.cruds"));

        assertThat(access.verify(token).claims())
                .containsEntry("scope", "patient/*.rs")
                .containsEntry("patient", "1")
                .doesNotContainKey("client_id");
    }

    @Test
    @DisplayName("T9: a token that lives longer than its issuer's may is refused, also if it does not say since when")
    void refusesTokensThatLiveTooLong() {
        assertThatCode(() -> access.verify(of(apps, Tokens.STRANGERS_KEY, lasting(Duration.ofHours(1)))))
                .doesNotThrowAnyException();
        assertInvalid(of(apps, Tokens.STRANGERS_KEY, lasting(Duration.ofSeconds(3601))));
        assertInvalid(of(apps, Tokens.STRANGERS_KEY, c -> c.issueTime(null)));
        assertThatCode(() -> access.verify(of(clinics, Tokens.KEY, lasting(Duration.ofHours(9)))))
                .doesNotThrowAnyException();
    }

    @Test
    @DisplayName("what was verified is used again until the token ends, and not beyond")
    void remembersAVerifiedTokenUntilItEnds() {
        var token = of(clinics, Tokens.KEY, c -> c.expirationTime(in(100)));
        var first = access.verify(token);

        assertThat(access.verify(token)).isSameAs(first);
        pass(Duration.ofSeconds(100));
        assertThat(access.verify(token)).as("within the skew").isNotSameAs(first);
        pass(Duration.ofSeconds(61));
        assertThatThrownBy(() -> access.verify(token)).isInstanceOf(TokenExpired.class);
    }

    @Test
    @DisplayName("what was verified is verified again after five minutes, when the key may be withdrawn")
    void remembersNoLongerThanTheKeysAreFresh() {
        var token = of(clinics, Tokens.KEY, c -> c.expirationTime(in(3600)));
        var first = access.verify(token);
        pass(Duration.ofSeconds(299));
        assertThat(access.verify(token)).isSameAs(first);

        pass(Duration.ofSeconds(2));

        assertThat(access.verify(token)).isNotSameAs(first);
    }

    @Test
    void theServerDoesNotStartWithOneIssuerTwice() {
        issuers.add(Tokens.settings(clinics.uri(), Map.of()), metadata(clinics.uri()), "x|");

        assertThatIllegalStateException().isThrownBy(() -> new AccessTokens(issuers.all(), () -> now));
    }

    private AccessTokens trustingBoth() {
        add(Tokens.settings(clinics.uri(), Map.of()), "");
        add(Tokens.settings(apps.uri(), ITS_OWN_NAMES), apps.uri() + "|");
        return new AccessTokens(issuers.all(), () -> now);
    }

    private void add(TrustedIssuer settings, String prefix) {
        issuers.add(settings, metadata(settings.issuer()), prefix);
    }

    private static IssuerMetadata metadata(URI issuer) {
        return new IssuerMetadata(issuer, new DocumentFetch(), InstantSource.system());
    }

    private void assertInvalid(String token) {
        assertThatThrownBy(() -> access.verify(token)).isInstanceOf(InvalidBearerTokenException.class);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private Date in(int seconds) {
        return Date.from(now.plusSeconds(seconds));
    }

    private static UnaryOperator<JWTClaimsSet.Builder> lasting(Duration lifetime) {
        return claims -> {
            var expiresAt = claims.build().getExpirationTime().toInstant();
            return claims.issueTime(Date.from(expiresAt.minus(lifetime)));
        };
    }

    private static String of(TestIssuer issuer, RSAKey key, UnaryOperator<JWTClaimsSet.Builder> change) {
        try {
            var claims = change.apply(new Tokens(issuer.uri()).claims()).build();
            return Tokens.signed(Tokens.header().build(), claims, new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
