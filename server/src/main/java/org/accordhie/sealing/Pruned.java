package org.accordhie.sealing;

import java.time.Instant;

/**
 * The statement that the rows of old anchors were removed on purpose; the anchors stay.
 *
 * @param at when
 * @param through the number of the last anchor whose rows are gone
 * @param chain the chain of that anchor
 * @param before rows recorded before this instant were to go
 * @param events how many rows went with this statement
 */
public record Pruned(Instant at, long through, String chain, Instant before, long events) {

    /** What is signed. */
    String text() {
        return "pruned %s through %d %s before %s events %d".formatted(at, through, chain, before, events);
    }
}
