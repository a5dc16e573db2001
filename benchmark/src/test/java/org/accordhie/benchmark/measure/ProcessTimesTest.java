package org.accordhie.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTimesTest {

    private static final int TICKS_PER_SECOND = 100;

    @TempDir
    private Path proc;

    @Test
    void aProcessHasUsedWhatItRanInUserAndSystemMode() throws IOException {
        process(7, 1, "java", 30, 12, 500, 500);

        assertThat(times().millisOf(7)).isEqualTo(420);
    }

    @Test
    void aNameMayHoldBlanksAndParentheses() throws IOException {
        process(7, 1, "postgres: accord) (idle) S 1 2", 1, 2, 0, 0);

        assertThat(times().millisOf(7)).isEqualTo(30);
    }

    @Test
    void aTreeHasUsedWhatItsProcessesHaveAndThoseThatEnded() throws IOException {
        process(10, 1, "postgres", 1, 1, 100, 100);
        process(11, 10, "postgres: writer", 10, 10, 0, 0);
        process(12, 10, "postgres: accord", 20, 20, 0, 0);
        process(13, 12, "worker", 1, 0, 0, 0);
        process(14, 1, "another", 1000, 1000, 0, 0);

        assertThat(times().millisOfTree(10)).isEqualTo((2 + 200 + 20 + 40 + 1) * 10.0);
    }

    @Test
    void aProcessThatHasEndedHasUsedNothing() throws IOException {
        process(10, 1, "postgres", 1, 1, 0, 0);

        assertThat(times().millisOf(99)).isZero();
        assertThat(times().millisOfTree(99)).isZero();
    }

    @Test
    void thisProcessUsesTimeWhileItRuns() throws IOException, InterruptedException {
        var times = ProcessTimes.ofThisMachine();
        var own = ProcessHandle.current().pid();
        var before = times.millisOf(own);

        var until = System.nanoTime() + 200_000_000L;
        var spins = 0L;
        while (System.nanoTime() < until) {
            spins++;
        }

        assertThat(spins).isPositive();
        assertThat(times.millisOf(own)).isGreaterThan(before);
        assertThat(times.millisOfTree(own)).isGreaterThanOrEqualTo(before);
    }

    private ProcessTimes times() {
        return new ProcessTimes(proc, TICKS_PER_SECOND);
    }

    /** The fields that proc(5) puts before and between those that are read. */
    private void process(int id, int parent, String name, int... ticks) throws IOException {
        var line = id + " (" + name + ") S " + parent + " 0 0 0 -1 4194560 0 0 0 0 " + ticks[0] + " " + ticks[1] + " "
                + ticks[2] + " " + ticks[3] + " 20 0 1 0 5 0 0\n";
        Files.writeString(
                Files.createDirectories(proc.resolve(String.valueOf(id))).resolve("stat"), line);
    }
}
