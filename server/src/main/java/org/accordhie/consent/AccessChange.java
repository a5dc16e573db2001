package org.accordhie.consent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.accordhie.vocabulary.ResourceFacts;

/**
 * What of a record one request would gain and lose if other rules were in force.
 *
 * @param request who asks, why and when
 * @param gained what would be released then and is hidden now
 * @param lost what would be hidden then and is released now
 */
public record AccessChange(AccessRequest request, Part gained, Part lost) {

    /**
     * A part of a record.
     *
     * @param count its resources
     * @param examples a few of them, as {@code [type]/[id]}
     */
    public record Part(int count, List<String> examples) {

        public Part {
            examples = List.copyOf(examples);
        }

        static Part of(Collection<ResourceFacts> resources, int examples) {
            return new Part(
                    resources.size(),
                    resources.stream()
                            .map(ResourceFacts::reference)
                            .sorted()
                            .limit(examples)
                            .toList());
        }
    }

    /** Whether nothing changes. */
    public boolean isNone() {
        return gained.count() == 0 && lost.count() == 0;
    }

    /**
     * Compares what each request gets of a record under both rules. A request in an emergency is asked as if there were none.
     *
     * @param examples how many resources are named of each part
     */
    public static List<AccessChange> between(
            Rules before,
            Rules after,
            Collection<ResourceFacts> record,
            Collection<AccessRequest> requests,
            int examples) {
        var groups = grouped(before, after, record);
        return requests.stream()
                .map(AccessRequest::withoutBreakGlass)
                .map(request -> change(request, before.policy(), after.policy(), groups, examples))
                .toList();
    }

    /** Resources that fall into the same release classes under both rules, so that one decision holds for all of them. */
    private static Map<Classes, List<ResourceFacts>> grouped(
            Rules before, Rules after, Collection<ResourceFacts> record) {
        var groups = new LinkedHashMap<Classes, List<ResourceFacts>>();
        for (var facts : record) {
            var classes =
                    new Classes(ReleaseRule.bind(facts, before.consents()), ReleaseRule.bind(facts, after.consents()));
            groups.computeIfAbsent(classes, none -> new ArrayList<>()).add(facts);
        }
        return groups;
    }

    private record Classes(ReleaseRule before, ReleaseRule after) {}

    private static AccessChange change(
            AccessRequest request,
            ReleasePolicy before,
            ReleasePolicy after,
            Map<Classes, List<ResourceFacts>> groups,
            int examples) {
        var changed = new HashMap<Boolean, List<ResourceFacts>>();
        groups.forEach((classes, resources) -> {
            var then = DecisionPoint.decide(request, classes.after(), after).permits();
            if (then != DecisionPoint.decide(request, classes.before(), before).permits()) {
                changed.computeIfAbsent(then, none -> new ArrayList<>())
                        .addAll(unrelated(request, resources).toList());
            }
        });
        return new AccessChange(
                request,
                Part.of(changed.getOrDefault(true, List.of()), examples),
                Part.of(changed.getOrDefault(false, List.of()), examples));
    }

    /** Authors and patients keep what is theirs, whatever the rules. */
    private static Stream<ResourceFacts> unrelated(AccessRequest request, List<ResourceFacts> resources) {
        return resources.stream().filter(facts -> Relation.of(request.requester(), facts) == Relation.NONE);
    }
}
