package org.accordhie.benchmark;

import static org.accordhie.benchmark.Benchmark.say;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.accordhie.benchmark.growth.GrowthTables;
import org.accordhie.benchmark.measure.BarChart;
import org.accordhie.benchmark.measure.MarkdownTable;
import org.accordhie.benchmark.measure.Row;
import org.accordhie.benchmark.measure.Slice;
import org.accordhie.benchmark.predicate.Compared;
import org.accordhie.benchmark.profile.Profile;
import org.accordhie.benchmark.profile.ProfileTable;
import org.accordhie.benchmark.server.Variant;

/**
 * Writes what a run found.
 *
 * @param settings what was chosen
 * @param facts about the records and the queries
 * @param rows the results
 * @param slices what they were made from
 */
record Report(Settings settings, List<String> facts, List<Row> rows, List<Slice> slices) {

    /** Writes what ways to hide rows cost. */
    void write(List<Compared> compared) throws IOException {
        var directory = Files.createDirectories(settings.out);
        var text = head().append('\n').append(Compared.table(compared));
        Files.writeString(directory.resolve("predicates.md"), text);
        say("%n%s%nwritten to %s", text, directory.toAbsolutePath());
    }

    /** Writes where the servers spend their time. */
    void writeProfiles(List<Profile> profiles) throws IOException {
        var text = head().append('\n').append(ProfileTable.of(profiles));
        Files.writeString(settings.out.resolve("profile.md"), text);
        say("%n%s", text);
    }

    /** Writes what grows with what; once more after each axis, so that an interrupted run leaves something. */
    void writeGrowth(List<GrowthTables> axes) throws IOException {
        var directory = Files.createDirectories(settings.out);
        var text = head().append('\n');
        for (var axis : axes) {
            text.append(axis.text());
            Files.writeString(directory.resolve("growth-" + axis.label() + ".svg"), axis.picture());
        }
        Files.writeString(directory.resolve("growth.md"), text);
        say("%n%s%nwritten to %s", text, directory.toAbsolutePath());
    }

    void write() throws IOException {
        var directory = Files.createDirectories(settings.out);
        var text = head();
        text.append('\n').append(MarkdownTable.of(rows, settings.baseline())).append(errors());
        Files.writeString(directory.resolve("results.md"), text);
        writeJson(directory.resolve("results.json"));
        var variants = settings.variants().stream().map(Variant::label).toList();
        for (var clients : settings.clients) {
            var title = "Operations a second against " + settings.baseline() + ", " + clients
                    + (clients == 1 ? " client" : " clients");
            Files.writeString(
                    directory.resolve("throughput-" + clients + ".svg"),
                    BarChart.of(title, Row.byWorkload(rows, clients), variants));
        }
        say("%n%s%nwritten to %s", text, directory.toAbsolutePath());
    }

    private StringBuilder head() throws IOException {
        var text = new StringBuilder();
        conditions()
                .forEach((name, value) -> text.append("- ")
                        .append(name)
                        .append(": ")
                        .append(value)
                        .append('\n'));
        facts.forEach(fact -> text.append("- ").append(fact).append('\n'));
        return text;
    }

    private void writeJson(Path file) throws IOException {
        var results = new LinkedHashMap<String, Object>();
        results.put("conditions", conditions());
        results.put("facts", facts);
        results.put("rows", rows);
        results.put("turns", slices.stream().map(Report::turn).toList());
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), results);
    }

    /** A slice without its latencies, of which there may be many. */
    private static Map<String, Object> turn(Slice slice) {
        var turn = new LinkedHashMap<String, Object>();
        turn.put("series", slice.series());
        turn.put("round", slice.round());
        turn.put("seconds", slice.seconds());
        turn.put("done", slice.done());
        turn.put("cpu", slice.cpu());
        return turn;
    }

    private String errors() {
        var text = new StringBuilder();
        rows.stream()
                .filter(row -> row.done().errors() > 0)
                .forEach(row -> text.append(String.format(
                        Locale.ROOT,
                        "- %s, %s, %d clients: %d errors, the first: `%s`%n",
                        row.series().workload(),
                        row.series().variant(),
                        row.series().clients(),
                        row.done().errors(),
                        row.done().firstError().replaceAll("\\s+", " "))));
        return text.toString();
    }

    private Map<String, String> conditions() throws IOException {
        var conditions = new LinkedHashMap<String, String>();
        conditions.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        conditions.put(
                "processors", Runtime.getRuntime().availableProcessors() + " × " + line("/proc/cpuinfo", "model name"));
        conditions.put("memory", line("/proc/meminfo", "MemTotal"));
        conditions.put("Java", System.getProperty("java.runtime.version") + ", servers with " + settings.javaOptions);
        if (settings.variants().contains(Variant.LEVER)) {
            conditions.put(
                    "lever",
                    String.join(" ", settings.leverJava, settings.leverOptions, settings.leverSettings)
                            .strip());
        }
        conditions.put(
                "rounds",
                settings.rounds + " rounds, whole run at most " + settings.seconds + " s, seed " + settings.seed);
        conditions.put("searches of the last minute reused", settings.reuseSearches ? "yes" : "no");
        return conditions;
    }

    private static String line(String file, String name) throws IOException {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        }
    }
}
