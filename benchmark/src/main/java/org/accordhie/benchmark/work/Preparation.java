package org.accordhie.benchmark.work;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
        var checked = new ArrayList<QueryWorkload>();
        for (var workload : workloads.reading()) {
            var right = new ArrayList<Query>();
            for (var query : workload.queries()) {
                if (right.size() < ENOUGH && isAnswered(workload, query)) {
                    right.add(query);
                }
            }
            if (right.isEmpty()) {
                throw new IOException("no query of " + workload.name() + " finds anything on every server");
            }
            checked.add(workload.with(right));
        }
        return workloads.all(checked);
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
