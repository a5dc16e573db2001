package org.accordhie.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RetriesTest {

    private final Retries retries = new Retries(Duration.ofSeconds(1), Duration.ofSeconds(30), 10);

    @Test
    void pausesGrowWithinBoundsAndEnd() {
        assertThat(retries.pauseAfter(1, Duration.ZERO)).contains(Duration.ofSeconds(1));
        assertThat(retries.pauseAfter(3, Duration.ZERO)).contains(Duration.ofSeconds(4));
        assertThat(retries.pauseAfter(10, Duration.ZERO)).contains(Duration.ofSeconds(30));
        assertThat(retries.pauseAfter(11, Duration.ZERO)).isEmpty();
    }

    @Test
    void aPauseThatIsAskedForIsKeptWithinBounds() {
        assertThat(retries.pauseAfter(1, Duration.ofSeconds(7))).contains(Duration.ofSeconds(7));
        assertThat(retries.pauseAfter(1, Duration.ofHours(7))).contains(Duration.ofSeconds(30));
    }
}
