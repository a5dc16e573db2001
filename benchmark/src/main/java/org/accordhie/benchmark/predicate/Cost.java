package org.accordhie.benchmark.predicate;

import java.util.Comparator;
import java.util.List;

/**
 * What a statement cost, as PostgreSQL tells it.
 *
 * @param planning milliseconds
 * @param execution milliseconds
 * @param blocks of 8 KiB that were looked into while it was executed
 * @param rows found
 */
record Cost(double planning, double execution, long blocks, long rows) {

    /** Both. */
    double millis() {
        return planning + execution;
    }

    Cost plus(Cost other) {
        return new Cost(
                planning + other.planning, execution + other.execution, blocks + other.blocks, rows + other.rows);
    }

    /** The one in the middle by time. */
    static Cost median(List<Cost> costs) {
        return costs.stream()
                .sorted(Comparator.comparingDouble(Cost::millis))
                .toList()
                .get(costs.size() / 2);
    }
}
