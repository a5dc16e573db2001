package org.accordhie.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.accordhie.benchmark.server.Fleet;
import org.accordhie.benchmark.server.Launch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command. */
@Command(
        name = "run.sh",
        sortOptions = false,
        description = {
            "Measures Accord and other servers on this machine, in turns, and writes a report:",
            "results.md, results.json and a picture for each number of clients.",
            "With --growth: growth.md and a picture for each thing that grows.",
            ""
        })
final class Benchmark implements Callable<Integer> {

    @Mixin
    private final Settings settings = new Settings();

    private Benchmark() {}

    /** Runs it and ends with 0 if everything was measured and every answer was right, with 1 if not. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Benchmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        settings.check();
        var began = System.nanoTime();
        var load = Files.readString(Path.of("/proc/loadavg")).strip();
        var launch = new Launch(
                settings.jar.toAbsolutePath(),
                System.getProperty("java.class.path"),
                Settings.words(settings.javaOptions),
                Files.createDirectories(settings.work.toAbsolutePath()),
                settings.firstPort,
                settings.lever());
        var fleet = new Fleet(launch);
        Runtime.getRuntime().addShutdownHook(new Thread(fleet::close, "end-servers"));
        return (settings.growth.isEmpty() ? pairs(fleet, began, load) : new Growth(settings, fleet).run(load)) ? 0 : 1;
    }

    private boolean pairs(Fleet fleet, long began, String load) throws Exception {
        var servers = fleet.start(settings.variants());
        say("started %d servers", servers.size());
        return new Run(settings, began).of(servers, load);
    }

    /** Progress, for whoever waits. */
    static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
