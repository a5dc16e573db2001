package org.accordhie.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KeycloakRealmCommandTest {

    /** Made by the command that {@code docker/README.md} names. */
    private static final Path SAMPLE = Path.of("..", "docker", "keycloak", "accord-realm.json");

    private static final String[] OF_THE_SAMPLE = {
        "--settings-only", "--app=dev-patient-app-web=http://127.0.0.1:3000/index.html"
    };

    @Test
    void printsTheSampleForTheDevelopmentRegistry() throws IOException {
        assertThat(said(OF_THE_SAMPLE)).isEqualTo(Files.readString(SAMPLE));
    }

    @Test
    void knowsClientsOfAnotherIssuerByTheirNamesThere() {
        var realm = said(
                "--settings-only",
                "--issuer=https://login.example.org/realms/second",
                "--accord.smart.further-issuers[0].issuer=https://login.example.org/realms/second",
                "--accord.smart.further-issuers[0].audiences[0]=https://exchange.example.org/fhir",
                "--accord.partners[0].client-id=https://login.example.org/realms/second|kiosk",
                "--accord.partners[0].organization=Organization/kiosk",
                "--accord.partners[1].client-id=clinic",
                "--accord.partners[1].organization=Organization/clinic");

        assertThat(realm)
                .contains("\"realm\" : \"second\"", "\"clientId\" : \"kiosk\"", "\"https://exchange.example.org/fhir\"")
                .doesNotContain("\"clinic\"");
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(Commands.run("keycloak-realm", "--settings-only", "--issuer=https://nobody.example.org"))
                .isEqualTo(2);
        assertThat(Commands.run("keycloak-realm", "--settings-only", "--keys=nobody=https://example.org/jwks"))
                .isEqualTo(2);
        assertThat(Commands.run("keycloak-realm", "--settings-only", "--accord.no-such-setting=x"))
                .isEqualTo(3);
    }

    private static String said(String... options) {
        var arguments = new String[options.length + 1];
        arguments[0] = "keycloak-realm";
        System.arraycopy(options, 0, arguments, 1, options.length);
        var console = System.out;
        var output = new ByteArrayOutputStream();
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            assertThat(Commands.run(arguments)).isZero();
        } finally {
            System.setOut(console);
        }
        return output.toString(StandardCharsets.UTF_8);
    }
}
