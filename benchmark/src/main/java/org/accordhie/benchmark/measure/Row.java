package org.accordhie.benchmark.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All rounds of one workload on one server together.
 *
 * @param series what was measured
 * @param rate operations a second, over all rounds
 * @param warmUpRate operations a second while warming up
 * @param ratio its rates against those of the baseline in the same rounds
 * @param latency percentiles over all rounds
 * @param done over all rounds
 * @param cpu for each operation
 * @param cpuRatio CPU time of server and database for each operation, against the baseline's
 * @param rounds operations a second in each round
 */
public record Row(
        Slice.Series series,
        double rate,
        double warmUpRate,
        Ratio ratio,
        Percentiles latency,
        Slice.Done done,
        CpuTime cpu,
        double cpuRatio,
        List<Double> rounds) {

    public Row {
        rounds = List.copyOf(rounds);
    }

    /** Adds slices up, in the order in which their series first came. */
    public static List<Row> of(List<Slice> slices, String baseline) {
        var bySeries = new LinkedHashMap<Slice.Series, List<Slice>>();
        slices.forEach(slice -> bySeries.computeIfAbsent(slice.series(), series -> new ArrayList<>())
                .add(slice));
        var rows = new ArrayList<Row>();
        bySeries.forEach((series, own) -> {
            var compared = new Slice.Series(series.workload(), series.clients(), baseline);
            if (own.stream().anyMatch(slice -> !slice.isWarmUp())) {
                rows.add(row(series, own, bySeries.getOrDefault(compared, List.of())));
            }
        });
        return rows;
    }

    private static Row row(Slice.Series series, List<Slice> own, List<Slice> baseline) {
        var measured = measured(own);
        var done = done(measured);
        var cpu = cpu(measured);
        var compared = measured(baseline);
        var comparedCpu = cpu(compared);
        return new Row(
                series,
                done.operations() / seconds(measured),
                own.stream()
                        .filter(Slice::isWarmUp)
                        .mapToDouble(Slice::rate)
                        .average()
                        .orElse(0),
                compared.size() == measured.size()
                        ? Ratio.of(rates(measured), rates(compared))
                        : Ratio.of(new double[0], new double[0]),
                Percentiles.of(measured.stream()
                        .flatMapToLong(slice -> slice.latencies().nanos())
                        .toArray()),
                done,
                cpu,
                (cpu.server() + cpu.database()) / (comparedCpu.server() + comparedCpu.database()),
                measured.stream().map(Slice::rate).toList());
    }

    private static List<Slice> measured(List<Slice> slices) {
        return slices.stream()
                .filter(slice -> !slice.isWarmUp())
                .sorted(Comparator.comparingInt(Slice::round))
                .toList();
    }

    private static double[] rates(List<Slice> slices) {
        return slices.stream().mapToDouble(Slice::rate).toArray();
    }

    private static double seconds(List<Slice> slices) {
        return slices.stream().mapToDouble(Slice::seconds).sum();
    }

    private static Slice.Done done(List<Slice> slices) {
        return slices.stream().map(Slice::done).reduce(new Slice.Done(0, 0, 0, 0, ""), Slice.Done::plus);
    }

    private static CpuTime cpu(List<Slice> slices) {
        return slices.stream()
                .map(Slice::cpu)
                .reduce(new CpuTime(0, 0, 0), CpuTime::plus)
                .each(done(slices).operations());
    }

    /** The rows of one number of clients, by workload and then by variant. */
    public static Map<String, List<Row>> byWorkload(List<Row> rows, int clients) {
        var workloads = new LinkedHashMap<String, List<Row>>();
        rows.stream()
                .filter(row -> row.series().clients() == clients)
                .forEach(row -> workloads
                        .computeIfAbsent(row.series().workload(), workload -> new ArrayList<>())
                        .add(row));
        return workloads;
    }
}
