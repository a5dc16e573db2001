package org.accordhie.local.load;

import java.time.Duration;
import java.util.Optional;

/**
 * How long to wait before a push is tried again: twice as long each time, within bounds.
 *
 * @param first the first pause
 * @param longest the longest pause, also if the exchange asks for a longer one
 * @param most how often to try again
 */
record Retries(Duration first, Duration longest, int most) {

    static final Retries USUAL = new Retries(Duration.ofSeconds(1), Duration.ofSeconds(30), 10);

    /**
     * Empty if it is time to give up.
     *
     * @param failures how often the push has failed, at least once
     * @param asked the pause that the exchange asks for; zero if it says nothing
     */
    Optional<Duration> pauseAfter(int failures, Duration asked) {
        if (failures > most) {
            return Optional.empty();
        }
        var doubled = first.multipliedBy(1L << Math.min(failures - 1, 20));
        var wanted = asked.compareTo(doubled) > 0 ? asked : doubled;
        return Optional.of(wanted.compareTo(longest) > 0 ? longest : wanted);
    }
}
