package org.accordhie.disclosure;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The time an accounting covers.
 *
 * @param from its first instant
 * @param until the first instant after it
 */
public record AccountingPeriod(Instant from, Instant until) {

    /**
     * The years before the day of a request, in UTC, or the part of them that is asked for; empty if nothing is left of it.
     *
     * @param years how far back the right reaches
     * @param requested when it was asked for
     * @param from null for as early as the right reaches
     * @param until null for up to the request
     */
    public static Optional<AccountingPeriod> before(
            int years, Instant requested, @Nullable Instant from, @Nullable Instant until) {
        var earliest = requested
                .atOffset(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .minusYears(years)
                .toInstant();
        var first = from == null || from.isBefore(earliest) ? earliest : from;
        var after = until == null || until.isAfter(requested) ? requested : until;
        return first.isBefore(after) ? Optional.of(new AccountingPeriod(first, after)) : Optional.empty();
    }

    boolean holds(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(until);
    }
}
