package org.accordhie.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCommandTest {

    @TempDir
    static Path directory;

    private static DevelopmentAuthorizationServer server;

    @BeforeAll
    static void start() {
        server = DevelopmentAuthorizationServer.start(Settings.of(directory, Ports.free()), "127.0.0.1", List::of);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void getsATokenWithThePartnersSecret() throws ParseException {
        var token = SignedJWT.parse(said("dev-patient-app", "--patient", "p1")).getJWTClaimsSet();

        assertThat(token.getStringClaim("client_id")).isEqualTo("dev-patient-app");
        assertThat(token.getStringClaim("patient")).isEqualTo("p1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES384", "RS384"})
    void getsATokenWithThePartnersKey(String algorithm) throws ParseException {
        var token = SignedJWT.parse(said(
                        "dev-riverside-clinic",
                        "--private-key-jwt",
                        "--algorithm",
                        algorithm,
                        "--scope",
                        "system/Patient.rs",
                        "--purpose",
                        "HPAYMT"))
                .getJWTClaimsSet();

        assertThat(token.getStringClaim("scope")).isEqualTo("system/Patient.rs");
        assertThat(token.getClaim("extensions").toString()).contains("HPAYMT");
    }

    @Test
    void showsAnAssertion() throws ParseException {
        var assertion = SignedJWT.parse(said("dev-riverside-clinic", "--assertion"));

        assertThat(assertion.getHeader().getAlgorithm().getName()).isEqualTo("ES384");
        assertThat(assertion.getJWTClaimsSet().getAudience())
                .containsExactly(server.tokenEndpoint().toString());
    }

    @Test
    void tellsARefusalFromAMistake() {
        assertThat(run("dev-riverside-clinic", "--scope", "patient/*.rs")).isEqualTo(1);
        assertThat(run("dev-nobody")).isEqualTo(2);
        assertThat(run("dev-riverside-clinic", "--assertion", "--algorithm", "HS256"))
                .isEqualTo(2);
        assertThat(Commands.run("token", "dev-riverside-clinic", "--assertion", "--directory", "nowhere"))
                .isEqualTo(2);
        assertThat(Commands.run("token", "dev-riverside-clinic", "--token-url", "http://127.0.0.1:1/"))
                .isEqualTo(1);
    }

    private static String said(String... options) {
        var console = System.out;
        var output = new ByteArrayOutputStream();
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            assertThat(run(options)).isZero();
        } finally {
            System.setOut(console);
        }
        return output.toString(StandardCharsets.UTF_8).strip();
    }

    private static int run(String... options) {
        var here = Stream.of(
                "token", "--token-url", server.tokenEndpoint().toString(), "--directory", directory.toString());
        return Commands.run(Stream.concat(here, Stream.of(options)).toArray(String[]::new));
    }
}
