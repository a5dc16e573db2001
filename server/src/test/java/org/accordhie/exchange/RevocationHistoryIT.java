package org.accordhie.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.accordhie.exchange.history.HistoryFiles;
import org.accordhie.exchange.history.RevocationCheck;
import org.accordhie.exchange.history.Verdict;
import org.accordhie.local.EmbeddedDatabase;
import org.junit.jupiter.api.Test;

/**
 * Readers and revokers on two nodes that are killed: no read that begins after a revocation was acknowledged gets anything.
 *
 * <p>{@code mvn -Phistory -pl server verify} makes a million operations, and continues where it was interrupted.
 */
class RevocationHistoryIT {

    private static final long OPERATIONS = Long.getLong("accord.history.operations", 10_000);
    private static final long PART = Long.getLong("accord.history.part", OPERATIONS);
    private static final int KILLS = Integer.getInteger("accord.history.kills", 2);
    private static final int PAUSE_MILLIS = Integer.getInteger("accord.history.pause", 20_000);

    /** Where a history of the same code is continued; one that nobody names is begun anew. */
    private static final Path KEPT =
            Path.of(System.getProperty("accord.history.directory", "target/history/" + UUID.randomUUID()));

    private final long seed = Long.getLong("accord.seed", System.nanoTime());
    private final AtomicReference<HistoryRun> running = new AtomicReference<>();
    private final AtomicInteger kills = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void noReadAfterAnAcknowledgedRevocationGetsAnything() throws Exception {
        System.out.println("history: seed " + seed);
        var files = new HistoryFiles(KEPT.resolve(CodeUnderTest.digest()));
        System.out.println("history: " + files);
        var directory = Path.of("target", "exchange", UUID.randomUUID().toString());
        try (var database = EmbeddedDatabase.start(directory.resolve("postgresql"), 0)) {
            var nodes = List.of(new Node("node-1", database), new Node("node-2", database));
            try {
                for (var node : nodes) {
                    node.start();
                }
                var verdict = continued(files, nodes);
                System.out.println(verdict);
                assertThat(verdict.operations()).isGreaterThanOrEqualTo(OPERATIONS);
                assertThat(verdict.kills()).isPositive();
            } finally {
                for (var node : nodes) {
                    node.stop();
                }
            }
        }
    }

    private Verdict continued(HistoryFiles files, List<Node> nodes) throws Exception {
        var killing = CompletableFuture.runAsync(() -> killAndRestart(nodes));
        var verdict = files.verdict();
        try {
            while (verdict.operations() < OPERATIONS) {
                var left = Math.min(PART, OPERATIONS - verdict.operations());
                var part = new HistoryRun(
                        new Nodes(nodes),
                        seed + verdict.operations(),
                        left,
                        () -> kills.get() == 0 && !killing.isDone());
                running.set(part);
                var history = part.run();
                files.keep(history);
                var judged = RevocationCheck.of(history);
                verdict = verdict.and(judged);
                System.out.println(judged);
                assertThat(judged.late())
                        .as("reads after an acknowledged revocation")
                        .isEmpty();
                assertThat(judged.stale())
                        .as("reads of nothing after an acknowledged grant")
                        .isEmpty();
                assertThat(part.failures()).as("answers of the 500s").isZero();
            }
        } finally {
            over.set(true);
            // No process may be started once those that run are stopped.
            killing.handle((done, failure) -> failure).join();
        }
        killing.join();
        return verdict;
    }

    /** One node at a time, so that there is always another to ask. */
    private void killAndRestart(List<Node> nodes) {
        var random = new Random(seed);
        try {
            while (kills.get() < KILLS && isDueIn(1_000 + random.nextInt(PAUSE_MILLIS))) {
                var node = nodes.get(random.nextInt(nodes.size()));
                Objects.requireNonNull(running.get()).killed(node);
                node.kill();
                kills.incrementAndGet();
                node.start();
            }
        } catch (Exception failure) {
            throw new AssertionError("a node could not be killed and started again", failure);
        }
    }

    /** Waits for operations and then so long; false if the history was over before. */
    private boolean isDueIn(int millis) throws InterruptedException {
        var left = millis;
        while (left > 0 && !over.get()) {
            var part = running.get();
            TimeUnit.MILLISECONDS.sleep(100);
            left -= part == null || part.operations() == 0 ? 0 : 100;
        }
        return left <= 0;
    }
}
