package org.accordhie.review;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one requester read of one patient in a day.
 *
 * @param event the first event of it
 * @param day the day, in UTC
 * @param party who read
 * @param patient of whom, as {@code Patient/[id]}
 * @param treatment whether any of it was asked for treatment, and in no declared emergency, which is reviewed by itself
 */
public record Access(UUID event, LocalDate day, Party party, String patient, boolean treatment) {

    /**
     * What is known of the two.
     *
     * @param user the person who read; null for a system, or where the directory does not know them
     * @param patient the patient; null where the record is gone
     * @param related whether something shows that the organisation or the user treats the patient
     * @param listed whether officers put the patient on the list
     */
    public record Circumstances(
            @Nullable Person user, @Nullable Person patient, boolean related, boolean listed) {}
}
