package org.accordhie.disclosure.web;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.accordhie.audit.RecordedSpan;
import org.accordhie.disclosure.AccountingPeriod;
import org.accordhie.fhirserver.AccordProperties.Limits;
import org.accordhie.fhirserver.Parameters;
import org.hl7.fhir.r4.model.DateTimeType;
import org.jspecify.annotations.Nullable;

/**
 * Which part of an accounting is asked for. Of a date without a time, UTC's day is meant, and an end is included in full.
 *
 * @param start null for as early as the right reaches
 * @param end null for up to now
 * @param count the most rows of a page
 * @param offset how many rows come before it
 */
record Asked(@Nullable Instant start, @Nullable Instant end, int count, int offset) {

    private static final DateTimeFormatter TO_THE_MICROSECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSX").withZone(ZoneOffset.UTC);

    static Asked read(
            @Nullable DateTimeType start, @Nullable DateTimeType end, Map<String, String[]> page, Limits limits) {
        var count = number("_count", page, limits.pageSize());
        if (count < 1) {
            throw new InvalidRequestException("`_count` must be 1 or more");
        }
        return new Asked(
                start == null ? null : span("start", start).from(),
                end == null ? null : span("end", end).until(),
                Math.min(count, limits.maxPageSize()),
                number("_offset", page, 0));
    }

    private static int number(String name, Map<String, String[]> page, int usual) {
        var values = page.getOrDefault(name, new String[0]);
        return values.length == 0 ? usual : Parameters.number(name, values[0]);
    }

    private static RecordedSpan span(String name, DateTimeType value) {
        return RecordedSpan.parse(value.getValueAsString())
                .orElseThrow(() -> new InvalidRequestException("`" + name + "` is not a date"));
    }

    /** What of a right's years is asked for. */
    AccountingPeriod period(int years, Instant now) {
        return AccountingPeriod.before(years, now, start, end)
                .orElseThrow(() -> new InvalidRequestException(
                        "`start` and `end` leave nothing of the " + years + " years that can be accounted for"));
    }

    /** The next page: the same period, so that what happens meanwhile moves nothing. */
    String next(String operation, AccountingPeriod period, int rows) {
        // An end is the last instant that is covered, to the precision that it is given in.
        return operation + "start=" + encoded(period.from()) + "&end="
                + encoded(period.until().minus(1, ChronoUnit.MICROS)) + "&_count=" + count + "&_offset="
                + (offset + rows);
    }

    private static String encoded(Instant instant) {
        return URLEncoder.encode(TO_THE_MICROSECOND.format(instant), StandardCharsets.UTF_8);
    }
}
