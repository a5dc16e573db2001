package org.accordhie.review;

import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An access that a rule brings before a human. A rule finds a requester, a patient and a day once, however often it looks.
 *
 * @param rule which
 * @param day the day, in UTC
 * @param event the first event it is about
 * @param party who asked
 * @param patient of whom, as {@code Patient/[id]}; null where it is about no single one
 * @param sentence why, in words
 * @param score from 0 to 100: what to look at first
 */
public record AccessFinding(
        AccessRule rule,
        LocalDate day,
        UUID event,
        Party party,
        @Nullable String patient,
        String sentence,
        int score) {

    /** Made of the rule, the requester, the patient and the day. */
    public UUID id() {
        return Fingerprint.of(
                rule.name(),
                party.organization(),
                party.client(),
                Objects.requireNonNullElse(party.user(), ""),
                Objects.requireNonNullElse(patient, ""),
                day.toString());
    }
}
