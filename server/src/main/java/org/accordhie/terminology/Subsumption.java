package org.accordhie.terminology;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Walks a hierarchy from its tops down, each code after all that are above it. Not thread-safe: it walks once. */
final class Subsumption {

    /** As many pairs as a system of a hundred thousand codes has at ten levels. */
    static final int MOST_PAIRS = 1_000_000;

    private static final String PATH = "CodeSystem.concept";

    private final CodeHierarchy hierarchy;
    private final Map<String, List<String>> children = new HashMap<>();
    private final Map<String, Integer> parentsLeft = new HashMap<>();
    private final ArrayDeque<String> ready = new ArrayDeque<>();
    private final Map<String, Set<String>> above = new HashMap<>();
    private int pairs;

    Subsumption(CodeHierarchy hierarchy) {
        this.hierarchy = hierarchy;
        hierarchy.parents().forEach((code, parents) -> {
            parentsLeft.put(code, parents.size());
            parents.forEach(parent ->
                    children.computeIfAbsent(parent, key -> new ArrayList<>()).add(code));
            if (parents.isEmpty()) {
                ready.add(code);
            }
        });
    }

    Closure closure() throws UnusableDefinition {
        while (!ready.isEmpty()) {
            visit(ready.remove());
        }
        if (above.size() < hierarchy.parents().size()) {
            throw unusable("has codes that are below themselves, `" + inACircle() + "` among them");
        }
        return new Closure(above);
    }

    private void visit(String code) throws UnusableDefinition {
        var all = new HashSet<String>();
        all.add(code);
        for (var parent : hierarchy.parents().getOrDefault(code, Set.of())) {
            all.addAll(above.getOrDefault(parent, Set.of()));
        }
        pairs += all.size();
        if (pairs > MOST_PAIRS) {
            throw unusable("has more than " + MOST_PAIRS + " pairs of a code and one above it; load a part of it");
        }
        above.put(code, all);
        for (var child : children.getOrDefault(code, List.of())) {
            if (parentsLeft.merge(child, -1, Integer::sum) == 0) {
                ready.add(child);
            }
        }
    }

    /** A code that was not reached has a parent that was not reached, so going up from one must come round. */
    private String inACircle() {
        var met = new HashSet<String>();
        var code = unreached(hierarchy.parents().keySet());
        while (met.add(code)) {
            code = unreached(hierarchy.parents().getOrDefault(code, Set.of()));
        }
        return code;
    }

    private String unreached(Set<String> codes) {
        return codes.stream()
                .filter(code -> !above.containsKey(code))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private UnusableDefinition unusable(String reason) {
        return new UnusableDefinition(hierarchy.url(), PATH, reason);
    }
}
