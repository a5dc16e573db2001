package org.accordhie.exchange.history;

/**
 * One request, or one entry of a bundle, and what came of it.
 *
 * @param subject what is hidden and shown in turns, unique among all runs
 * @param kind what was asked
 * @param way how it was asked
 * @param begin before the request was sent, in nanoseconds of the clock of its run
 * @param end after the answer was read, or when the request could no longer have an effect; {@link #NEVER} where that is not known
 * @param outcome what the answer was
 */
public record Operation(String subject, Kind kind, String way, long begin, long end, Outcome outcome) {

    /** The end of what may still have its effect at any time. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final String SEPARATOR = "\t";

    public Operation {
        if (end < begin) {
            throw new IllegalArgumentException("an operation ends after it begins");
        }
    }

    /** What is asked. */
    public enum Kind {
        /** The subject is hidden from the readers. */
        REVOKE,
        /** The subject is shown to the readers. */
        GRANT,
        /** A reader asks for the subject. */
        READ,
        /** A node is killed; the subject is its name. */
        KILL
    }

    /** What the answer was. */
    public enum Outcome {
        /** A write was done, and the writer was told so. */
        ACKNOWLEDGED,
        /** A write was not done. */
        REFUSED,
        /** A reader got something of the subject: a resource, a number of them, a version. */
        SAW,
        /** A reader got nothing of the subject. */
        SAW_NOTHING,
        /** There was no answer; a write was done or not. */
        UNKNOWN
    }

    boolean writes() {
        return kind == Kind.REVOKE || kind == Kind.GRANT;
    }

    String line() {
        return String.join(
                SEPARATOR, subject, kind.name(), way, String.valueOf(begin), String.valueOf(end), outcome.name());
    }

    static Operation parse(String line) {
        var parts = line.split(SEPARATOR, -1);
        return new Operation(
                parts[0],
                Kind.valueOf(parts[1]),
                parts[2],
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4]),
                Outcome.valueOf(parts[5]));
    }
}
