package org.accordhie.benchmark.predicate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the searches of a workload cost in each way.
 *
 * @param workload its name
 * @param queries how many searches
 * @param statements how many statements HAPI asked for them
 * @param costs of all of them
 */
public record Compared(String workload, int queries, int statements, Map<Way, Cost> costs) {

    public Compared {
        costs = Map.copyOf(costs);
    }

    /** A table: milliseconds of planning and execution for a search, against the tables themselves, and the rows found. */
    public static String table(List<Compared> all) {
        var ways = Arrays.asList(Way.values());
        return "| workload | searches | statements | "
                + ways.stream().map(way -> way.label + ", ms").collect(Collectors.joining(" | "))
                + " | rows found by each |\n|---|--:|--:|" + "--:|".repeat(ways.size()) + "---|\n"
                + all.stream().map(Compared::line).collect(Collectors.joining());
    }

    private String line() {
        return Arrays.stream(Way.values())
                .map(this::cell)
                .collect(Collectors.joining(
                        " | ",
                        "| " + workload + " | " + queries + " | " + statements + " | ",
                        " | "
                                + Arrays.stream(Way.values())
                                        .map(way -> String.valueOf(of(way).rows()))
                                        .collect(Collectors.joining(" / "))
                                + " |\n"));
    }

    private Cost of(Way way) {
        var cost = costs.get(way);
        if (cost == null) {
            throw new IllegalStateException(way.label + " was not measured");
        }
        return cost;
    }

    /** Planning and execution of a search, how many times those of the tables that is, and the blocks. */
    private String cell(Way way) {
        var cost = of(way);
        return String.format(
                Locale.ROOT,
                "%.2f + %.2f (%.2f), %d blocks",
                cost.planning() / queries,
                cost.execution() / queries,
                cost.millis() / of(Way.TABLES).millis(),
                cost.blocks() / queries);
    }
}
