package org.accordhie.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RatioTest {

    @Test
    void roundsAreComparedEachWithItsOwn() {
        // The machine was twice as fast in the second round, which is no difference between the servers.
        assertThat(Ratio.of(new double[] {10, 20, 30}, new double[] {20, 40, 15}))
                .isEqualTo(new Ratio(0.5, 0.5, 2));
    }

    @Test
    void theMedianOfAnEvenNumberOfRoundsIsBetweenTheMiddleTwo() {
        assertThat(Ratio.of(new double[] {1, 2, 3, 100}, new double[] {1, 1, 1, 1})
                        .median())
                .isEqualTo(2.5);
    }

    @Test
    void aRoundInWhichTheOtherDidNothingSaysNothing() {
        assertThat(Ratio.of(new double[] {5, 6}, new double[] {0, 3})).isEqualTo(new Ratio(2, 2, 2));
    }

    @Test
    void noRoundsAreNoRatio() {
        assertThat(Ratio.of(new double[0], new double[0]).median()).isNaN();
    }

    @Test
    void ratesOfDifferentRoundsAreNotCompared() {
        assertThatThrownBy(() -> Ratio.of(new double[] {1}, new double[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rates of 1 and 2 rounds");
    }
}
