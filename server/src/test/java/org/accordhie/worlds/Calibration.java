package org.accordhie.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.accordhie.exchange.FreshExchange;
import org.accordhie.worlds.plain.PlainHapi;
import org.junit.jupiter.api.Test;

/**
 * The harness is strong enough to find what is known: on a plain HAPI server whose ConsentInterceptor never errs about a
 * resource, it must find the ways in which hidden things are sensed all the same. Differences count once for each kind of
 * request. Run by the profile {@code worlds}.
 */
class Calibration {

    /** The least that must be found. */
    private static final int LEAKS = 15;

    /** The most kinds that may tell equal worlds apart. */
    private static final int NOISE = 3;

    /** Ways that must be among them. */
    private static final List<Pattern> KNOWN = Stream.of(
                    "search.* by .*_has.*, finds more",
                    "search.* by .*chain.*, finds (more|less)",
                    "page, .*",
                    "page of another, .*")
            .map(Pattern::compile)
            .toList();

    private static final List<String> READERS = List.of(Readers.READER);
    private static final int PAIRS = Integer.getInteger("accord.calibration.pairs", 3);
    private static final int READS = Integer.getInteger("accord.calibration.reads", 2_000);
    private static final int WRITES = Integer.getInteger("accord.calibration.writes", 40);
    private static final int STARTS = 600;

    @Test
    void findsLeaksWhereThereAreSome() throws IOException, InterruptedException {
        var control = new Score();
        var score = new Score();
        var with = FreshExchange.settings();
        var without = FreshExchange.settings();
        var processes = List.of(start(with), start(without));
        try {
            compare(world(with, true), world(without, false), control, score);
        } finally {
            for (var process : processes) {
                process.destroy();
                process.waitFor();
            }
        }
        System.out.println("calibration, HAPI's ConsentInterceptor: " + score);
        var leaks = new TreeMap<>(score.leaks());
        leaks.keySet().removeAll(control.leaks().keySet());
        leaks.forEach((kind, found) -> System.out.println("  leak: " + kind + ": "
                + found.ask().toString().lines().findFirst().orElse("")));
        System.out.println("calibration: " + leaks.size() + " leaks");
        assertThat(leaks).hasSizeGreaterThanOrEqualTo(LEAKS);
        for (var known : KNOWN) {
            assertThat(leaks.keySet())
                    .as(known.pattern())
                    .anyMatch(kind -> known.matcher(kind).matches());
        }
    }

    /**
     * Equal worlds first: kinds of request by which they are told apart, since HAPI answers the same searches now with a total and
     * now without, count for nothing. Then requests that change nothing all ask the same worlds; those that do
     * ask new ones as soon as the old have drifted apart.
     */
    private static void compare(World with, World without, Score control, Score score)
            throws IOException, InterruptedException {
        var one = new World(with.base(), new Readers(), true);
        var other = new World(without.base(), new Readers(), true);
        new Pair(one, other, READERS, PAIRS + WRITES, false, control).read(READS);
        System.out.println("calibration, two equal worlds: " + control);
        assertThat(control.leaks()).as("kinds between equal worlds").hasSizeLessThanOrEqualTo(NOISE);
        for (int number = 0; number < PAIRS; number++) {
            // Without what visible records tell of hidden ones first, since that is there in every search from then on.
            new Pair(with, without, READERS, number, number >= PAIRS / 2, score).read(READS);
        }
        for (int number = 0; number < WRITES; number++) {
            new Pair(with, without, READERS, PAIRS + number, false, score).write(WRITES);
        }
    }

    private static Process start(Map<String, Object> settings) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx800m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        PlainHapi.class.getName(),
                        String.valueOf(settings.get("server.port")),
                        String.valueOf(settings.get("accord.database.port")),
                        Path.of("target", "plain", UUID.randomUUID().toString()).toString())
                .redirectErrorStream(true)
                .redirectOutput(new File("target/plain-hapi-" + settings.get("server.port") + ".log"))
                .start();
        for (int tries = 0; tries < STARTS && process.isAlive() && !answers(settings); tries++) {
            TimeUnit.MILLISECONDS.sleep(500);
        }
        assertThat(process.isAlive()).as("see target/plain-hapi-*.log").isTrue();
        return process;
    }

    private static boolean answers(Map<String, Object> settings) throws InterruptedException {
        try {
            var asked = HttpRequest.newBuilder(URI.create(base(settings) + "/metadata"))
                    .build();
            return HttpClient.newHttpClient()
                            .send(asked, BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static World world(Map<String, Object> settings, boolean complete) {
        return new World(base(settings), new Readers(), complete);
    }

    private static String base(Map<String, Object> settings) {
        return "http://127.0.0.1:" + settings.get("server.port") + "/fhir";
    }
}
