package org.accordhie.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TurnsTest {

    @Test
    void allTurnsAndWarmUpsTogetherFillTheTimeThatIsLeft() {
        var turns = Turns.divide(Duration.ofSeconds(1000), 10, 4, 6);

        var whole = turns.warmUp().plus(turns.turn().multipliedBy(6)).multipliedBy(10 * 4);

        assertThat(whole).isBetween(Duration.ofSeconds(999), Duration.ofSeconds(1000));
    }

    @Test
    void aTurnIsNeverSoShortThatNothingIsMeasured() {
        assertThat(Turns.divide(Duration.ofSeconds(-5), 10, 4, 6))
                .isEqualTo(new Turns(Duration.ofMillis(100), Duration.ofMillis(100)));
    }
}
