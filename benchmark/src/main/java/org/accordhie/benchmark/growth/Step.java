package org.accordhie.benchmark.growth;

import java.util.List;
import java.util.Map;
import org.accordhie.benchmark.measure.Row;

/**
 * What was found at one step of an axis.
 *
 * @param axis what grew
 * @param value how far
 * @param rows what the workloads cost then
 * @param sizes of the databases, by server
 */
public record Step(Axis axis, int value, List<Row> rows, Map<String, Size> sizes) {

    public Step {
        rows = List.copyOf(rows);
        sizes = Map.copyOf(sizes);
    }
}
