package org.accordhie.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.accordhie.local.load.Replays.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** How a span of time is asked for, of an exchange that answers as it is told; {@code ReplayIT} asks a real one. */
class ReplayCommandTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private StubExchange exchange;

    @BeforeEach
    void start() throws IOException {
        exchange = StubExchange.start();
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    @Test
    void aSpanIsAskedForByDays() throws Exception {
        exchange.reply(200, answer(2, 5, 0)).reply(200, answer(1, 1, 0));

        assertThat(replays().all(NOON, NOON.plus(Duration.ofHours(36)))).isEqualTo(new Outcome(3, 6, 0, 0, 0, 0));
        assertThat(exchange.queries)
                .containsExactly(
                        "from=2026-03-01T12:00:00Z&until=2026-03-02T12:00:00Z&sample=5000&seed=0",
                        "from=2026-03-02T12:00:00Z&until=2026-03-03T00:00:00Z&sample=5000&seed=0");
        assertThat(told()).contains("until 2026-03-02T12:00:00Z: 2 releases and refused reads decided once more");
    }

    @Test
    void aFullAnswerIsAskedForInHalves() throws Exception {
        exchange.reply(200, answer(5_000, 9, 9))
                .reply(200, answer(4_000, 4_000, 1))
                .reply(200, answer(3, 3, 0));

        assertThat(replays().all(NOON, NOON.plusSeconds(2))).isEqualTo(new Outcome(4_003, 4_003, 0, 1, 0, 0));
        assertThat(exchange.queries)
                .element(1)
                .isEqualTo("from=2026-03-01T12:00:00Z&until=2026-03-01T12:00:01Z&sample=5000&seed=0");
        assertThat(told().lines()).containsExactly("AuditEvent/1 Patient/1/_history/1: it would be hidden");
    }

    @Test
    void aSpanThatIsNoneIsNoSuccess() {
        assertThat(run("--from", "2026-02-01T00:00:00Z", "--until", "2026-01-01T00:00:00Z"))
                .isEqualTo(2);
        assertThat(exchange.queries).isEmpty();
    }

    @Test
    void anAnswerWithoutNumbersIsNoSuccess() {
        exchange.reply(200, "{\"resourceType\":\"Parameters\"}");

        assertThat(run("--sample", "7")).isEqualTo(3);
    }

    @Test
    void theExitStatusSaysWhetherSomethingWouldBeHidden() {
        exchange.reply(200, answer(1, 1, 1)).reply(200, answer(1, 1, 0)).reply(403, "{}");

        assertThat(run("--sample", "7", "--seed", "3")).isEqualTo(1);
        assertThat(exchange.queries.get(0)).endsWith("&sample=7&seed=3");
        assertThat(exchange.tokenRequests).containsExactly("grant_type=client_credentials&scope=user%2FAuditEvent.rs");
        assertThat(run("--sample", "7")).isZero();
        assertThat(run("--sample", "7")).isEqualTo(3);
        assertThat(run("--from", "yesterday")).isEqualTo(2);
    }

    private int run(String... arguments) {
        var command = new CommandLine(new ReplayCommand());
        var all = new java.util.ArrayList<>(List.of("--url", exchange.url(), "--client-secret", "x"));
        all.addAll(List.of(arguments));
        return command.execute(all.toArray(String[]::new));
    }

    private Replays replays() {
        var http = HttpClient.newHttpClient();
        var client = new AccessTokens.Client(URI.create(exchange.url().replace("/fhir", "/token")), "o", "s", "x");
        var tokens = new AccessTokens(http, client, Clock.systemUTC());
        var once = new Retries(Duration.ZERO, Duration.ZERO, 0);
        return new Replays(
                new Exchange(http, URI.create(exchange.url()), tokens, once),
                new PrintStream(told, true, StandardCharsets.UTF_8));
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }

    private static String answer(int events, int agree, int hidden) {
        var difference = hidden == 0 ? "" : """
                ,{"name":"difference","part":[{"name":"event","valueString":"AuditEvent/1"},
                 {"name":"resource","valueString":"Patient/1/_history/1"},
                 {"name":"outcome","valueCode":"hidden"},{"name":"text","valueString":"it would be hidden"}]}""";
        return """
                {"resourceType":"Parameters","parameter":[{"name":"events","valueInteger":%d},
                 {"name":"agrees","valueInteger":%d},{"name":"hidden","valueInteger":%d}%s]}""".formatted(events, agree, hidden, difference);
    }
}
