package org.accordhie.disclosure;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * For a time, disclosures to an agency are not told, since it has stated that telling would impede its work. Source: 45 CFR
 * 164.528(a)(2).
 *
 * @param id its own
 * @param agency the health oversight agency or law enforcement official, by reference or by name
 * @param from when the statement was made
 * @param until the time that it gives
 * @param statement of whom it is, and where it is kept
 * @param oral whether it was only spoken
 */
public record Suspension(String id, String agency, Instant from, Instant until, String statement, boolean oral) {

    /** The longest that a spoken statement suffices. */
    public static final Duration LONGEST_ORAL = Duration.ofDays(30);

    /** Why there can be no such suspension; empty if there can. */
    public Optional<String> objection() {
        if (agency.isBlank() || statement.isBlank()) {
            return Optional.of("an agency and its statement must be named");
        }
        if (!until.isAfter(from)) {
            return Optional.of("a suspension must end after it begins");
        }
        if (oral && until.isAfter(from.plus(LONGEST_ORAL))) {
            return Optional.of("an oral statement suspends for no longer than 30 days");
        }
        return Optional.empty();
    }

    /** Whether a disclosure is not told to one who asks at an instant. */
    boolean withholds(Disclosure disclosure, Instant asked) {
        return !asked.isBefore(from)
                && asked.isBefore(until)
                && disclosure.recipient().isCalled(agency);
    }
}
