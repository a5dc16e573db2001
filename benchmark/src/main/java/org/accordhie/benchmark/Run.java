package org.accordhie.benchmark;

import static org.accordhie.benchmark.Benchmark.say;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.accordhie.benchmark.measure.ProcessTimes;
import org.accordhie.benchmark.measure.Row;
import org.accordhie.benchmark.measure.Slice;
import org.accordhie.benchmark.measure.Turns;
import org.accordhie.benchmark.predicate.Comparison;
import org.accordhie.benchmark.profile.Recorder;
import org.accordhie.benchmark.records.Corpus;
import org.accordhie.benchmark.records.Ids;
import org.accordhie.benchmark.records.Item;
import org.accordhie.benchmark.records.RecordFiles;
import org.accordhie.benchmark.server.FhirClient;
import org.accordhie.benchmark.server.RunningServer;
import org.accordhie.benchmark.server.Variant;
import org.accordhie.benchmark.work.Driver;
import org.accordhie.benchmark.work.Loader;
import org.accordhie.benchmark.work.MixedConsents;
import org.accordhie.benchmark.work.Preparation;
import org.accordhie.benchmark.work.Session;
import org.accordhie.benchmark.work.Target;
import org.accordhie.benchmark.work.Workload;
import org.accordhie.benchmark.work.Workloads;
import org.accordhie.benchmark.work.WrongAnswer;

/** One run, from loading to the report. */
final class Run {

    private static final Duration ENDING = Duration.ofSeconds(15);
    private static final double FIRST_WARM_UP = 0.1;

    private final Settings settings;
    private final long began;
    private final Random random;
    private final List<Slice> slices = new ArrayList<>();
    private final Recorder recorder;

    Run(Settings settings, long began) {
        this.settings = settings;
        this.began = began;
        this.random = new Random(settings.seed);
        this.recorder = new Recorder(settings.out);
    }

    /** Whether every answer was right. */
    boolean of(List<RunningServer> servers, String load)
            throws IOException, InterruptedException, WrongAnswer, SQLException {
        var files = RecordFiles.read(settings.records, settings.patients == 0 ? Integer.MAX_VALUE : settings.patients);
        var corpus = new Corpus(files, settings.patients);
        for (var server : servers) {
            server.awaitAnswer();
            say("%s answers after %d s", server.variant().label(), elapsed().toSeconds());
        }
        var targets = load(servers, corpus);
        var preparation = new Preparation(targets);
        var workloads = preparation.check(new Workloads(corpus, settings.seed)).stream()
                .filter(workload -> settings.includes(workload.name()))
                .toList();
        say("%s", preparation.told());
        var facts = List.of(
                "load average before the start: " + load,
                corpus.resources() + " resources of " + corpus.all("Patient").count() + " patients, "
                        + settings.consents + " % of them with a consent",
                preparation.told());
        if (settings.predicates) {
            compare(workloads, targets.get(0), facts);
            return true;
        }
        for (var server : servers) {
            server.vacuumDatabase();
        }
        measure(workloads, targets);
        var rows = Row.of(slices, settings.baseline());
        var report = new Report(settings, facts, rows, slices);
        report.write();
        if (settings.profile) {
            report.writeProfiles(recorder.profiles());
        }
        return rows.stream().allMatch(row -> row.done().errors() == 0);
    }

    private void compare(List<Workload> workloads, Target target, List<String> facts)
            throws IOException, InterruptedException, WrongAnswer, SQLException {
        var compared = new Comparison(target.server(), settings.rounds, settings.seed).of(workloads, target);
        new Report(settings, facts, List.of(), List.of()).write(compared);
    }

    private List<Target> load(List<RunningServer> servers, Corpus corpus)
            throws IOException, InterruptedException, WrongAnswer {
        var consents = new MixedConsents(corpus, settings.consents, settings.seed);
        var loader = new Loader(corpus, consents);
        Map<Item, JsonNode> labels = Map.of();
        var targets = new ArrayList<Target>();
        for (var server : servers) {
            var client = new FhirClient(server, settings.reuseSearches);
            var from = System.nanoTime();
            var ids = loader.load(client, server.variant().isAccord() ? Map.of() : labels);
            say(
                    "%s: loaded %d resources, %.0f a second",
                    server.variant().label(),
                    corpus.resources(),
                    corpus.resources() * 1e9 / (System.nanoTime() - from));
            if (server.variant() == Variant.ACCORD) {
                // The others are given what Accord's rules found, so that the same is to be decided.
                labels = loader.labelsOn(client, ids);
                say("%d resources are labelled", labels.size());
            }
            targets.add(new Target(server, sessions(client, ids)));
        }
        return targets;
    }

    private List<Session> sessions(FhirClient client, Ids ids) {
        return IntStream.range(0, settings.mostClients())
                .mapToObj(worker -> new Session(client, ids, settings.seed, worker))
                .toList();
    }

    private void measure(List<Workload> workloads, List<Target> targets) throws IOException, InterruptedException {
        if (left().isNegative()) {
            say("the time is used up already: turns are as short as can be, and the numbers mean nothing");
        }
        try (var driver = new Driver(ProcessTimes.ofThisMachine())) {
            var measuring = new Measuring(driver, settings.clients, settings.rounds, random, slices);
            warmUp(measuring, workloads, targets);
            for (int next = 0; next < workloads.size(); next++) {
                var turns = Turns.divide(
                        left(), workloads.size() - next, targets.size(), settings.rounds * settings.clients.size());
                measuring.warmUp(workloads.get(next), targets, turns.warmUp());
                takeTurns(measuring, workloads.get(next), targets, turns.turn());
                tell(workloads.get(next).name());
            }
        }
    }

    private void takeTurns(Measuring measuring, Workload workload, List<Target> targets, Duration turn)
            throws IOException, InterruptedException {
        if (!settings.profile) {
            measuring.takeTurns(workload, targets, turn);
            return;
        }
        var servers = targets.stream().map(Target::server).toList();
        recorder.start(servers);
        measuring.takeTurns(workload, targets, turn);
        recorder.stop(servers, workload.name());
    }

    /** All that reads, before anything is measured: the first workloads would otherwise meet the coldest servers. */
    private void warmUp(Measuring measuring, List<Workload> workloads, List<Target> targets)
            throws InterruptedException {
        var reading = workloads.stream().filter(workload -> !workload.writes()).toList();
        var share = left().toMillis() * FIRST_WARM_UP / (targets.size() * Math.max(1, reading.size()));
        for (var workload : reading) {
            measuring.warmUp(workload, targets, Duration.ofMillis(Math.max(0, (long) share)));
        }
        say("%4d s  warmed up for the first time", elapsed().toSeconds());
    }

    private void tell(String workload) {
        Row.of(slices, settings.baseline()).stream()
                .filter(row -> row.series().workload().equals(workload))
                .forEach(row -> say(
                        "%4d s  %-28s %2d  %-10s %8.1f/s  %5.2f  %6.2f + %5.2f ms%s",
                        elapsed().toSeconds(),
                        workload,
                        row.series().clients(),
                        row.series().variant(),
                        row.rate(),
                        row.ratio().median(),
                        row.cpu().server(),
                        row.cpu().database(),
                        row.done().errors() == 0
                                ? ""
                                : "  " + row.done().errors() + " errors, the first: "
                                        + row.done().firstError()));
    }

    private Duration left() {
        return Duration.ofSeconds(settings.seconds).minus(elapsed()).minus(ENDING);
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
