package org.accordhie.benchmark.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {

    private static final long BUSY_NANOS = 1_500_000_000L;

    @TempDir
    private Path directory;

    private double result;

    @Test
    void tellsThreadsThatServeRequestsFromOthers() throws Exception {
        var file = directory.resolve("own.jfr");
        try (var recording = new Recording(Configuration.getConfiguration("profile"))) {
            recording.start();
            var serving = new Thread(this::work, "http-nio-127.0.0.1-8080-exec-1");
            serving.start();
            serving.join();
            recording.stop();
            recording.dump(file);
        }

        var profile = Profile.read("read", "accord", file);

        assertThat(result).isNotNegative();
        assertThat(profile.serving()).isPositive();
        assertThat(profile.share(Part.DECISION)).isEqualTo(100);
    }

    /** This class is in a package below {@code org.accordhie}. */
    private void work() {
        var random = new Random(1);
        for (var end = System.nanoTime() + BUSY_NANOS; System.nanoTime() < end; ) {
            result = Math.abs(random.nextGaussian());
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
