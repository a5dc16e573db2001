package org.accordhie.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The PostgreSQL process that outlived the server which started it, as it does when that server is killed.
 *
 * <p>It is stopped rather than adopted, so that a restart always runs with today's settings.
 */
final class Postmaster {

    private static final long STOP_SECONDS = 60;

    private Postmaster() {}

    /**
     * Stops the cluster's process if it still runs, and waits for its end.
     *
     * <p>A process number left behind by a crash may belong to another program by now (always so in containers, where
     * numbers are small): that program is left alone, and the stale file that names it is removed. The caller holds
     * the directory's lock, so nobody else starts the cluster meanwhile.
     */
    static void stopOrphanOf(Path cluster) throws IOException, InterruptedException {
        var pidFile = cluster.resolve("postmaster.pid");
        var process = runningProcess(pidFile);
        var command = process.flatMap(handle -> handle.info().command());
        if (process.isEmpty() || command.isEmpty()) {
            return;
        }
        if (!isPostgres(command.get()) || !mentions(process.get(), cluster)) {
            Files.deleteIfExists(pidFile);
            return;
        }
        interrupt(process.get());
    }

    private static Optional<ProcessHandle> runningProcess(Path pidFile) throws IOException {
        if (Files.notExists(pidFile)) {
            return Optional.empty();
        }
        var firstLine = Files.readAllLines(pidFile).stream().findFirst().orElse("");
        return firstLine.matches("\\d{1,10}") ? ProcessHandle.of(Long.parseLong(firstLine)) : Optional.empty();
    }

    /** True also for {@code postgres (deleted)}, as Linux names it when the binary is gone from the disk. */
    private static boolean isPostgres(String command) {
        return Path.of(command).getFileName().toString().startsWith("postgres");
    }

    private static boolean mentions(ProcessHandle process, Path cluster) {
        return process.info()
                .arguments()
                .map(arguments -> String.join(" ", arguments).contains(cluster.toString()))
                .orElse(true);
    }

    /** SIGINT is what PostgreSQL calls a fast shutdown; the shell's own {@code kill} is there on every machine. */
    private static void interrupt(ProcessHandle process) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -INT " + process.pid())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        try {
            process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException stillThere) {
            throw new IOException("the PostgreSQL process " + process.pid() + " did not stop", stillThere);
        }
    }
}
