package org.accordhie.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run goes on where one of the same code was interrupted, and nowhere else. */
class PairLogTest {

    @TempDir
    Path directory;

    private PairLog log(String code) throws IOException {
        return new PairLog(directory.resolve("pairs.log").toString(), code);
    }

    private static Score asked(int requests) {
        var score = new Score();
        var answer = new Answer(200, Map.of(), "", 1);
        for (int count = 0; count < requests; count++) {
            score.count(Ask.of("read", "GET", "Patient/x"), answer, answer);
        }
        return score;
    }

    @Test
    void whatTheSameCodeAnsweredCounts() throws IOException {
        log("one").add(7, 3, asked(3));

        var again = log("one");

        assertThat(again.holds(7, 3)).isTrue();
        assertThat(again.holds(8, 3)).isFalse();
        assertThat(again.holds(7, 4)).isFalse();
        assertThat(again.pairs()).isOne();
        assertThat(again.requests()).isEqualTo(3);
        assertThat(again.successes()).isEqualTo(3);
    }

    @Test
    void whatOtherCodeAnsweredDoesNot() throws IOException {
        log("one").add(7, 3, asked(3));

        var other = log("other");

        assertThat(other.holds(7, 3)).isFalse();
        assertThat(other.pairs()).isZero();
        assertThat(other)
                .hasToString(new PairLog("", "other") + "; begun anew, since 1 pairs in the log are of other code");
    }

    @Test
    void aDifferenceIsNotKept() throws IOException {
        var score = asked(3);
        score.add(new Difference("somebody", Ask.of("read", "GET", "Patient/x"), "200\n", "404\n"));

        log("one").add(7, 3, score);

        assertThat(log("one").holds(7, 3)).isFalse();
    }
}
