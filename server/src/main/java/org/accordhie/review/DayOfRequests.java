package org.accordhie.review;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * All that one requester asked in a day.
 *
 * @param event the first event of it
 * @param day the day, in UTC
 * @param party who asked
 * @param patients how many patients' data they read
 * @param requests how many requests there were
 * @param refused how many of those were refused
 */
public record DayOfRequests(UUID event, LocalDate day, Party party, int patients, int requests, int refused) {

    /**
     * What is usual, in patients a day.
     *
     * @param own the requester's days before, those without any left out
     * @param peers the same of the others of the organisation
     */
    public record Baseline(List<Integer> own, List<Integer> peers) {

        /** Nothing is known, or nobody asked. */
        public static final Baseline UNKNOWN = new Baseline(List.of(), List.of());

        public Baseline {
            own = List.copyOf(own);
            peers = List.copyOf(peers);
        }

        /** The higher one of the two in the middle; 0 where nothing is known. */
        double usual() {
            return Math.max(Medians.of(own), Medians.of(peers));
        }
    }
}
