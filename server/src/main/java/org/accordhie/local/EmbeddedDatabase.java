package org.accordhie.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL, started from binaries among the dependencies, that keeps its data over restarts.
 *
 * <p>It listens on 127.0.0.1 only, asks everybody for a password, and writes to the disk before it answers. If the
 * server is killed, PostgreSQL lives on; the next start stops it and recovers what was committed.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

    private static final String NAME = "accord";
    private static final String SERVER = "accord_server";
    private static final Duration STARTUP_WAIT = Duration.ofSeconds(60);
    private static final int PORT_CHECK_BACKLOG = 1;

    private final DatabaseDirectory directory;
    private final EmbeddedPostgres postgres;
    private final String password;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedDatabase(DatabaseDirectory directory, EmbeddedPostgres postgres, String password) {
        this.directory = directory;
        this.postgres = postgres;
        this.password = password;
    }

    /**
     * Starts on the data in the directory, or on an empty database if there is none.
     *
     * @param directory where everything is kept
     * @param port the port on 127.0.0.1; 0 takes a free one
     * @throws CannotStart with the reason and the remedy
     */
    public static EmbeddedDatabase start(Path directory, int port) {
        var home = DatabaseDirectory.open(directory);
        try {
            Postmaster.stopOrphanOf(home.cluster());
            var database = startIn(home, freePort(port));
            database.createRoleAndDatabase();
            LOG.info("embedded PostgreSQL answers at {} and keeps its data in {}", database.url(), home.path());
            return database;
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw refusal(home, interruption);
        } catch (CannotStart refusal) {
            release(home);
            throw refusal;
        } catch (IOException | SQLException | RuntimeException | ExceptionInInitializerError failure) {
            throw refusal(home, failure);
        }
    }

    /** The JDBC address. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + NAME;
    }

    /** The role that owns the database; not a superuser. */
    public String user() {
        return NAME;
    }

    /** The role under which the server works, which owns nothing. */
    public String serverUser() {
        return SERVER;
    }

    /** The password of both roles. */
    public String password() {
        return password;
    }

    /** For callers whose end is the end of the process, such as a database shared by all tests. */
    public EmbeddedDatabase closingAtExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "embedded-postgresql-close"));
        return this;
    }

    /** Stops PostgreSQL and keeps its data; once, since the directory may soon be another server's. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        checkpoint();
        closePostgres();
        stopWhatMayHaveStarted(directory);
        release(directory);
    }

    private static EmbeddedDatabase startIn(DatabaseDirectory home, int port) throws IOException {
        var superuserPassword = home.superuserPassword();
        var postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(home.binaries().toFile())
                .setDataDirectory(home.cluster())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setPGStartupWait(STARTUP_WAIT)
                .setErrorRedirector(Redirect.appendTo(home.log().toFile()))
                .setOutputRedirector(Redirect.appendTo(home.log().toFile()))
                // What the library calls locale options are options of initdb: nobody is ever let in without a
                // password, and the order of text does not depend on the operating system.
                .setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("pwfile", home.superuserPasswordFile().toString())
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setConnectConfig("password", superuserPassword)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                // The details of an error name rows.
                .setServerConfig("log_error_verbosity", "terse")
                .setServerConfig("max_connections", "100")
                .start();
        return new EmbeddedDatabase(home, postgres, home.accordPassword());
    }

    private static int freePort(int wanted) {
        try (var socket = new ServerSocket(wanted, PORT_CHECK_BACKLOG, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException taken) {
            throw new CannotStart(
                    "embedded PostgreSQL cannot listen on 127.0.0.1:" + wanted + " (" + taken.getMessage() + ")",
                    "choose a free port with `accord.database.port`, or set `accord.database.url` to use a PostgreSQL"
                            + " of your own",
                    taken);
        }
    }

    /** Every start, because the first one may have been interrupted anywhere. */
    private void createRoleAndDatabase() throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection()) {
            for (var role : List.of(NAME, SERVER)) {
                var verb = exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role) ? "ALTER" : "CREATE";
                execute(connection, verb + " ROLE " + role + " LOGIN PASSWORD '" + password + "'");
            }
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", NAME)) {
                execute(connection, "CREATE DATABASE " + NAME + " OWNER " + NAME);
            }
        } catch (SQLException failure) {
            closePostgres();
            throw failure;
        }
    }

    /** The library gives a stop five seconds; after a checkpoint that is plenty. */
    private void checkpoint() {
        try (var connection = postgres.getPostgresDatabase().getConnection()) {
            execute(connection, "CHECKPOINT");
        } catch (SQLException notRunning) {
            LOG.debug("no checkpoint before the stop", notRunning);
        }
    }

    private void closePostgres() {
        try {
            postgres.close();
        } catch (IOException failure) {
            LOG.warn("embedded PostgreSQL did not stop; the next start will stop it", failure);
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            return statement.executeQuery().next();
        }
    }

    private static void execute(Connection connection, String command) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private static CannotStart refusal(DatabaseDirectory home, Throwable failure) {
        var lastWords = home.lastWords();
        stopWhatMayHaveStarted(home);
        release(home);
        var reason = "embedded PostgreSQL cannot start in `" + home.path() + "` (" + failure.getMessage() + ")"
                + (lastWords.isEmpty() ? "" : "\nits log `" + home.log() + "` ends with\n" + lastWords);
        if ("root".equals(System.getProperty("user.name")) && !LinuxUtils.isUnshareAvailable()) {
            return new CannotStart(
                    reason + "\nPostgreSQL refuses to run as root, and this machine blocks the user namespaces that"
                            + " would help",
                    "run the server as a user other than root, or set `accord.database.url` to use a PostgreSQL of"
                            + " your own",
                    failure);
        }
        return new CannotStart(
                reason,
                "if its very first start was interrupted, remove `" + home.cluster() + "`; otherwise set"
                        + " `accord.database.url` to use a PostgreSQL of your own",
                failure);
    }

    private static void stopWhatMayHaveStarted(DatabaseDirectory home) {
        try {
            Postmaster.stopOrphanOf(home.cluster());
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        } catch (IOException failure) {
            LOG.warn("embedded PostgreSQL did not stop; the next start will stop it", failure);
        }
    }

    private static void release(DatabaseDirectory home) {
        try {
            home.close();
        } catch (IOException failure) {
            LOG.warn("the lock of `{}` was not released", home.path(), failure);
        }
    }
}
