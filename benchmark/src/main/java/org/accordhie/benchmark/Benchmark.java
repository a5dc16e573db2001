package org.accordhie.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.accordhie.benchmark.server.Launch;
import org.accordhie.benchmark.server.RunningServer;
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
            ""
        })
final class Benchmark implements Callable<Integer> {

    @Mixin
    private final Settings settings = new Settings();

    private Benchmark() {}

    /** Runs it and ends with 0 if everything was measured and every answer was right, with 1 if not. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Benchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        settings.check();
        var began = System.nanoTime();
        var load = Files.readString(Path.of("/proc/loadavg")).strip();
        var launch = new Launch(
                settings.jar.toAbsolutePath(),
                System.getProperty("java.class.path"),
                Arrays.stream(settings.javaOptions.split(" "))
                        .filter(option -> !option.isEmpty())
                        .toList(),
                Files.createDirectories(settings.work.toAbsolutePath()),
                settings.firstPort);
        var servers = new ArrayList<RunningServer>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(servers), "end-servers"));
        for (var variant : settings.variants()) {
            synchronized (servers) {
                servers.add(RunningServer.start(variant, launch));
            }
        }
        say("started %d servers in %s", servers.size(), launch.work());
        return new Run(settings, began).of(servers, load) ? 0 : 1;
    }

    private static void end(List<RunningServer> servers) {
        synchronized (servers) {
            servers.parallelStream().forEach(RunningServer::close);
        }
    }

    /** Progress, for whoever waits. */
    static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
