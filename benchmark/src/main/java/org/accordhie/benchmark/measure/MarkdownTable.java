package org.accordhie.benchmark.measure;

import java.util.List;
import java.util.Locale;

/** The results as text that people read. */
public final class MarkdownTable {

    private static final String HEAD = """
            | workload | server | operations/s | against %s | p50 ms | p95 ms | p99 ms | errors | server CPU ms | database CPU ms | CPU against %s | resources | warm-up/s |
            |---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
            """;

    private MarkdownTable() {}

    /** One table for each number of clients. */
    public static String of(List<Row> rows, String baseline) {
        var text = new StringBuilder();
        rows.stream().map(row -> row.series().clients()).distinct().sorted().forEach(clients -> {
            text.append("### ")
                    .append(clients)
                    .append(clients == 1 ? " client" : " clients")
                    .append("\n\n");
            text.append(HEAD.formatted(baseline, baseline));
            Row.byWorkload(rows, clients).values().stream()
                    .flatMap(List::stream)
                    .forEach(row -> text.append(line(row)));
            text.append('\n');
        });
        return text.toString();
    }

    private static String line(Row row) {
        var operations = Math.max(1, row.done().operations());
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.1f | %s | %.1f | %.1f | %.1f | %d | %.2f | %.2f | %s | %.1f | %.1f |%n",
                row.series().workload(),
                row.series().variant(),
                row.rate(),
                told(row.ratio()),
                row.latency().p50(),
                row.latency().p95(),
                row.latency().p99(),
                row.done().errors(),
                row.cpu().server(),
                row.cpu().database(),
                told(row.cpuRatio()),
                (double) row.done().entries() / operations,
                row.warmUpRate());
    }

    private static String told(Ratio ratio) {
        return Double.isNaN(ratio.median())
                ? "–"
                : String.format(Locale.ROOT, "%.2f (%.2f–%.2f)", ratio.median(), ratio.lowest(), ratio.highest());
    }

    private static String told(double ratio) {
        return Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.2f", ratio) : "–";
    }
}
