package org.accordhie.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

    @TempDir
    static Path directory;

    @Test
    void writesToTheDiskBeforeItAnswers() throws SQLException {
        try (var database = EmbeddedDatabase.start(directory, 0);
                var connection = connect(database)) {
            assertThat(show(connection, "fsync")).isEqualTo("on");
            assertThat(show(connection, "synchronous_commit")).isEqualTo("on");
            assertThat(show(connection, "full_page_writes")).isEqualTo("on");
            assertThat(show(connection, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(answer(connection, "SELECT datlocale FROM pg_database WHERE datname = current_database()"))
                    .isEqualTo("C.UTF-8");
            assertThat(answer(connection, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                    .isEqualTo("f");
        }
    }

    @Test
    void letsNobodyInWithoutThePassword() throws IOException {
        try (var database = EmbeddedDatabase.start(directory, 0)) {
            assertThatThrownBy(() -> DriverManager.getConnection(database.url(), database.user(), "wrong"))
                    .hasMessageContaining("password authentication failed");
            assertThatThrownBy(() -> DriverManager.getConnection(database.url(), "postgres", ""))
                    .isInstanceOf(SQLException.class);
            assertThat(Files.readAllLines(directory.resolve("cluster/pg_hba.conf")))
                    .filteredOn(line -> !line.startsWith("#") && !line.isBlank())
                    .isNotEmpty()
                    .allMatch(line -> line.endsWith("scram-sha-256"));
        }
    }

    @Test
    void keepsItsPasswordsFromOtherUsers() throws IOException {
        try (var database = EmbeddedDatabase.start(directory, 0)) {
            assertThat(database.password()).hasSizeGreaterThan(30);
            assertThat(permissions("accord.password")).isEqualTo("rw-------");
            assertThat(permissions("superuser.password")).isEqualTo("rw-------");
            assertThat(permissions(".")).isEqualTo("rwx------");
        }
    }

    @Test
    void keepsItsDataOverARestart() throws SQLException {
        try (var first = EmbeddedDatabase.start(directory, 0);
                var connection = connect(first)) {
            write(connection, "kept");
        }

        try (var second = EmbeddedDatabase.start(directory, 0);
                var connection = connect(second)) {
            assertThat(answer(connection, "SELECT word FROM kept")).isEqualTo("kept");
        }
    }

    @Test
    void startsAgainOnTheSamePortAfterTheServerWasKilled() throws Exception {
        var port = Ports.free();
        var killed = startAndKill(port);
        assertThat(postmaster()).as("PostgreSQL outlives the server").isPresent();

        try (var database = EmbeddedDatabase.start(directory, port);
                var connection = connect(database)) {
            assertThat(killed).contains(database.url());
            write(connection, "works");
        }
        assertThat(postmaster()).isEmpty();
    }

    @Test
    void leavesAnotherProgramAloneThatGotTheOldProcessNumber() throws IOException {
        EmbeddedDatabase.start(directory, 0).close();
        var thisProgram = ProcessHandle.current().pid();
        Files.writeString(directory.resolve("cluster/postmaster.pid"), thisProgram + "\n");

        try (var database = EmbeddedDatabase.start(directory, 0)) {
            assertThat(database.url()).startsWith("jdbc:postgresql://127.0.0.1:");
        }
    }

    @Test
    void refusesADirectoryThatIsInUse() {
        try (var first = EmbeddedDatabase.start(directory, 0)) {
            assertThatThrownBy(() -> EmbeddedDatabase.start(directory, 0))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("in use by another running server")
                    .hasMessageContaining("accord.database.directory");
            assertThat(first.user()).isEqualTo("accord");
        }
    }

    @Test
    void namesThePortThatIsTaken() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedDatabase.start(directory, other.getLocalPort()))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("127.0.0.1:" + other.getLocalPort())
                    .hasMessageContaining("accord.database.port")
                    .hasMessageContaining("accord.database.url");
        }
    }

    @Test
    void namesTheDirectoryThatCannotBeMade(@TempDir Path elsewhere) throws IOException {
        var file = Files.createFile(elsewhere.resolve("file"));

        assertThatThrownBy(() -> EmbeddedDatabase.start(file.resolve("below"), 0))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("accord.database.directory");
    }

    @Test
    void leavesADirectoryAloneThatHoldsOtherThings(@TempDir Path elsewhere) throws IOException {
        Files.createFile(elsewhere.resolve("file"));

        assertThatThrownBy(() -> EmbeddedDatabase.start(elsewhere, 0))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("holds other things")
                .hasMessageContaining("accord.database.directory");
        try (var content = Files.list(elsewhere)) {
            assertThat(content).hasSize(1);
        }
    }

    private static String startAndKill(int port) throws IOException, InterruptedException {
        var server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        AbandonedDatabase.class.getName(),
                        directory.toString(),
                        Integer.toString(port))
                .redirectErrorStream(true)
                .start();
        var output = new BufferedReader(server.inputReader(StandardCharsets.UTF_8));
        var started = output.lines().filter(line -> line.startsWith("started")).findFirst();
        server.destroyForcibly().waitFor();
        return started.orElseThrow();
    }

    private static Optional<ProcessHandle> postmaster() throws IOException {
        var pidFile = directory.resolve("cluster/postmaster.pid");
        return Files.exists(pidFile)
                ? ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).get(0)))
                : Optional.empty();
    }

    private static String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(file)));
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }

    private static void write(Connection connection, String word) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS kept");
            statement.execute("CREATE TABLE kept (word text)");
            statement.execute("INSERT INTO kept VALUES ('" + word + "')");
        }
    }

    private static String show(Connection connection, String setting) throws SQLException {
        return answer(connection, "SHOW " + setting);
    }

    private static String answer(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }
}
