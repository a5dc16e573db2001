package org.accordhie.benchmark.growth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.accordhie.benchmark.measure.LineCharts;
import org.accordhie.benchmark.measure.Row;
import org.accordhie.benchmark.measure.Slice;
import org.jspecify.annotations.Nullable;

/** The steps of one axis as text that people read. */
public final class GrowthTables {

    private static final double MEGABYTE = 1024.0 * 1024;

    private final Axis axis;
    private final List<Step> steps;

    public GrowthTables(Axis axis, List<Step> steps) {
        this.axis = axis;
        this.steps = List.copyOf(steps);
    }

    /** The axis's name, as in names of files. */
    public String label() {
        return axis.label();
    }

    /** What an operation costs at each step, and how large the databases are. */
    public String text() {
        return "### " + axis.label() + "\n\n" + costs() + '\n' + sizes() + '\n';
    }

    /** The same costs as a picture. */
    public String picture() {
        var panels = new LinkedHashMap<String, Map<String, List<Double>>>();
        series().forEach((series, rows) -> panels.computeIfAbsent(series.workload(), none -> new LinkedHashMap<>())
                .put(
                        series.variant(),
                        steps.stream()
                                .map(step -> total(rows.get(step.value())))
                                .toList()));
        return LineCharts.of(
                "CPU milliseconds of server and database for each operation, by " + axis.unit(),
                steps.stream().map(step -> String.valueOf(step.value())).toList(),
                panels);
    }

    private String costs() {
        var head = "| workload | server |"
                + each(step -> " " + step.value() + " |")
                + " last against first |\n|---|---|" + "--:|".repeat(steps.size() + 1) + "\n";
        return "CPU milliseconds of server and database for each operation, by " + axis.unit()
                + " (in brackets the resources it found):\n\n" + head
                + series().entrySet().stream()
                        .map(entry -> line(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining());
    }

    /** The rows of each workload and server, by step; a step may have none. */
    private Map<Slice.Series, Map<Integer, Row>> series() {
        var series = new LinkedHashMap<Slice.Series, Map<Integer, Row>>();
        for (var step : steps) {
            for (var row : step.rows()) {
                series.computeIfAbsent(row.series(), none -> new LinkedHashMap<>())
                        .put(step.value(), row);
            }
        }
        return series;
    }

    private String line(Slice.Series series, Map<Integer, Row> rows) {
        var found = new ArrayList<>(rows.values());
        return String.format(
                Locale.ROOT,
                "| %s | %s |%s %s |%n",
                series.workload(),
                series.variant(),
                each(step -> cell(rows.get(step.value()))),
                found.size() < 2
                        ? "–"
                        : String.format(Locale.ROOT, "%.2f", total(found.get(found.size() - 1)) / total(found.get(0))));
    }

    private static String cell(@Nullable Row row) {
        return row == null
                ? " – |"
                : String.format(
                        Locale.ROOT,
                        " %.2f + %.2f (%.1f) |",
                        row.cpu().server(),
                        row.cpu().database(),
                        (double) row.done().entries() / Math.max(1, row.done().operations()));
    }

    private static double total(@Nullable Row row) {
        return row == null ? Double.NaN : row.cpu().server() + row.cpu().database();
    }

    private String sizes() {
        var text = new StringBuilder("| " + axis.unit()
                + " | server | resources | database, MB | bytes a resource | largest tables, MB |\n"
                + "|--:|---|--:|--:|--:|---|\n");
        for (var step : steps) {
            step.sizes().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(entry -> text.append(String.format(
                            Locale.ROOT,
                            "| %d | %s | %d | %.1f | %.0f | %s |%n",
                            step.value(),
                            entry.getKey(),
                            entry.getValue().resources(),
                            entry.getValue().bytes() / MEGABYTE,
                            (double) entry.getValue().bytes()
                                    / Math.max(1, entry.getValue().resources()),
                            tables(entry.getValue()))));
        }
        return text.toString();
    }

    private static String tables(Size size) {
        return size.tables().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(table -> String.format(Locale.ROOT, "%s %.1f", table.getKey(), table.getValue() / MEGABYTE))
                .collect(Collectors.joining(", "));
    }

    private String each(Function<Step, String> cell) {
        return steps.stream().map(cell).collect(Collectors.joining());
    }
}
