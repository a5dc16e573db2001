package org.accordhie.review;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * An access that was drawn.
 *
 * @param event its event
 * @param at when
 * @param party who
 * @param patients of whom, as {@code Patient/[id]}
 */
public record SampledAccess(UUID event, Instant at, Party party, Set<String> patients) {

    public SampledAccess {
        patients = Set.copyOf(patients);
    }
}
