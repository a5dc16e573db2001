package org.accordhie.benchmark.work;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Keeps the queries that every server answers with something, and counts how much each finds. */
public final class Preparation {

    private static final int ENOUGH = 40;

    private final List<Target> targets;
    private final long[] found;
    private int kept;
    private int dropped;
    private final Map<String, Integer> differing = new TreeMap<>();

    public Preparation(List<Target> targets) {
        this.targets = List.copyOf(targets);
        this.found = new long[targets.size()];
    }

    /**
     * The workloads with queries that all servers answer.
     *
     * @throws IOException if a workload has none
     */
    public List<Workload> check(Workloads workloads) throws IOException, InterruptedException {
        var checked = answered(workloads.reading());
        for (var workload : checked) {
            if (workload.queries().isEmpty()) {
                throw new IOException("no query of " + workload.name() + " finds anything on every server");
            }
        }
        return workloads.all(checked);
    }

    /** The same for those workloads that read and are wanted; one without such a query is left out. */
    public List<Workload> reading(Workloads workloads, Predicate<String> wanted)
            throws IOException, InterruptedException {
        var reading = workloads.reading().stream()
                .filter(workload -> wanted.test(workload.name()))
                .toList();
        return answered(reading).stream()
                .filter(workload -> !workload.queries().isEmpty())
                .map(Workload.class::cast)
                .toList();
    }

    private List<QueryWorkload> answered(List<QueryWorkload> reading) throws IOException, InterruptedException {
        var checked = new ArrayList<QueryWorkload>();
        for (var workload : reading) {
            var right = new ArrayList<Query>();
            for (var query : workload.queries()) {
                if (right.size() < ENOUGH && isAnswered(workload, query)) {
                    right.add(query);
                }
            }
            checked.add(workload.with(right));
        }
        return checked;
    }

    private boolean isAnswered(QueryWorkload workload, Query query) throws IOException, InterruptedException {
        var entries = new long[targets.size()];
        try {
            for (int index = 0; index < entries.length; index++) {
                entries[index] = workload.ask(targets.get(index).sessions().get(0), query)
                        .entries();
            }
        } catch (WrongAnswer hidden) {
            dropped++;
            return false;
        }
        kept++;
        if (Arrays.stream(entries).distinct().count() > 1) {
            differing.merge(workload.name(), 1, Integer::sum);
        }
        for (int index = 0; index < entries.length; index++) {
            found[index] += entries[index];
        }
        return true;
    }

    /** What was found, in words. */
    public String told() {
        var text = new StringBuilder(kept + " queries are asked (" + dropped
                + " were left out, since the reader may not see what they ask for, or it is too little); they find");
        for (int index = 0; index < found.length; index++) {
            text.append(index == 0 ? " " : ", ").append(found[index]).append(" resources on ");
            text.append(targets.get(index).label());
        }
        text.append("; queries that do not find the same number on all servers: ");
        return text.append(differing.isEmpty() ? "none" : differing).toString();
    }
}
