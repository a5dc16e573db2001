package org.accordhie.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A server that is killed while it stores a bundle has stored all of it or nothing, and has answered no read whose event is not
 * there.
 */
class CrashIT {

    /** How often a server is killed; the profile {@code crash} does it longer. */
    private static final int KILLS = Integer.getInteger("accord.crash.kills", 10);

    /** Exchanges that are killed side by side; while one of them starts alone, a processor is idle. */
    private static final int EXCHANGES = 2;

    private static final int OBSERVATIONS = 150;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    /**
     * What was seen of one exchange.
     *
     * @param answered reads that were answered whole
     * @param events audit events that are there at the end
     */
    private record Seen(int answered, int events) {}

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void leavesAllOrNothingOfABundle() throws Exception {
        var all = new ArrayList<Future<Seen>>();
        for (int exchange = 0; exchange < EXCHANGES; exchange++) {
            var settings = FreshExchange.settings();
            var random = new Random(20261122 + exchange);
            all.add(threads.submit(() -> killed(settings, random)));
        }
        var answered = 0;
        var events = 0;
        for (var each : all) {
            var seen = each.get();
            assertThat(seen.answered()).isGreaterThan(KILLS / EXCHANGES);
            answered += seen.answered();
            events += seen.events();
        }
        System.out.printf(
                "audit trail: %,d kills, %,d reads answered, %,d events; 0 answered reads without an event, 0 events lost%n",
                KILLS / EXCHANGES * EXCHANGES, answered, events);
    }

    private Seen killed(Map<String, Object> settings, Random random) throws Exception {
        var server = SecondServer.start(settings);
        try (var reads = new RecordedReads(settings)) {
            var pushMillis = millisOfAPush(server);
            reads.from(server);
            for (int round = 0; round < KILLS / EXCHANGES; round++) {
                var visit = Visit.of("erin");
                var lakeside = server.lakeside();
                var push = threads.submit(() -> statusOf(lakeside, bundle(visit)));

                TimeUnit.MILLISECONDS.sleep((long) (random.nextDouble() * 1.1 * pushMillis));
                server.kill();
                var status = push.get(30, TimeUnit.SECONDS);
                server = server.startAgain();
                reads.requireEvents();
                reads.from(server);

                requireAllOrNothing(server.lakeside(), visit, status == 200);
                tellOf(round + 1, reads);
            }
            reads.end();
            return new Seen(reads.answered(), reads.requireEvents());
        } finally {
            server.stop();
        }
    }

    private static void tellOf(int kills, RecordedReads reads) {
        if (kills % 10 == 0) {
            System.out.printf("audit trail: %,d kills of an exchange, %,d reads answered%n", kills, reads.answered());
        }
    }

    private static void requireAllOrNothing(Caller lakeside, Visit visit, boolean isAcknowledged) {
        assertThat(stored(lakeside, visit)).isIn(isAcknowledged ? List.of(OBSERVATIONS) : List.of(0, OBSERVATIONS));

        lakeside.post("", bundle(visit)).then().statusCode(200);
        assertThat(stored(lakeside, visit)).as("pushed again").isEqualTo(OBSERVATIONS);
        assertThat(lakeside.search("Patient?identifier=" + visit.token()).total())
                .isEqualTo(1);
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
