package org.accordhie.worlds;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was asked, and what was found. */
final class Score {

    private final Map<String, Integer> asked = new TreeMap<>();
    private final Map<String, Integer> answered = new TreeMap<>();
    private final List<Difference> differences = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Timings timings = new Timings();
    private int requests;
    private int pages;
    private int pairs;

    void pair() {
        pairs++;
    }

    void count(Ask ask, Answer with, Answer without) {
        requests++;
        pages += ask.route().equals(Ask.PAGE) ? 1 : 0;
        asked.merge(ask.route(), 1, Integer::sum);
        answered.merge(with.status() / 100 + "xx", 1, Integer::sum);
        if (with.isFailure() || without.isFailure()) {
            failures.add(with.status() + " and " + without.status() + ": " + ask);
        }
        timings.add(ask.route(), with.nanos(), without.nanos());
    }

    /** Takes over what was found in other worlds. */
    void add(Score other) {
        other.asked.forEach((route, count) -> asked.merge(route, count, Integer::sum));
        other.answered.forEach((status, count) -> answered.merge(status, count, Integer::sum));
        differences.addAll(other.differences);
        failures.addAll(other.failures);
        timings.add(other.timings);
        requests += other.requests;
        pages += other.pages;
        pairs += other.pairs;
    }

    void add(Difference difference) {
        differences.add(difference);
    }

    int requests() {
        return requests;
    }

    int pairs() {
        return pairs;
    }

    /** How many requests succeeded. */
    int successes() {
        return answered.getOrDefault("2xx", 0);
    }

    /** The routes that were taken. */
    int routes() {
        return asked.size();
    }

    /** Requests at which a server failed. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    List<Difference> differences() {
        return List.copyOf(differences);
    }

    /** Leaks by the kind of request that finds them, each once, and the first request that did. */
    Map<String, Difference> leaks() {
        var leaks = new TreeMap<String, Difference>();
        differences.forEach(difference -> leaks.putIfAbsent(difference.kind(), difference));
        return leaks;
    }

    @Override
    public String toString() {
        return ("%d requests (%d from the grammar, %d pages after them) on %d pairs of worlds over %d routes, answered %s:"
                        + " %d differences of %d kinds%n%s%n%s")
                .formatted(
                        requests,
                        requests - pages,
                        pages,
                        pairs,
                        asked.size(),
                        answered,
                        differences.size(),
                        new TreeSet<>(leaks().keySet()).size(),
                        asked,
                        timings.table());
    }
}
