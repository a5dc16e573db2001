package org.accordhie.smart.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.accordhie.smart.http.DocumentFetch;
import org.accordhie.smart.http.IssuerMetadata;
import org.accordhie.smart.http.TestIssuer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

@DisplayName("T1, T2: a token that is not ours, not now, not signed by the issuer")
class TokenAttackTest {

    private static final List<String> ALGORITHMS = List.of("RS256", "RS384");

    private final TestIssuer issuer = new TestIssuer(Tokens.KEY);
    private final Tokens tokens = new Tokens(issuer.uri());
    private final DocumentFetch fetch = new DocumentFetch();
    private final TrustedIssuers issuers = new TrustedIssuers(fetch);
    private final AccessTokens access = trusting(ALGORITHMS);

    @AfterEach
    void stop() throws Exception {
        issuers.close();
        issuer.close();
    }

    static Stream<Attack> attacks() {
        return Stream.of(
                new Attack("alg none", t -> t.unsigned("{\"alg\":\"none\",\"typ\":\"at+jwt\"}")),
                new Attack("alg None", t -> t.unsigned("{\"alg\":\"None\",\"typ\":\"at+jwt\"}")),
                new Attack("no alg", t -> t.unsigned("{\"typ\":\"at+jwt\"}")),
                new Attack("no signature", t -> t.good().replaceAll("[^.]*$", "")),
                new Attack("another signature", t -> t.good().replaceAll("[^.]{8}$", "AAAAAAAA")),
                new Attack("HS256 with the public key", TokenAttackTest::confused),
                new Attack("a good algorithm that is not pinned", t -> t.withHeader(h -> headerOf(JWSAlgorithm.PS256))),
                new Attack("a stranger's key under our key id", TokenAttackTest::strangers),
                new Attack(
                        "the stranger's key in the jwk header",
                        t -> strangers(
                                Tokens.header()
                                        .jwk(Tokens.STRANGERS_KEY.toPublicJWK())
                                        .build(),
                                t)),
                new Attack("unknown key id", t -> t.withHeader(h -> h.keyID("k2"))),
                new Attack(
                        "unknown critical header",
                        t -> t.withHeader(h -> h.criticalParams(Set.of("x")).customParam("x", 1))),
                new Attack(
                        "typ of an id token's logout",
                        t -> t.withHeader(h -> h.type(new JOSEObjectType("logout+jwt")))),
                new Attack("wrong issuer", t -> t.with(c -> c.issuer("https://elsewhere.example"))),
                new Attack(
                        "issuer with a slash more",
                        t -> t.with(c -> c.issuer(c.build().getIssuer() + "/"))),
                new Attack("no issuer", t -> t.with(c -> c.issuer(null))),
                new Attack("audience one character longer", t -> t.with(c -> c.audience(Tokens.AUDIENCE + "/"))),
                new Attack(
                        "audience one character shorter",
                        t -> t.with(c -> c.audience(Tokens.AUDIENCE.substring(0, Tokens.AUDIENCE.length() - 1)))),
                new Attack(
                        "audience in another case",
                        t -> t.with(c -> c.audience(Tokens.AUDIENCE.replace("fhir", "FHIR")))),
                new Attack("no audience", t -> t.with(c -> c.audience((String) null))),
                new Attack("expired", t -> t.with(c -> c.expirationTime(in(-120)))),
                new Attack("no expiry", t -> t.with(c -> c.expirationTime(null))),
                new Attack("not yet valid", t -> t.with(c -> c.notBeforeTime(in(120)))),
                new Attack(
                        "T8: bound to a key that is not looked at",
                        t -> t.with(c -> c.claim("cnf", Map.of("jkt", "x")))),
                new Attack(
                        "T8: bound to a certificate and to a key",
                        t -> t.with(c -> c.claim("cnf", Map.of("x5t#S256", "x", "jkt", "x")))),
                new Attack("T8: bound to a text", t -> t.with(c -> c.claim("cnf", "x"))),
                new Attack("the same claim twice", t -> t.withPayload(p -> p.replaceFirst("\\{", "{\"scope\":\"a\","))),
                new Attack(
                        "the same claim twice, inside another",
                        t -> t.withPayload(p -> p.replaceFirst(
                                "\"purpose_of_use\"", "\"purpose_of_use\":[\"BTG\"],\"purpose_of_use\""))),
                new Attack("more after the claims", t -> t.withPayload(p -> p + "{}")),
                new Attack("a token in a token", t -> t.nested()),
                new Attack("claims that are a list", t -> t.withPayload(p -> "[" + p + "]")),
                new Attack(
                        "the critical header b64",
                        t -> t.withHeader(h -> h.criticalParams(Set.of("b64")).base64URLEncodePayload(false))),
                new Attack("a client named as another issuer's", t -> t.with(c -> c.claim("client_id", "a|b"))),
                new Attack("a character more in the signature's alphabet", t -> t.good() + "~"),
                new Attack("deeply nested header", t -> t.unsigned("{\"a\":".repeat(20_000))),
                new Attack("not a token", t -> "abc"),
                new Attack("four parts", t -> t.good() + ".AAAA"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void refuses(Attack attack) {
        assertThatThrownBy(() -> access.verify(attack.token().apply(tokens)))
                .isInstanceOf(InvalidBearerTokenException.class);
    }

    @Test
    void acceptsAGoodToken() {
        assertThatCode(() -> access.verify(tokens.good())).doesNotThrowAnyException();
        assertThatCode(() -> access.verify(tokens.withHeader(h -> h.type(null))))
                .doesNotThrowAnyException();
        assertThatCode(() -> access.verify(tokens.withHeader(h -> h.type(JOSEObjectType.JWT))))
                .doesNotThrowAnyException();
        assertThatCode(() -> access.verify(
                        tokens.with(c -> c.audience(List.of("https://elsewhere.example", Tokens.AUDIENCE)))))
                .doesNotThrowAnyException();
    }

    @Test
    void allowsAClockToBeAMinuteOff() {
        assertThatCode(() -> access.verify(tokens.with(c -> c.expirationTime(in(-50)))))
                .doesNotThrowAnyException();
        assertThatCode(() -> access.verify(tokens.with(c -> c.notBeforeTime(in(50)))))
                .doesNotThrowAnyException();
    }

    @Test
    void asksNoAddressThatATokenNames() {
        issuer.publish("/attacker", Tokens.STRANGERS_KEY.toPublicJWK().toString());
        var address = URI.create(issuer.uri() + "/attacker");

        assertThatThrownBy(() -> access.verify(strangers(
                        Tokens.header().jwkURL(address).x509CertURL(address).build(), tokens)))
                .isInstanceOf(InvalidBearerTokenException.class);
        assertThat(issuer.asked("/attacker")).isZero();
    }

    @Test
    void aFloodOfUnknownKeyIdsCausesAtMostTwoFetches() {
        assertThatCode(() -> access.verify(tokens.good())).doesNotThrowAnyException();
        for (var i = 0; i < 300; i++) {
            var id = "unknown-" + i;
            assertThatThrownBy(() -> access.verify(tokens.withHeader(h -> h.keyID(id))))
                    .isInstanceOf(InvalidBearerTokenException.class);
        }

        assertThatCode(() -> access.verify(tokens.good())).doesNotThrowAnyException();
        assertThat(issuer.asked("/jwks")).isLessThanOrEqualTo(2);
    }

    @Test
    void anOutageCostsNothingOnceTheKeysAreKnown() {
        access.verify(tokens.good());
        issuer.setDown(true);

        assertThatThrownBy(() -> access.verify(tokens.withHeader(h -> h.keyID("k2"))))
                .isInstanceOf(InvalidBearerTokenException.class);
        assertThatCode(() -> access.verify(tokens.good())).doesNotThrowAnyException();
    }

    @Test
    void withoutKeysNoTokenIsCalledBadOrAccepted() {
        issuer.setDown(true);

        for (var i = 0; i < 4; i++) {
            assertThatThrownBy(() -> access.verify(tokens.good())).isInstanceOf(AuthenticationServiceException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "HS256", "HS512", "RS256,HS256", "RS256,none", "rs256", "X"})
    void theServerDoesNotStartWithAnAlgorithmThatIsNotAsymmetric(String algorithms) {
        var names =
                Stream.of(algorithms.split(",")).filter(name -> !name.isEmpty()).toList();

        assertThatIllegalStateException().isThrownBy(() -> trusting(names));
    }

    private AccessTokens trusting(List<String> algorithms) {
        var metadata = new IssuerMetadata(issuer.uri(), fetch, InstantSource.system());
        issuers.add(Tokens.settings(issuer.uri(), algorithms), metadata, "");
        return new AccessTokens(issuers.all(), InstantSource.system());
    }

    private static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private static JWSHeader.Builder headerOf(JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm).keyID("k1").type(new JOSEObjectType("at+jwt"));
    }

    private static String confused(Tokens tokens) {
        try {
            var secret = Tokens.KEY.toRSAPublicKey().getEncoded();
            return Tokens.signed(
                    headerOf(JWSAlgorithm.HS256).build(), tokens.claims().build(), new MACSigner(secret));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String strangers(Tokens tokens) {
        return strangers(Tokens.header().build(), tokens);
    }

    private static String strangers(JWSHeader header, Tokens tokens) {
        try {
            return Tokens.signed(header, tokens.claims().build(), new RSASSASigner(Tokens.STRANGERS_KEY));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token made to fool, and the name of the trick. */
    record Attack(String name, Function<Tokens, String> token) {

        @Override
        public String toString() {
            return name;
        }
    }
}
