package org.accordhie.benchmark;

import static org.accordhie.benchmark.Benchmark.say;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.accordhie.benchmark.growth.Axis;
import org.accordhie.benchmark.growth.Growing;
import org.accordhie.benchmark.growth.GrowthTables;
import org.accordhie.benchmark.growth.Plan;
import org.accordhie.benchmark.growth.Size;
import org.accordhie.benchmark.growth.Step;
import org.accordhie.benchmark.measure.ProcessTimes;
import org.accordhie.benchmark.measure.Row;
import org.accordhie.benchmark.measure.Turns;
import org.accordhie.benchmark.records.Corpus;
import org.accordhie.benchmark.records.RecordFiles;
import org.accordhie.benchmark.server.FhirClient;
import org.accordhie.benchmark.server.Fleet;
import org.accordhie.benchmark.server.RunningServer;
import org.accordhie.benchmark.work.Driver;
import org.accordhie.benchmark.work.Loader;
import org.accordhie.benchmark.work.MixedConsents;
import org.accordhie.benchmark.work.Preparation;
import org.accordhie.benchmark.work.Session;
import org.accordhie.benchmark.work.Target;
import org.accordhie.benchmark.work.Workload;
import org.accordhie.benchmark.work.Workloads;

/** Measures what grows with what: for each axis, servers that are loaded step by step and measured at each step. */
final class Growth {

    private static final int PATIENTS = 100;

    private final Settings settings;
    private final Fleet fleet;

    Growth(Settings settings, Fleet fleet) {
        this.settings = settings;
        this.fleet = fleet;
    }

    /**
     * One server while it grows.
     *
     * @param growing what is loaded into it
     * @param target what is measured
     */
    private record Grown(Growing growing, Target target) {}

    /** Whether every answer was right. */
    boolean run(String load) throws IOException, InterruptedException, SQLException {
        var tables = new ArrayList<GrowthTables>();
        var facts = new ArrayList<>(List.of("load average before the start: " + load));
        var errors = 0L;
        for (var axis : settings.growth) {
            var plan = plan(axis);
            var steps = steps(plan, facts);
            fleet.end(settings.keep ? axis.label() : "");
            tables.add(new GrowthTables(axis, steps));
            errors += steps.stream()
                    .flatMap(step -> step.rows().stream())
                    .mapToLong(row -> row.done().errors())
                    .sum();
            new Report(settings, facts, List.of(), List.of()).writeGrowth(tables);
        }
        return errors == 0;
    }

    private Plan plan(Axis axis) throws IOException {
        var values = axis == Axis.PATIENTS ? settings.sizes : axis.steps();
        var others = settings.patients == 0 ? PATIENTS : settings.patients;
        var people = axis == Axis.PATIENTS ? values.get(values.size() - 1) : others;
        return new Plan(axis, values, new Corpus(RecordFiles.read(settings.records, people), people), settings.seed);
    }

    private List<Step> steps(Plan plan, List<String> facts) throws IOException, InterruptedException, SQLException {
        var servers = fleet.start(settings.variants());
        var grown = new ArrayList<Grown>();
        for (var server : servers) {
            server.awaitAnswer();
            grown.add(grown(server, plan));
        }
        var steps = new ArrayList<Step>();
        for (var value : plan.values()) {
            var sizes = new HashMap<String, Size>();
            for (var each : grown) {
                var from = System.nanoTime();
                each.growing().to(value);
                var took = Duration.ofNanos(System.nanoTime() - from);
                var size = Size.of(each.target().server());
                sizes.put(each.target().label(), size);
                say(
                        "%s %d: %s holds %d resources after %d s of loading",
                        plan.axis().label(), value, each.target().label(), size.resources(), took.toSeconds());
            }
            var targets = grown.stream().map(Grown::target).toList();
            steps.add(new Step(plan.axis(), value, measured(plan, value, targets, facts), sizes));
        }
        return steps;
    }

    private Grown grown(RunningServer server, Plan plan) {
        var client = new FhirClient(server, settings.reuseSearches);
        var growing = new Growing(
                plan, new Loader(plan.corpus(), new MixedConsents(plan.corpus(), 0, settings.seed)), client);
        var sessions = IntStream.range(0, settings.mostClients())
                .mapToObj(worker -> new Session(client, growing.ids(), settings.seed, worker))
                .toList();
        return new Grown(growing, new Target(server, sessions));
    }

    private List<Row> measured(Plan plan, int value, List<Target> targets, List<String> facts)
            throws IOException, InterruptedException {
        var preparation = new Preparation(targets);
        var workloads =
                preparation.reading(new Workloads(plan.asked(value), settings.seed, plan.least()), settings::includes);
        var turns = Turns.divide(
                timeOfAStep(), workloads.size(), targets.size(), settings.rounds * settings.clients.size());
        try (var driver = new Driver(ProcessTimes.ofThisMachine())) {
            var measuring = new Measuring(driver, settings, new Random(settings.seed));
            if (value == plan.values().get(0)) {
                warmUp(measuring, workloads, targets, turns);
            }
            for (var workload : workloads) {
                measuring.warmUp(workload, targets, turns.warmUp());
                measuring.takeTurns(workload, targets, turns.turn());
            }
            var rows = Row.of(measuring.slices(), settings.baseline());
            rows.forEach(row -> say(
                    "%s %d: %-28s %-10s %8.1f/s  %6.2f + %5.2f ms%s",
                    plan.axis().label(),
                    value,
                    row.series().workload(),
                    row.series().variant(),
                    row.rate(),
                    row.cpu().server(),
                    row.cpu().database(),
                    row.done().errors() == 0
                            ? ""
                            : "  the first error: " + row.done().firstError()));
            facts.add(plan.axis().label() + " " + value + ": " + preparation.told());
            return rows;
        }
    }

    /** As long as a step takes, before the first one, which would otherwise meet the coldest servers. */
    private void warmUp(Measuring measuring, List<Workload> workloads, List<Target> targets, Turns turns)
            throws InterruptedException {
        var time = turns.warmUp().plus(turns.turn().multipliedBy((long) settings.rounds * settings.clients.size()));
        for (var workload : workloads) {
            measuring.warmUp(workload, targets, time);
        }
        measuring.slices().clear();
    }

    /** The whole time in equal parts over the steps of all axes. */
    private Duration timeOfAStep() {
        var steps = settings.growth.stream()
                .mapToInt(axis -> axis == Axis.PATIENTS
                        ? settings.sizes.size()
                        : axis.steps().size())
                .sum();
        return Duration.ofSeconds(settings.seconds).dividedBy(Math.max(1, steps));
    }
}
