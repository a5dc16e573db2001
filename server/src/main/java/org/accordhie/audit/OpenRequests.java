package org.accordhie.audit;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.accordhie.audit.AccessRecord.Outcome;

/** The requests being served, and which outcomes of each are recorded for good. Thread-safe. */
public final class OpenRequests {

    private final Map<UUID, Set<Outcome>> recorded = new ConcurrentHashMap<>();

    /** A request has come. */
    public void opened(UUID request) {
        recorded.put(request, EnumSet.noneOf(Outcome.class));
    }

    /** The record of a request is committed. Of a request that is not open it is not kept. */
    public void committed(UUID request, Outcome outcome) {
        recorded.computeIfPresent(request, (id, outcomes) -> {
            outcomes.add(outcome);
            return outcomes;
        });
    }

    /** What is recorded of an open request. */
    public Set<Outcome> of(UUID request) {
        return Set.copyOf(recorded.getOrDefault(request, Set.of()));
    }

    /** A request is answered. */
    public void closed(UUID request) {
        recorded.remove(request);
    }
}
