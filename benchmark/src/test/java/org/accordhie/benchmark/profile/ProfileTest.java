package org.accordhie.benchmark.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import jdk.jfr.Configuration;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {

    /** How long to wait for the recorder's first look at a thread: it promises no rate, and misses some code. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    private final CountDownLatch seen = new CountDownLatch(1);

    @Test
    void tellsThreadsThatServeRequestsFromOthers() throws Exception {
        var file = directory.resolve("own.jfr");
        try (var recording = new RecordingStream(Configuration.getConfiguration("profile"))) {
            recording.onEvent("jdk.ExecutionSample", this::look);
            recording.startAsync();
            var serving = new Thread(this::work, "http-nio-127.0.0.1-8080-exec-1");
            serving.start();
            serving.join();
            recording.dump(file);
        }

        var profile = Profile.read("read", "accord", file);

        assertThat(profile.serving()).isPositive();
        assertThat(profile.share(Part.DECISION)).isEqualTo(100);
    }

    private void look(RecordedEvent sample) {
        var thread = sample.getThread("sampledThread");
        if (sample.getStackTrace() != null
                && thread != null
                && String.valueOf(thread.getJavaName()).contains("-exec-")) {
            seen.countDown();
        }
    }

    /** Sorts until this thread was seen at it. This class is in a package below {@code org.accordhie}. */
    private void work() {
        var random = new Random(1);
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (seen.getCount() > 0 && System.nanoTime() < end) {
            var words =
                    random.ints(10_000).mapToObj(Integer::toString).collect(Collectors.toCollection(ArrayList::new));
            words.sort(Comparator.reverseOrder());
            assertThat(words.get(0)).isGreaterThanOrEqualTo(words.get(1));
        }
    }

    @Test
    void isToldForEachWorkloadWithAColumnForEachServer() {
        var table = ProfileTable.of(List.of(
                new Profile("read", "accord", Map.of(Part.AUDIT, 1L, Part.DATABASE, 3L), 7),
                new Profile("read", "plain", Map.of(Part.DATABASE, 2L), 0),
                new Profile("vread", "accord", Map.of(), 1)));

        assertThat(table).isEqualTo("""
                ### read

                | where | accord | plain |
                | --- | --: | --: |
                | questions to the database | 75.0 % | 100.0 % |
                | audit | 25.0 % | 0.0 % |
                | samples | 4 | 2 |
                | samples of other threads | 7 | 0 |

                ### vread

                | where | accord |
                | --- | --: |
                | samples | 0 |
                | samples of other threads | 1 |
                """);
    }
}
