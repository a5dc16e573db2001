package org.accordhie.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A part of the trail to go through from its oldest event to its newest.
 *
 * @param since from when on; null for all
 * @param until before when
 * @param concern what the events concern
 * @param patients whom {@code PATIENTS} means, as {@code Patient/[id]}
 */
public record TrailSpan(@Nullable Instant since, Instant until, Concern concern, List<String> patients) {

    /**
     * An event bears the time of its decision, and is there when the transaction is that began after. So long before an instant
     * lie events that were not there when everything before that instant was listed: more than anybody waits for a transaction.
     */
    private static final Duration LATE = Duration.ofMinutes(5);

    public TrailSpan {
        patients = List.copyOf(patients);
    }

    /** What events concern. */
    public enum Concern {
        ANYTHING,
        ANY_PATIENT,
        /** One of the patients named. */
        PATIENTS
    }

    /**
     * A place in the order of events.
     *
     * @param recorded when
     * @param id of the event
     */
    public record Mark(Instant recorded, UUID id) {

        /** Before the first. */
        public static final Mark START = new Mark(Instant.EPOCH, new UUID(0, 0));
    }

    /** From when on events are to be listed, behind a mark: those that came too late for an earlier list, once more. */
    public Instant from(Mark after) {
        if (since == null) {
            return after.recorded();
        }
        var first = since.minus(LATE);
        return first.isAfter(after.recorded()) ? first : after.recorded();
    }
}
