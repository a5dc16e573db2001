package org.accordhie.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A search of the audit trail: every condition must hold, and one of the spans of each list.
 *
 * @param conditions what records must be about
 * @param recorded when they were recorded
 * @param order by when they were recorded, and then by their ids
 * @param page which of them to return; the total is of all
 */
public record TrailQuery(List<Condition> conditions, List<List<RecordedSpan>> recorded, Order order, Page page) {

    public TrailQuery {
        conditions = List.copyOf(conditions);
        recorded = recorded.stream().map(List::copyOf).toList();
    }

    /** In which order. */
    public enum Order {
        NEWEST_FIRST,
        OLDEST_FIRST
    }

    /**
     * Which page.
     *
     * @param count its most records
     * @param offset how many records come before it
     */
    public record Page(int count, int offset) {}

    /** What of a record a condition looks at. */
    public enum Element {
        ID,
        /** A patient concerned. */
        PATIENT,
        /** The organisation or the user. */
        AGENT,
        CLIENT,
        /** A patient concerned, or a resource with or without its version, or a consent that decided, likewise. */
        ENTITY,
        /** The same without the consents. */
        RELEASED,
        /** The beginning of the client's network address, in lower case. */
        ADDRESS,
        /** The client's whole network address. */
        WHOLE_ADDRESS,
        /** Names of {@link org.accordhie.vocabulary.PurposeOfUse}. */
        PURPOSE,
        /** Names of {@link AccessRecord.Outcome}. */
        OUTCOME,
        /** Names of {@link RestfulInteraction}. */
        INTERACTION
    }

    /**
     * Holds for records that have one of the values.
     *
     * @param values as the record has them; none holds for no record
     */
    public record Condition(Element element, Set<String> values) {

        public Condition {
            values = Set.copyOf(values);
        }
    }

    /** The same search with a further condition. */
    public TrailQuery and(Condition condition) {
        var all = new ArrayList<>(conditions);
        all.add(condition);
        return new TrailQuery(all, recorded, order, page);
    }

    /** The same search with other conditions. */
    TrailQuery with(List<Condition> instead) {
        return new TrailQuery(instead, recorded, order, page);
    }

    /** The same search among what was recorded before an instant. */
    public TrailQuery before(Instant instant) {
        var all = new ArrayList<>(recorded);
        all.add(List.of(RecordedSpan.before(instant)));
        return new TrailQuery(conditions, all, order, page);
    }

    /** Whether nothing that is recorded from then on can be found. */
    public boolean endsBy(Instant then) {
        return recorded.stream().anyMatch(spans -> spans.stream().allMatch(span -> span.endsBy(then)));
    }
}
