package org.accordhie.worlds;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The moments at which something happened in a world: those that lie between the beginning of this run and now. Whatever the
 * records say of other times is told as it is.
 */
final class Moments {

    private static final Pattern ISO = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d(?::|%3A)\\d\\d(?::|%3A)\\d\\d(?:\\.\\d+)?(?:Z|(?:[+-]|%2B)\\d\\d(?::|%3A)\\d\\d)");
    private static final Pattern HTTP =
            Pattern.compile("(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d{1,2} [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");

    /** A little before anything can happen. */
    private static final Instant BEGIN = Instant.ofEpochMilli(
                    ManagementFactory.getRuntimeMXBean().getStartTime())
            .minusSeconds(2);
    /** An export is kept for a while, and says until when. */
    private static final Duration AHEAD = Duration.ofDays(2);

    private static final String MASK = "[time]";

    private Moments() {}

    static String masked(String text) {
        var plain = ISO.matcher(text).replaceAll(Moments::masked);
        return HTTP.matcher(plain).replaceAll(Moments::masked);
    }

    /** How many characters of a text {@link #masked} takes out. */
    static int lengthIn(String text) {
        return ISO.matcher(text)
                .results()
                .filter(found -> isOfThisRun(found.group()))
                .mapToInt(found -> found.group().length())
                .sum();
    }

    private static String masked(MatchResult found) {
        return isOfThisRun(found.group()) ? MASK : found.group();
    }

    private static boolean isOfThisRun(String said) {
        try {
            var moment = said.endsWith("GMT")
                    ? ZonedDateTime.parse(said, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()
                    : OffsetDateTime.parse(said.replace("%3A", ":").replace("%2B", "+"))
                            .toInstant();
            return !moment.isBefore(BEGIN) && moment.isBefore(Instant.now().plus(AHEAD));
        } catch (DateTimeParseException none) {
            return false;
        }
    }
}
