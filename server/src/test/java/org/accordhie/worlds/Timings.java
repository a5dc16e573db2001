package org.accordhie.worlds;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How long both worlds took for the same requests. The Kolmogorov-Smirnov statistic is the largest distance between the two
 * distributions; the p-value uses its usual series for large samples. Nothing is asserted of it.
 */
final class Timings {

    private static final int ENOUGH = 100;
    private static final int TERMS = 100;

    private final Map<String, Samples> samples = new TreeMap<>();

    private record Samples(List<Long> with, List<Long> without) {}

    void add(String route, long nanosWith, long nanosWithout) {
        var both = samples.computeIfAbsent(route, key -> new Samples(new ArrayList<>(), new ArrayList<>()));
        both.with().add(nanosWith);
        both.without().add(nanosWithout);
    }

    void add(Timings others) {
        others.samples.forEach((route, both) -> {
            var own = samples.computeIfAbsent(route, key -> new Samples(new ArrayList<>(), new ArrayList<>()));
            own.with().addAll(both.with());
            own.without().addAll(both.without());
        });
    }

    /** A line for each route asked often enough. */
    String table() {
        return samples.entrySet().stream()
                .filter(route -> route.getValue().with().size() >= ENOUGH)
                .map(route -> line(route.getKey(), route.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String line(String route, Samples both) {
        var first = both.with().stream().sorted().toList();
        var second = both.without().stream().sorted().toList();
        var distance = distance(first, second);
        return "  %-22s %6d requests, median %6.2f and %6.2f ms, KS distance %.3f, p %.3f"
                .formatted(route, first.size(), median(first), median(second), distance, p(distance, first.size()));
    }

    private static double median(List<Long> sorted) {
        return sorted.get(sorted.size() / 2) / 1e6;
    }

    /** The largest distance between two empirical distributions, each sorted. */
    static double distance(List<Long> first, List<Long> second) {
        var farthest = 0.0;
        int i = 0;
        int j = 0;
        while (i < first.size() && j < second.size()) {
            var at = Math.min(first.get(i), second.get(j));
            while (i < first.size() && first.get(i) <= at) {
                i++;
            }
            while (j < second.size() && second.get(j) <= at) {
                j++;
            }
            farthest = Math.max(farthest, Math.abs((double) i / first.size() - (double) j / second.size()));
        }
        return farthest;
    }

    /** How likely a distance as large would be by chance, for two samples of the same size. */
    static double p(double distance, int size) {
        var root = Math.sqrt(size / 2.0);
        var lambda = (root + 0.12 + 0.11 / root) * distance;
        if (lambda < 0.2) {
            return 1;
        }
        var sum = 0.0;
        for (int k = 1; k <= TERMS; k++) {
            sum += (k % 2 == 1 ? 2 : -2) * Math.exp(-2 * lambda * lambda * k * k);
        }
        return Math.min(1, Math.max(0, sum));
    }
}
