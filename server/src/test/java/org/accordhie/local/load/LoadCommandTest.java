package org.accordhie.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.accordhie.local.Commands;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class LoadCommandTest {

    private static final Retries AT_ONCE = new Retries(Duration.ZERO, Duration.ofMillis(1), 2);
    private static final String REFUSED = """
            {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"not-found",
             "diagnostics":"has no target","expression":["Bundle.entry[0].resource.subject"]}]}""";

    @TempDir
    Path directory;

    private StubExchange exchange;

    @BeforeEach
    void start() throws IOException {
        exchange = StubExchange.start();
        write("000-a.json", "first");
        write("010-b.json", "second");
        write("010-c.json", "third");
        Files.writeString(directory.resolve("index.tsv"), "no bundle");
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    @Test
    void pushesTheBundlesInTheOrderOfTheirNames() {
        assertThat(load()).isZero();

        assertThat(exchange.pushed).containsExactly(bundle("first"), bundle("second"), bundle("third"));
        assertThat(exchange.authorizations).containsOnly("Bearer token-1");
        assertThat(exchange.tokenRequests).containsExactly("grant_type=client_credentials&scope=system%2F*.cruds");
        assertThat(directory.resolve(Rejections.FILE)).doesNotExist();
    }

    @Test
    void goesOnAfterTheLastFinishedFile() {
        exchange.reply(200, StubExchange.STORED).reply(422, REFUSED);
        assertThat(load("--stop-on-error")).isEqualTo(1);
        assertThat(exchange.pushed).containsExactly(bundle("first"), bundle("second"));
        exchange.pushed.clear();

        assertThat(load()).isZero();

        assertThat(exchange.pushed).containsExactly(bundle("second"), bundle("third"));
        assertThat(directory.resolve(Rejections.FILE)).doesNotExist();
    }

    @Test
    void pushesAFileAgainThatHasChanged() throws IOException {
        load();
        exchange.pushed.clear();
        write("010-b.json", "changed");

        assertThat(load()).isZero();

        assertThat(exchange.pushed).containsExactly(bundle("changed"));
    }

    @Test
    void restartPushesEverythingAgain() {
        load();
        exchange.pushed.clear();

        assertThat(load("--restart")).isZero();

        assertThat(exchange.pushed).hasSize(3);
    }

    @Test
    void listsWhatWasRejectedAndGoesOn() throws IOException {
        exchange.reply(422, REFUSED);

        assertThat(load()).isEqualTo(1);

        assertThat(exchange.pushed).hasSize(3);
        assertThat(Files.readAllLines(directory.resolve(Rejections.FILE)))
                .containsExactly(
                        "000-a.json: status 422", "  Bundle.entry[0].resource.subject: not-found: has no target");
    }

    @Test
    void findsTheRejectedEntriesOfABatch() throws IOException {
        exchange.reply(
                200,
                "{\"entry\":[{\"response\":{\"status\":\"201 Created\"}},{\"response\":{\"status\":\"422\",\"outcome\":"
                        + REFUSED + "}}]}");

        assertThat(load()).isEqualTo(1);

        assertThat(Files.readAllLines(directory.resolve(Rejections.FILE)))
                .contains("  Bundle.entry[1] (Bundle.entry[0].resource.subject): not-found: has no target");
    }

    @Test
    void triesAgainWhenTheExchangeIsBusy() {
        exchange.reply(503, "").reply(429, "");

        assertThat(load()).isZero();

        assertThat(exchange.pushed).hasSize(5);
    }

    @Test
    void stopsWhenTheExchangeStaysBusyAndGoesOnLater() {
        exchange.reply(200, StubExchange.STORED).reply(503, "").reply(503, "").reply(503, "");

        assertThat(load()).isEqualTo(3);

        exchange.pushed.clear();
        assertThat(load()).isZero();
        assertThat(exchange.pushed).containsExactly(bundle("second"), bundle("third"));
    }

    @Test
    void listsAConflictThatStays() {
        exchange.reply(409, REFUSED).reply(409, REFUSED).reply(409, REFUSED);

        assertThat(load()).isEqualTo(1);

        assertThat(exchange.pushed).hasSize(5);
    }

    @Test
    void getsAnotherTokenWhenOneIsNotAccepted() {
        exchange.reply(401, "");

        assertThat(load()).isZero();

        assertThat(exchange.authorizations)
                .containsExactly("Bearer token-1", "Bearer token-2", "Bearer token-2", "Bearer token-2");
    }

    @Test
    void stopsWhenNobodyAnswers() {
        exchange.close();

        assertThat(load()).isEqualTo(3);
    }

    @Test
    void refusesArgumentsThatMakeNoSense() {
        assertThat(run("load")).isEqualTo(2);
        assertThat(run("load", directory.resolve("missing").toString())).isEqualTo(2);
        assertThat(run("load", directory.toString(), "--fast")).isEqualTo(2);
        assertThat(run("laod", directory.toString())).isEqualTo(2);
    }

    @Test
    void helps() {
        assertThat(run("--help")).isZero();
        assertThat(run("load", "--help")).isZero();
    }

    @Test
    void settingsAreForTheServer() {
        assertThat(Commands.areMeantBy()).isFalse();
        assertThat(Commands.areMeantBy("--server.port=1")).isFalse();
        assertThat(Commands.areMeantBy("load", "directory")).isTrue();
        assertThat(Commands.areMeantBy("--help")).isTrue();
    }

    private int load(String... more) {
        var arguments = new ArrayList<>(List.of(directory.toString(), "--url", exchange.url()));
        arguments.addAll(List.of(more));
        return new CommandLine(new LoadCommand().with(AT_ONCE)).execute(arguments.toArray(String[]::new));
    }

    private static int run(String... arguments) {
        return Commands.run(arguments);
    }

    private void write(String name, String id) throws IOException {
        Files.writeString(directory.resolve(name), bundle(id));
    }

    private static String bundle(String id) {
        return "{\"resourceType\":\"Bundle\",\"id\":\"" + id + "\",\"entry\":[{}]}";
    }
}
