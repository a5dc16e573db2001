package org.accordhie.fhirserver;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.accordhie.vocabulary.TimeSpan;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.jspecify.annotations.Nullable;

/** FHIR's dates and periods as spans of time. */
public final class TimeSpans {

    private TimeSpans() {}

    /**
     * The span that a date, a date and time or a period stands for, to the precision given; null for other types. A date
     * without a time zone is taken as UTC, so that every node reads the same.
     */
    public static @Nullable TimeSpan of(IBase value) {
        if (value instanceof Period period) {
            return new TimeSpan(
                    period.hasStart() ? firstOf(period.getStartElement()) : null,
                    period.hasEnd() ? lastOf(period.getEndElement()) : null);
        }
        if (value instanceof BaseDateTimeType date && date.hasValue()) {
            return new TimeSpan(firstOf(date), lastOf(date));
        }
        return null;
    }

    /** The first instant that the value, at its precision, includes. */
    private static Instant firstOf(BaseDateTimeType value) {
        return isDate(value) ? startOf(dayOf(value)) : value.getValue().toInstant();
    }

    /** The last instant that the value, at its precision, includes. */
    private static Instant lastOf(BaseDateTimeType value) {
        var next = switch (value.getPrecision()) {
            case YEAR -> startOf(dayOf(value).plusYears(1));
            case MONTH -> startOf(dayOf(value).plusMonths(1));
            case DAY -> startOf(dayOf(value).plusDays(1));
            case MINUTE -> firstOf(value).plusSeconds(60);
            case SECOND -> firstOf(value).plusSeconds(1);
            case MILLI -> firstOf(value).plusMillis(1);
        };
        return next.minusMillis(1);
    }

    private static boolean isDate(BaseDateTimeType value) {
        return value.getPrecision().compareTo(TemporalPrecisionEnum.DAY) <= 0;
    }

    /** The first day of a date that may lack its day and its month. */
    private static LocalDate dayOf(BaseDateTimeType value) {
        return LocalDate.parse((value.getValueAsString() + "-01-01").substring(0, 10));
    }

    private static Instant startOf(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
