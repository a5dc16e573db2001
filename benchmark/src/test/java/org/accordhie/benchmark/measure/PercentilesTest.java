package org.accordhie.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {

    private static final long MILLI = 1_000_000;

    @Test
    void ofAHundredLatenciesEachPercentileIsTheOneOfItsRank() {
        var nanos =
                LongStream.rangeClosed(1, 100).map(each -> (101 - each) * MILLI).toArray();

        assertThat(Percentiles.of(nanos)).isEqualTo(new Percentiles(50, 95, 99));
    }

    @Test
    void theRankIsRoundedUpSoThatAPercentileIsNeverBetterThanTold() {
        assertThat(Percentiles.of(new long[] {3 * MILLI, MILLI, 2 * MILLI})).isEqualTo(new Percentiles(2, 3, 3));
    }

    @Test
    void oneLatencyIsEveryPercentile() {
        assertThat(Percentiles.of(new long[] {7 * MILLI})).isEqualTo(new Percentiles(7, 7, 7));
    }

    @Test
    void noLatencyHasNoPercentile() {
        assertThat(Percentiles.of(new long[0])).isEqualTo(new Percentiles(0, 0, 0));
    }

    @Test
    void theLatenciesStayInTheirOrder() {
        var nanos = new long[] {2, 1};

        Percentiles.of(nanos);

        assertThat(nanos).containsExactly(2, 1);
    }
}
