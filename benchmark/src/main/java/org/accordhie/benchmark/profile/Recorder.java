package org.accordhie.benchmark.profile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.accordhie.benchmark.server.RunningServer;

/** Has the JVMs of servers record where they spend their time, by their own flight recorders. Used by one thread. */
public final class Recorder {

    private static final String NAME = "benchmark";

    private final Path directory;
    private final List<Profile> profiles = new ArrayList<>();

    /**
     * Records into files.
     *
     * @param directory where they are
     */
    public Recorder(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    /** From now on. */
    public void start(List<RunningServer> servers) throws IOException, InterruptedException {
        for (var server : servers) {
            tell(server, "JFR.start", "name=" + NAME, "settings=profile");
        }
    }

    /** Until now, in which a workload was asked. */
    public void stop(List<RunningServer> servers, String workload) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        for (var server : servers) {
            var file = directory.resolve(workload + "-" + server.variant().label() + ".jfr");
            tell(server, "JFR.stop", "name=" + NAME, "filename=" + file);
            profiles.add(Profile.read(workload, server.variant().label(), file));
        }
    }

    /** What was recorded. */
    public List<Profile> profiles() {
        return List.copyOf(profiles);
    }

    private static void tell(RunningServer server, String... what) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), String.valueOf(server.process())));
        command.addAll(List.of(what));
        var jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
        var answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException(server.variant().label() + " does not record: " + answer);
        }
    }
}
