package org.accordhie.benchmark.server;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.accordhie.benchmark.measure.CpuTime;
import org.accordhie.benchmark.measure.ProcessTimes;

/** A server that was started for the benchmark, with its PostgreSQL. */
public final class RunningServer implements AutoCloseable {

    private static final Duration STARTUP = Duration.ofMinutes(20);
    private static final Duration ONE_ANSWER = Duration.ofSeconds(60);
    private static final int SHUTDOWN_SECONDS = 40;
    private static final long POLL_MILLIS = 200;

    private final Variant variant;
    private final Launch launch;
    private final Process process;

    private RunningServer(Variant variant, Launch launch, Process process) {
        this.variant = variant;
        this.launch = launch;
        this.process = process;
    }

    /** Starts the process, and writes its id to {@code pids} before anything can go wrong with it. */
    public static RunningServer start(Variant variant, Launch launch) throws IOException {
        var directory = Files.createDirectories(launch.directory(variant));
        var process = new ProcessBuilder(launch.command(variant))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(directory.resolve("log").toFile()))
                .start();
        Files.writeString(
                launch.work().resolve("pids"),
                process.pid() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        return new RunningServer(variant, launch, process);
    }

    /** Which server this is. */
    public Variant variant() {
        return variant;
    }

    /** The id of its process. */
    public long process() {
        return process.pid();
    }

    /** Its FHIR address. */
    public String base() {
        return launch.base(variant);
    }

    /** Where tokens for it are got. */
    public String tokens() {
        return launch.tokens(variant);
    }

    /**
     * Waits for the first answer.
     *
     * @throws IOException if the process ends or does not answer
     */
    public void awaitAnswer() throws IOException, InterruptedException {
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var request = HttpRequest.newBuilder(URI.create(base() + "/metadata"))
                .timeout(ONE_ANSWER)
                .build();
        var end = System.nanoTime() + STARTUP.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                if (http.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // The next try comes soon enough.
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        throw new IOException(variant.label() + " does not answer; its log is "
                + launch.directory(variant).resolve("log"));
    }

    /** CPU time used so far, without the driver's. */
    public CpuTime cpu(ProcessTimes times) {
        return new CpuTime(
                times.millisOf(process.pid()),
                postmaster().map(times::millisOfTree).orElse(0.0),
                0);
    }

    /** Where its PostgreSQL is, for JDBC. */
    public String databaseAddress() {
        return launch.databaseAddress(variant);
    }

    /** The superuser's password. */
    public String databasePassword() throws IOException {
        return Files.readString(launch.database(variant).resolve("superuser.password"))
                .strip();
    }

    /** A superuser's connection to its database. */
    public Connection connectToDatabase() throws IOException, SQLException {
        return DriverManager.getConnection(databaseAddress(), "postgres", databasePassword());
    }

    /** Puts its database in order as autovacuum does in time: what was loaded a moment ago is planned as if it were empty. */
    public void vacuumDatabase() throws IOException, SQLException {
        try (var connection = connectToDatabase();
                var sql = connection.createStatement()) {
            sql.execute("VACUUM (ANALYZE)");
        }
    }

    /** What its PostgreSQL logs. */
    public Path databaseLog() {
        return launch.database(variant).resolve("postgresql.log");
    }

    private Optional<Long> postmaster() {
        var file = launch.database(variant).resolve(Path.of("cluster", "postmaster.pid"));
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream().findFirst().map(line -> Long.parseLong(line.strip()))
                    : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Ends the server, which ends its PostgreSQL; what does not end in time is killed. */
    @Override
    public void close() {
        var database = postmaster().flatMap(ProcessHandle::of);
        process.destroy();
        try {
            if (!process.waitFor(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interruption) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        database.filter(ProcessHandle::isAlive).ifPresent(ProcessHandle::destroy);
    }
}
