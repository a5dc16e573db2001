package org.accordhie.fhirserver;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.accordhie.vocabulary.TimeSpan;
import org.hl7.fhir.r4.model.DateTimeType;
import org.jspecify.annotations.Nullable;

/**
 * Which versions a history is asked for. Source: FHIR R4, RESTful API, history.
 *
 * @param since only what was stored at this instant or later; null for all
 * @param at only what was current at some instant of this span
 * @param page which of them
 */
record HistoryQuery(@Nullable Instant since, TimeSpan at, PatientRecord.Page page) {

    private static final String SINCE = Constants.PARAM_SINCE;
    private static final String AT = Constants.PARAM_AT;

    private static final Set<String> OWN = Set.of(SINCE, AT, Constants.PARAM_COUNT, Constants.PARAM_OFFSET);

    /** Source: FHIR R4, Search, Prefixes. */
    private static final Pattern PREFIXED = Pattern.compile("(eq|ge|gt|le|lt)?(.*)");

    /**
     * Reads the parameters of a history.
     *
     * @throws InvalidRequestException naming the parameter that is unknown or has not its form
     */
    static HistoryQuery of(RequestDetails request, AccordProperties.Limits limits) {
        KnownParameters.require(request, OWN);
        var asked = request.getParameters();
        var since = Parameters.single(asked, SINCE);
        return new HistoryQuery(
                since == null ? null : span(SINCE, since).from(),
                at(asked.getOrDefault(AT, new String[0])),
                page(PatientRecord.Page.of(limits, request)));
    }

    private static PatientRecord.Page page(PatientRecord.Page page) {
        if (page.count() == 0) {
            throw new InvalidRequestException("`_count` of a history is 1 or more; `_summary=count` counts");
        }
        return page;
    }

    /** Several bound the span from both sides. */
    private static TimeSpan at(String[] values) {
        var whole = TimeSpan.ALWAYS;
        for (var value : values) {
            var part = part(value);
            whole = new TimeSpan(later(whole.from(), part.from()), earlier(whole.until(), part.until()));
        }
        return whole;
    }

    private static TimeSpan part(String value) {
        var parts = PREFIXED.matcher(value);
        if (!parts.matches()) {
            throw malformed(AT, null);
        }
        var span = span(AT, parts.group(2));
        return switch (Objects.requireNonNullElse(parts.group(1), "eq")) {
            case "ge" -> new TimeSpan(span.from(), null);
            case "gt" -> new TimeSpan(next(span.until(), 1), null);
            case "le" -> new TimeSpan(null, span.until());
            case "lt" -> new TimeSpan(null, next(span.from(), -1));
            default -> span;
        };
    }

    private static @Nullable Instant next(@Nullable Instant instant, int milliseconds) {
        return instant == null ? null : instant.plusMillis(milliseconds);
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isAfter(one)) ? other : one;
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }

    private static TimeSpan span(String name, String value) {
        try {
            var span = TimeSpans.of(new DateTimeType(value));
            if (span != null) {
                return span;
            }
        } catch (DataFormatException | IllegalArgumentException notADate) {
            throw malformed(name, notADate);
        }
        throw malformed(name, null);
    }

    private static InvalidRequestException malformed(String name, @Nullable Exception cause) {
        return new InvalidRequestException("the value of `" + name + "` has not the form of its type", cause);
    }
}
