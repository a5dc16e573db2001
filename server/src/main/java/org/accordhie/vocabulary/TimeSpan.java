package org.accordhie.vocabulary;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time, both ends included.
 *
 * @param from the first instant; null where it has no beginning
 * @param until the last instant, to the precision given; null where it has no end
 */
public record TimeSpan(@Nullable Instant from, @Nullable Instant until) {

    /** The span that holds every instant. */
    public static final TimeSpan ALWAYS = new TimeSpan(null, null);

    /** Whether the instant lies in the span. */
    public boolean contains(Instant instant) {
        return !startsAfter(instant) && !endsBefore(instant);
    }

    /** Whether every instant of the other span lies in this one. */
    public boolean contains(TimeSpan other) {
        return (from == null || (other.from != null && !other.from.isBefore(from)))
                && (until == null || (other.until != null && !other.until.isAfter(until)));
    }

    /** Whether the spans share an instant. */
    public boolean overlaps(TimeSpan other) {
        return (other.until == null || !startsAfter(other.until)) && (other.from == null || !endsBefore(other.from));
    }

    private boolean startsAfter(Instant instant) {
        return from != null && from.isAfter(instant);
    }

    private boolean endsBefore(Instant instant) {
        return until != null && until.isBefore(instant);
    }
}
