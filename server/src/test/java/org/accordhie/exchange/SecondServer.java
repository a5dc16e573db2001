package org.accordhie.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.accordhie.AccordApplication;

/**
 * The exchange in a process of its own, which can be killed.
 *
 * @param settings its ports and directories
 * @param process what runs
 */
public record SecondServer(Map<String, Object> settings, Process process) {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** A short life is not worth the optimizing compiler; the profiles that ask for hours want it. */
    private static final String COMPILATION = "-XX:TieredStopAtLevel=" + Integer.getInteger("accord.servers.tier", 1);

    private static final File LOG = new File("target/second-server.log");

    /** Returns once the server answers. */
    public static SecondServer start(Map<String, Object> settings) throws IOException, InterruptedException {
        return start(settings, AccordApplication.class);
    }

    /** The same with another main class. */
    public static SecondServer start(Map<String, Object> settings, Class<?> main)
            throws IOException, InterruptedException {
        var server = new SecondServer(settings, launch(settings, main, ProcessBuilder.Redirect.appendTo(LOG)));
        try {
            server.waitUntilItAnswers();
        } catch (AssertionError silent) {
            server.kill();
            throw silent;
        }
        return server;
    }

    /** What a server says that does not start. */
    static String refusal(Map<String, Object> settings) throws IOException, InterruptedException {
        var said = File.createTempFile("accord", ".log");
        var process = launch(settings, AccordApplication.class, ProcessBuilder.Redirect.to(said));
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the server does not give up");
        }
        assertThat(process.exitValue()).isNotZero();
        return Files.readString(said.toPath());
    }

    private static Process launch(Map<String, Object> settings, Class<?> main, ProcessBuilder.Redirect output)
            throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                COMPILATION,
                // What goes with the first level is too small for a long life.
                "-XX:ReservedCodeCacheSize=240m",
                "-Xmx800m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName(),
                "--accord.sample=false"));
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
    }

    SecondServer startAgain() throws IOException, InterruptedException {
        return start(settings);
    }

    /** Without warning, as a power cut would. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** In order, so that its database stops too. */
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    Caller lakeside() {
        return as(Partner.LAKESIDE_HOSPITAL);
    }

    Caller as(Partner partner) {
        return new Exchange(
                        "http://127.0.0.1:" + settings.get("server.port") + "/fhir",
                        "http://127.0.0.1:" + settings.get("accord.development.issuer-port"))
                .as(partner);
    }

    private void waitUntilItAnswers() throws InterruptedException {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            assertThat(process.isAlive())
                    .as("the second server runs; see target/second-server.log")
                    .isTrue();
            assertThat(System.nanoTime())
                    .as("the second server answers in time")
                    .isLessThan(until);
            TimeUnit.MILLISECONDS.sleep(300);
        }
    }

    private boolean isReady() {
        try {
            return io.restassured.RestAssured.given()
                            .get("http://127.0.0.1:" + settings.get("management.server.port")
                                    + "/actuator/health/readiness")
                            .statusCode()
                    == 200;
        } catch (Exception notYet) {
            return false;
        }
    }
}
