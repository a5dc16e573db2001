package org.accordhie.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A job whose server is killed is finished by the next one, with nothing missing and nothing doubled. */
class BulkExportCrashIT {

    private static final int ROUNDS = 2;
    private static final int OBSERVATIONS = 700;

    private final Random random = new Random(20261122);

    @Test
    void finishesWhatItTookOn() throws Exception {
        var settings = FreshExchange.settings();
        // A file for each resource, so that a job takes some seconds and is killed between any two of them.
        settings.put("accord.export.file-size", 1);
        var server = SecondServer.start(settings);
        try {
            server.lakeside().post("", bundle(Visit.of("erin"))).then().statusCode(200);
            var killedMidway = 0;
            for (int round = 0; round < ROUNDS; round++) {
                var export = Export.of(server.lakeside(), "$export?_type=Patient,Observation,Condition");
                var progress = waitForSome(export, random.nextInt(OBSERVATIONS / 2));
                server.kill();
                server = server.startAgain();

                var resumed = export.by(server.lakeside());
                var found = new TreeSet<String>();
                for (var type : new String[] {"Patient", "Observation", "Condition"}) {
                    server.lakeside().pages(type + "?_count=500").forEach(page -> found.addAll(page.matches()));
                }
                assertThat(resumed.resources()).as("round %d", round).isEqualTo(found);
                assertThat(resumed.files()).hasSameSizeAs(found);
                killedMidway += progress < OBSERVATIONS ? 1 : 0;
                resumed.delete();
            }
            assertThat(killedMidway).isEqualTo(ROUNDS);
        } finally {
            server.stop();
        }
    }

    /** How many resources were listed when it was last seen. */
    private static int waitForSome(Export export, int enough) throws InterruptedException {
        var listed = 0;
        while (listed < enough) {
            TimeUnit.MILLISECONDS.sleep(20);
            var answer = export.poll();
            assertThat(answer.statusCode()).as("it is still running").isEqualTo(202);
            listed = Integer.parseInt(answer.header("X-Progress").replaceAll(".*listed, (\\d+) .*", "$1"));
        }
        return listed;
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
