package org.accordhie.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.accordhie.local.TestAssertion;
import org.springframework.util.FileSystemUtils;

/**
 * A Keycloak of its own, on loopback, that knows one realm.
 *
 * @param issuer that realm
 * @param process what runs, beside those it has started
 */
record Keycloak(URI issuer, Process process) {

    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final File LOG = new File("target/keycloak.log");
    private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /** Returns once the realm answers. The distribution is where the build has unpacked it. */
    static Keycloak start(URI issuer, String realm) throws IOException, InterruptedException {
        var home = Path.of(System.getProperty("accord.keycloak", "target/keycloak"));
        FileSystemUtils.deleteRecursively(home.resolve("data"));
        var imported = Files.createDirectories(home.resolve("data").resolve("import"));
        Files.writeString(imported.resolve("realm.json"), realm);
        var launch = new ProcessBuilder(
                "bash",
                home.resolve("bin").resolve("kc.sh").toString(),
                "start-dev",
                "--http-host=127.0.0.1",
                "--http-port=" + issuer.getPort(),
                "--http-management-port=" + FreshExchange.freePort(),
                "--cache=local",
                "--import-realm");
        launch.environment()
                .putAll(Map.of("JAVA_HOME", System.getProperty("java.home"), "JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m"));
        var keycloak = new Keycloak(
                issuer, launch.redirectErrorStream(true).redirectOutput(LOG).start());
        try {
            keycloak.waitUntilItAnswers();
        } catch (AssertionError silent) {
            keycloak.stop();
            throw silent;
        }
        return keycloak;
    }

    private void waitUntilItAnswers() throws InterruptedException {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            assertThat(process.isAlive())
                    .as("Keycloak runs; see target/keycloak.log")
                    .isTrue();
            assertThat(System.nanoTime()).as("Keycloak answers in time").isLessThan(until);
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    private boolean isReady() {
        try {
            return RestAssured.get(issuer + "/.well-known/openid-configuration").statusCode() == 200;
        } catch (Exception notYet) {
            return false;
        }
    }

    URI tokenEndpoint() {
        return URI.create(issuer + "/protocol/openid-connect/token");
    }

    /** SMART's request of a backend service, with nothing that SMART does not send. */
    Response token(TestAssertion assertion, String scope) {
        return RestAssured.given()
                .formParams(Map.of(
                        "grant_type",
                        "client_credentials",
                        "scope",
                        scope,
                        "client_assertion_type",
                        ASSERTION,
                        "client_assertion",
                        assertion.signed()))
                .post(tokenEndpoint());
    }

    /** With what its script has started. */
    void stop() throws InterruptedException {
        var all = List.copyOf(process.descendants().toList());
        all.forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            all.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }
}
