package org.accordhie.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A server that is killed while it stores a bundle has stored all of it or nothing, and has answered no read whose event is not
 * there.
 */
class CrashIT {

    /** How often it is killed; the profile {@code crash} does it longer. */
    private static final int ROUNDS = Integer.getInteger("accord.crash.kills", 5);

    private static final int OBSERVATIONS = 300;

    private final Random random = new Random(20261122);

    @Test
    void leavesAllOrNothingOfABundle() throws Exception {
        var settings = FreshExchange.settings();
        var server = SecondServer.start(settings);
        try (var reads = new RecordedReads(settings)) {
            var pushMillis = millisOfAPush(server);
            reads.from(server);
            for (int round = 0; round < ROUNDS; round++) {
                var visit = Visit.of("erin");
                var bundle = bundle(visit);
                var lakeside = server.lakeside();
                var push = CompletableFuture.supplyAsync(() -> statusOf(lakeside, bundle));

                TimeUnit.MILLISECONDS.sleep((long) (random.nextDouble() * 1.1 * pushMillis));
                server.kill();
                var answered = push.get(30, TimeUnit.SECONDS);
                server = server.startAgain();
                reads.requireEvents();
                reads.from(server);

                var stored = stored(server.lakeside(), visit);
                assertThat(stored).as("round %d", round).isIn(0, OBSERVATIONS);
                if (answered == 200) {
                    assertThat(stored).as("acknowledged in round %d", round).isEqualTo(OBSERVATIONS);
                }
                server.lakeside().post("", bundle).then().statusCode(200);
                assertThat(stored(server.lakeside(), visit)).isEqualTo(OBSERVATIONS);
                assertThat(server.lakeside()
                                .search("Patient?identifier=" + visit.token())
                                .total())
                        .isEqualTo(1);
            }
            reads.end();
            var events = reads.requireEvents();
            System.out.printf(
                    "audit trail: %,d kills, %,d reads answered, %,d events; 0 answered reads without an event, 0 events"
                            + " lost%n",
                    ROUNDS, reads.answered(), events);
            assertThat(reads.answered()).isGreaterThan(ROUNDS);
        } finally {
            server.stop();
        }
    }

    private static long millisOfAPush(SecondServer server) {
        server.lakeside().post("", bundle(Visit.of("warm"))).then().statusCode(200);
        var started = System.nanoTime();
        server.lakeside().post("", bundle(Visit.of("warm"))).then().statusCode(200);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    }

    /** The status, or -1 if the server was gone before it answered. */
    private static int statusOf(Caller lakeside, String bundle) {
        try {
            return lakeside.post("", bundle).statusCode();
        } catch (Exception gone) {
            return -1;
        }
    }

    private static int stored(Caller lakeside, Visit visit) {
        return lakeside.search("Observation?_summary=count&code=8867-4&patient.identifier=" + visit.token())
                .total();
    }

    private static String bundle(Visit visit) {
        return Visit.bundleOf(visit.entries() + ","
                + IntStream.range(0, OBSERVATIONS)
                        .mapToObj(number -> Visit.entry(visit.name("pulse" + number), "Observation", """
                                {"resourceType":"Observation","status":"final","code":{"coding":[{
                                 "system":"http://loinc.org","code":"8867-4"}]},"subject":{"reference":"%s"},
                                 "valueQuantity":{"value":%d}}""".formatted(
                                        visit.name("patient"), number)))
                        .collect(Collectors.joining(",")));
    }
}
