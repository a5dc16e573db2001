package org.accordhie.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.accordhie.benchmark.growth.Axis;
import org.accordhie.benchmark.server.Launch;
import org.accordhie.benchmark.server.Variant;
import org.accordhie.benchmark.work.Workloads;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be chosen. */
final class Settings {

    @Option(
            names = "--servers",
            split = ",",
            paramLabel = "SERVER",
            description =
                    "accord, which must be among them, plain, consent, unenforced, unaudited, lever (default: the first"
                            + " four); the others are compared with plain, and without it with accord")
    List<String> servers = new ArrayList<>(List.of("accord", "plain", "consent", "unenforced"));

    @Option(
            names = "--workloads",
            split = ",",
            paramLabel = "NAME",
            description = "only these of: ${COMPLETION-CANDIDATES} (default: all)",
            completionCandidates = Names.class)
    List<String> workloads = new ArrayList<>();

    @Option(
            names = "--records",
            paramLabel = "DIR",
            description = "bundles made by server/synthea/generate.sh (default: the sample in the server's jar)")
    @Nullable
    Path records;

    @Option(
            names = "--patients",
            paramLabel = "N",
            description = "patient records to load; if there are fewer they are used again under other names (default:"
                    + " each once)")
    int patients;

    @Option(
            names = "--consents",
            paramLabel = "PERCENT",
            description = "patients with a consent (default: ${DEFAULT-VALUE})")
    int consents = 20;

    @Option(
            names = "--clients",
            split = ",",
            paramLabel = "N",
            description = "how many ask at the same time; several are measured one after the other (default: 1,8)")
    List<Integer> clients = new ArrayList<>(List.of(1, 8));

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "how often each server has its turn with each workload (default: ${DEFAULT-VALUE})")
    int rounds = 3;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "how long the whole run may take, with starting and loading (default: ${DEFAULT-VALUE})")
    int seconds = 1200;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "decides what is asked, whose consents there are and the order of turns (default:"
                    + " ${DEFAULT-VALUE})")
    long seed = 1;

    @Option(
            names = "--growth",
            split = ",",
            arity = "0..1",
            fallbackValue = "PATIENTS,CONSENTS,EACH,HIDDEN",
            paramLabel = "AXIS",
            description =
                    "measure what grows with what instead: ${COMPLETION-CANDIDATES} (default: all of these); --patients is"
                            + " the number where it does not grow (100 if not given), --seconds is for the measuring, and"
                            + " starting and loading come on top")
    List<Axis> growth = new ArrayList<>();

    @Option(
            names = "--sizes",
            split = ",",
            paramLabel = "N",
            description = "how many patients there are at each step of --growth patients (default: 100,300,1000)")
    List<Integer> sizes = Axis.PATIENTS.steps();

    @Option(
            names = "--profile",
            description =
                    "also record where each server spends its time with each workload, which costs all of them a little;"
                            + " profile.md and the recordings of the JVMs' flight recorders are written")
    boolean profile;

    @Option(
            names = "--predicates",
            description =
                    "measure no servers: compare ways to hide rows in the database, by the SQL that HAPI makes for"
                            + " the searches; accord alone is started, and predicates.md is written")
    boolean predicates;

    @Option(
            names = "--reuse-searches",
            description = "let HAPI answer a search with what it found for the same search in the last minute; without,"
                    + " every request says `Cache-Control: no-cache`, because a benchmark repeats itself more than"
                    + " people do")
    boolean reuseSearches;

    @Option(
            names = "--java-options",
            paramLabel = "OPTIONS",
            description = "options of each server's JVM (default: ${DEFAULT-VALUE})")
    String javaOptions = "-Xmx1g";

    @Option(
            names = "--lever-options",
            paramLabel = "OPTIONS",
            description = "options of the JVM of the server `lever`, which is accord otherwise (default: none)")
    String leverOptions = "";

    @Option(names = "--lever-java", paramLabel = "DIR", description = "another JVM for `lever` (default: the same)")
    String leverJava = "";

    @Option(
            names = "--lever-settings",
            paramLabel = "SETTINGS",
            description = "settings of `lever`, such as --accord.some.setting=1 (default: none)")
    String leverSettings = "";

    @Option(
            names = "--first-port",
            paramLabel = "PORT",
            description = "the first of twenty-four ports on 127.0.0.1 (default: ${DEFAULT-VALUE})")
    int firstPort = 28400;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "where the report is written (default: ${DEFAULT-VALUE})")
    Path out = Path.of("benchmark", "target", "report");

    @Option(names = "--keep", description = "keep the servers' directories, with their logs")
    boolean keep;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "this text")
    boolean help;

    @Option(names = "--jar", hidden = true, required = true)
    Path jar = Path.of("");

    @Option(names = "--work", hidden = true, required = true)
    Path work = Path.of("");

    /** The workloads' names, for the help text. */
    static final class Names extends ArrayList<String> {

        private static final long serialVersionUID = 1L;

        Names() {
            super(Workloads.names());
        }
    }

    List<Variant> variants() {
        if (predicates) {
            return List.of(Variant.ACCORD);
        }
        var variants = servers.stream()
                .map(name -> Variant.valueOf(name.toUpperCase(java.util.Locale.ROOT)))
                .distinct()
                .sorted()
                .toList();
        if (!variants.contains(Variant.ACCORD)) {
            throw new IllegalArgumentException("--servers must name accord");
        }
        return variants;
    }

    /** With which the others are compared. */
    String baseline() {
        return (variants().contains(Variant.PLAIN) ? Variant.PLAIN : Variant.ACCORD).label();
    }

    Launch.Lever lever() {
        return new Launch.Lever(leverJava, words(leverOptions), words(leverSettings));
    }

    static List<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    boolean includes(String workload) {
        return workloads.isEmpty() || workloads.contains(workload);
    }

    int mostClients() {
        return clients.stream().mapToInt(Integer::intValue).max().orElseThrow();
    }

    /** Refuses what cannot be run. */
    void check() {
        if (!Workloads.names().containsAll(workloads)) {
            throw new IllegalArgumentException("--workloads are " + String.join(", ", Workloads.names()));
        }
        if (rounds < 1 || seconds < 1 || clients.stream().anyMatch(number -> number < 1)) {
            throw new IllegalArgumentException("--rounds, --seconds and --clients are at least 1");
        }
        checkSizes();
        if (consents < 0 || consents > 100 || patients < 0) {
            throw new IllegalArgumentException("--consents is a percentage, --patients a number");
        }
    }

    private void checkSizes() {
        if (sizes.isEmpty()
                || sizes.get(0) < 1
                || !sizes.stream().sorted().toList().equals(sizes)) {
            throw new IllegalArgumentException("--sizes are numbers of patients, from the smallest");
        }
    }
}
