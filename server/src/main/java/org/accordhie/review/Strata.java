package org.accordhie.review;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** How many of a sample come from each part of what is drawn from: each in proportion, and, where that is possible, at least one. */
public final class Strata {

    private Strata() {}

    /**
     * Divides a sample. By the method of the largest remainder; of equal ones the first name has it.
     *
     * @param sizes how many there are of each
     * @param count how many are wanted in all
     */
    public static Map<String, Integer> divide(Map<String, Integer> sizes, int count) {
        var names = new ArrayList<>(new TreeMap<>(sizes).keySet());
        var total = sizes.values().stream().mapToLong(Integer::longValue).sum();
        var wanted = Math.min(count, total);
        var parts = new TreeMap<String, Integer>();
        var floor = names.size() <= wanted ? 1 : 0;
        names.forEach(name -> parts.put(name, Math.min(floor, size(sizes, name))));
        for (var left = wanted - sum(parts); left > 0; left--) {
            var next = names.stream()
                    .filter(name -> parts.getOrDefault(name, 0) < size(sizes, name))
                    .max(Comparator.comparingDouble((String name) ->
                                    (double) wanted * size(sizes, name) / total - parts.getOrDefault(name, 0))
                            .thenComparing(Comparator.reverseOrder()))
                    .orElseThrow();
            parts.merge(next, 1, Integer::sum);
        }
        return parts;
    }

    private static int size(Map<String, Integer> sizes, String name) {
        return sizes.getOrDefault(name, 0);
    }

    private static int sum(Map<String, Integer> parts) {
        return parts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
