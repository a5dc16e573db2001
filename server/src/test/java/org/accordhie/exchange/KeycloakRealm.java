package org.accordhie.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.accordhie.AccordApplication;

/**
 * What the command prints of the registry, and what a test puts into it.
 *
 * @param json the realm
 */
record KeycloakRealm(ObjectNode json) {

    /** Runs the command as an operator would, in a process of its own. */
    static KeycloakRealm printed(HikariDataSource database, Map<String, String> settings, List<String> options)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                AccordApplication.class.getName(),
                "keycloak-realm",
                "--accord.database.url=" + database.getJdbcUrl(),
                "--accord.database.user=" + database.getUsername()));
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        command.addAll(options);
        var launch = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        launch.environment().put("ACCORD_DATABASE_PASSWORD", database.getPassword());
        var process = launch.start();
        var text = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return new KeycloakRealm((ObjectNode) Caller.tree(text));
    }

    /** Makes a client's tokens be for somebody else. */
    void sendElsewhere(String name) {
        for (var each : json.path("clients")) {
            if (each instanceof ObjectNode client
                    && client.path("clientId").asText().equals(name)) {
                client.putArray("defaultClientScopes");
                client.withArray("/protocolMappers")
                        .addObject()
                        .put("name", "elsewhere")
                        .put("protocol", "openid-connect")
                        .put("protocolMapper", "oidc-audience-mapper")
                        .putObject("config")
                        .put("included.custom.audience", "https://elsewhere.example.org/fhir")
                        .put("access.token.claim", "true");
            }
        }
    }
}
