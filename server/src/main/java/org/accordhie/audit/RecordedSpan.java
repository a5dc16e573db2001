package org.accordhie.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The instants that one value of the search parameter {@code date} means. Source: FHIR R4, Search, Date; a date without a
 * time zone is read as UTC.
 *
 * @param from the first instant; null where it has no beginning
 * @param until the first instant after it; null where it has no end
 * @param outside whether the instants outside are meant
 */
public record RecordedSpan(@Nullable Instant from, @Nullable Instant until, boolean outside) {

    private static final Pattern VALUE = Pattern.compile("(eq|ne|gt|lt|ge|le|sa|eb)?(\\d.*)");

    /** Date and time, of which the seconds and their fraction; the time zone. */
    private static final Pattern DATE_TIME =
            Pattern.compile("(.{10}T\\d\\d:\\d\\d(:\\d\\d(?:\\.(\\d{1,9}))?)?)(Z|[+-]\\d\\d:\\d\\d)?");

    /** Every instant before this one. */
    public static RecordedSpan before(Instant until) {
        return new RecordedSpan(null, until, false);
    }

    /** Reads a value; empty if it is no date, or if its prefix is {@code ap}, which says nothing exact. */
    public static Optional<RecordedSpan> parse(String value) {
        var parts = VALUE.matcher(value);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var prefix = parts.group(1) == null ? "eq" : parts.group(1);
        try {
            return Optional.of(meaning(prefix, exactly(parts.group(2))));
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    /** Whether nothing that is recorded from then on can lie in it. */
    public boolean endsBy(Instant then) {
        return !outside && until != null && !until.isAfter(then);
    }

    private static RecordedSpan meaning(String prefix, RecordedSpan exactly) {
        return switch (prefix) {
            case "ne" -> new RecordedSpan(exactly.from, exactly.until, true);
            case "gt", "sa" -> new RecordedSpan(exactly.until, null, false);
            case "ge" -> new RecordedSpan(exactly.from, null, false);
            case "lt", "eb" -> new RecordedSpan(null, exactly.from, false);
            case "le" -> new RecordedSpan(null, exactly.until, false);
            default -> exactly;
        };
    }

    /** The span that a date covers by its precision. */
    private static RecordedSpan exactly(String date) {
        return switch (date.length()) {
            case 4 -> days(Year.parse(date).atDay(1), ChronoUnit.YEARS);
            case 7 -> days(YearMonth.parse(date).atDay(1), ChronoUnit.MONTHS);
            case 10 -> days(LocalDate.parse(date), ChronoUnit.DAYS);
            default -> instants(date);
        };
    }

    private static RecordedSpan days(LocalDate first, ChronoUnit unit) {
        return new RecordedSpan(midnight(first), midnight(first.plus(1, unit)), false);
    }

    private static Instant midnight(LocalDate date) {
        return date.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private static RecordedSpan instants(String dateTime) {
        var parts = DATE_TIME.matcher(dateTime);
        if (!parts.matches()) {
            throw new DateTimeException("no date and time");
        }
        var zone = parts.group(4) == null ? ZoneOffset.UTC : ZoneOffset.of(parts.group(4));
        var first = LocalDateTime.parse(parts.group(1)).toInstant(zone);
        return new RecordedSpan(first, first.plusNanos(precision(parts.group(2), parts.group(3))), false);
    }

    /** In nanoseconds. */
    private static long precision(@Nullable String seconds, @Nullable String fraction) {
        if (fraction != null) {
            return Math.round(Math.pow(10, 9 - fraction.length()));
        }
        return (seconds == null ? ChronoUnit.MINUTES : ChronoUnit.SECONDS)
                .getDuration()
                .toNanos();
    }
}
