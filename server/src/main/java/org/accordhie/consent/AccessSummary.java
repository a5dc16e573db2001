package org.accordhie.consent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.accordhie.consent.Proof.Decider;
import org.accordhie.vocabulary.ResourceFacts;

/**
 * What of a record one request gets, and why.
 *
 * @param request who asks, why and when
 * @param all the record
 * @param byType by resource type
 * @param byLabel by the code of a sensitivity or confidentiality; a resource with several counts in each
 * @param reasons what settled it, most resources first
 */
public record AccessSummary(
        AccessRequest request, Tally all, Map<String, Tally> byType, Map<String, Tally> byLabel, List<Reason> reasons) {

    /**
     * How many resources.
     *
     * @param visible are released
     * @param hidden are not
     */
    public record Tally(int visible, int hidden) {

        private static Tally of(boolean permitted) {
            return permitted ? new Tally(1, 0) : new Tally(0, 1);
        }

        private Tally plus(Tally other) {
            return new Tally(visible + other.visible, hidden + other.hidden);
        }
    }

    /**
     * Resources that are released, or hidden, for the same reason.
     *
     * @param count how many
     * @param example the proof of one of them
     */
    public record Reason(int count, Proof example) {

        private Reason plusOne() {
            return new Reason(count + 1, example);
        }
    }

    /** Decides about every resource of a record. */
    public static AccessSummary of(AccessRequest request, Collection<ResourceFacts> record, Rules rules) {
        var all = new Tally(0, 0);
        var byType = new TreeMap<String, Tally>();
        var byLabel = new TreeMap<String, Tally>();
        var reasons = new LinkedHashMap<Shared, Reason>();
        for (var facts : record) {
            var proof = Explanation.of(request, facts, rules);
            var one = Tally.of(proof.permits());
            all = all.plus(one);
            byType.merge(facts.type(), one, Tally::plus);
            labelsOf(facts).forEach(label -> byLabel.merge(label, one, Tally::plus));
            reasons.merge(
                    new Shared(proof.permits(), proof.deciders()),
                    new Reason(1, proof),
                    (former, next) -> former.plusOne());
        }
        return new AccessSummary(request, all, byType, byLabel, mostFirst(reasons.values()));
    }

    private record Shared(boolean permitted, List<Decider> deciders) {}

    private static List<String> labelsOf(ResourceFacts facts) {
        var labels = new ArrayList<>(facts.sensitivities());
        labels.add(facts.confidentiality().name());
        return labels;
    }

    private static List<Reason> mostFirst(Collection<Reason> reasons) {
        return reasons.stream()
                .sorted(Comparator.comparingInt(Reason::count).reversed())
                .toList();
    }
}
