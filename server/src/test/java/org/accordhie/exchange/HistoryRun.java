package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.accordhie.exchange.Node.Request;
import org.accordhie.exchange.history.Operation;
import org.accordhie.exchange.history.Operation.Kind;
import org.accordhie.exchange.history.Operation.Outcome;

/** One part of a history: new patients, readers and writers who ask any node that is up, and everything they did. */
final class HistoryRun {

    private static final int READERS = 5;
    private static final int WRITERS = 2;
    private static final int READS_FOR_A_WRITE = 10;
    private static final int ENTRIES = 6;

    private final Nodes nodes;
    private final long seed;
    private final BooleanSupplier enough;
    private final Queue<Operation> recorded = new ConcurrentLinkedQueue<>();
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();

    /**
     * A part that is over when somebody says so and it has so many operations.
     *
     * @param operations at least
     * @param more whether it must go on nevertheless
     */
    HistoryRun(Nodes nodes, long seed, long operations, BooleanSupplier more) {
        this.nodes = nodes;
        this.seed = seed;
        this.enough = () -> reads.get() + writes.get() >= operations && !more.getAsBoolean();
    }

    long operations() {
        return reads.get() + writes.get();
    }

    /** Answers of the 500s. */
    long failures() {
        return failures.get();
    }

    void killed(Node node) {
        var now = System.nanoTime();
        recorded.add(new Operation(node.name(), Kind.KILL, "", now, now, Outcome.ACKNOWLEDGED));
    }

    /** Everything that was done. */
    List<Operation> run() throws Exception {
        var toggled = new ToggledPatients(nodes, new Random(seed)).all();
        var workers = new ArrayList<Callable<Boolean>>();
        for (int writer = 0; writer < WRITERS; writer++) {
            var own = new ArrayList<Toggled>();
            for (int index = writer; index < toggled.size(); index += WRITERS) {
                own.add(toggled.get(index));
            }
            var random = new Random(seed + writer);
            workers.add(() -> write(own, random));
        }
        for (int reader = 0; reader < READERS; reader++) {
            var random = new Random(seed + 100 + reader);
            workers.add(() -> read(toggled, random));
        }
        var threads = Executors.newFixedThreadPool(workers.size());
        try {
            for (var worker : threads.invokeAll(workers)) {
                worker.get();
            }
        } finally {
            threads.shutdownNow();
        }
        return List.copyOf(recorded);
    }

    private boolean read(List<Toggled> toggled, Random random) throws InterruptedException {
        while (!enough.getAsBoolean()) {
            if (!nodes.areUp()) {
                // A node that starts needs the processor more.
                TimeUnit.MILLISECONDS.sleep(100);
            }
            if (random.nextInt(8) == 0) {
                readBatch(toggled, random);
            } else {
                var subject = toggled.get(random.nextInt(toggled.size()));
                var way = subject.ways().get(random.nextInt(subject.ways().size()));
                readOne(subject, way, random);
            }
        }
        return true;
    }

    private void readOne(Toggled subject, Toggled.Way way, Random random) throws InterruptedException {
        var name = way.name();
        try {
            var asked = nodes.ask(random, way.request(random));
            var end = System.nanoTime();
            var body = Caller.tree(asked.answer().body());
            var outcome = outcome(asked.answer().status(), body, name);
            recordRead(subject, name, asked.begin(), end, outcome);
            if (asked.answer().status() == 200) {
                way.answered(body);
            }
        } catch (Nodes.NoAnswer gone) {
            recordRead(subject, name, gone.begin(), System.nanoTime(), Outcome.UNKNOWN);
        }
    }

    private void readBatch(List<Toggled> toggled, Random random) throws InterruptedException {
        var subjects = new ArrayList<Toggled>();
        var entries = new ArrayList<String>();
        for (int entry = 0; entry < ENTRIES; entry++) {
            var subject = toggled.get(random.nextInt(toggled.size()));
            subjects.add(subject);
            // The first two ways of each are GETs.
            entries.add(subject.ways().get(random.nextInt(2)).request(random).path());
        }
        var batch = entries.stream()
                .map("""
                        {"request":{"method":"GET","url":"%s"}}"""::formatted)
                .collect(Collectors.joining(",", "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[", "]}"));
        try {
            var asked = nodes.ask(random, new Request(RIVERSIDE_CLINIC, "POST", "", batch));
            var end = System.nanoTime();
            var answers = Caller.tree(asked.answer().body()).path("entry");
            for (int entry = 0; entry < ENTRIES; entry++) {
                var answer = answers.path(entry);
                var status = asked.answer().status() == 200
                        ? Integer.parseInt(
                                answer.path("response").path("status").asText().substring(0, 3))
                        : asked.answer().status();
                var outcome = outcome(status, answer.path("resource"), "batch");
                recordRead(subjects.get(entry), "batch", asked.begin(), end, outcome);
            }
        } catch (Nodes.NoAnswer gone) {
            subjects.forEach(subject -> recordRead(subject, "batch", gone.begin(), System.nanoTime(), Outcome.UNKNOWN));
        }
    }

    private void recordRead(Toggled subject, String way, long begin, long end, Outcome outcome) {
        recorded.add(new Operation(subject.name(), Kind.READ, way, begin, end, outcome));
        reads.incrementAndGet();
    }

    private Outcome outcome(int status, JsonNode body, String way) {
        if (status == 404) {
            return Outcome.SAW_NOTHING;
        }
        if (status >= 500) {
            failures.incrementAndGet();
            return Outcome.UNKNOWN;
        }
        assertThat(status).as("%s: %s", way, body).isEqualTo(200);
        var bundle = body.path("resourceType").asText().equals("Bundle");
        return !bundle || body.path("total").asInt() > 0 || !body.path("entry").isEmpty()
                ? Outcome.SAW
                : Outcome.SAW_NOTHING;
    }

    private boolean write(List<Toggled> own, Random random) throws IOException, InterruptedException {
        while (!enough.getAsBoolean() && !own.isEmpty()) {
            if (writes.get() * READS_FOR_A_WRITE > reads.get()) {
                TimeUnit.MILLISECONDS.sleep(2);
                continue;
            }
            // The last is a label or a rule, whose turn comes less often.
            var index = random.nextInt(4) == 0 ? own.size() - 1 : random.nextInt(own.size());
            if (!write(own.get(index), random)) {
                own.remove(index);
            }
        }
        return true;
    }

    /** Whether the subject can be written again. */
    private boolean write(Toggled subject, Random random) throws IOException, InterruptedException {
        var write = subject.next(random);
        writes.incrementAndGet();
        try {
            var asked = nodes.ask(random, write.request());
            var status = asked.answer().status();
            if (status < 300) {
                record(subject, write, asked.begin(), System.nanoTime(), Outcome.ACKNOWLEDGED);
                subject.done(write, asked.answer());
                return true;
            }
            assertThat(status)
                    .as("%s: %s", write, asked.answer().body())
                    .matches(refused -> refused == 409 || refused == 412 || refused >= 500);
            var outcome = status < 500 ? Outcome.REFUSED : Outcome.UNKNOWN;
            failures.addAndGet(status < 500 ? 0 : 1);
            record(subject, write, asked.begin(), System.nanoTime(), outcome);
        } catch (Nodes.NoAnswer gone) {
            if (!gone.life().over().await(5, TimeUnit.MINUTES)) {
                record(subject, write, gone.begin(), Operation.NEVER, Outcome.UNKNOWN);
                return false;
            }
            record(subject, write, gone.begin(), System.nanoTime(), Outcome.UNKNOWN);
        }
        subject.settle(query -> Caller.tree(
                nodes.persistently(random, Request.get(PRIVACY_OFFICER, query)).body()));
        return true;
    }

    private void record(Toggled subject, Toggled.Write write, long begin, long end, Outcome outcome) {
        recorded.add(new Operation(subject.name(), write.kind(), write.way(), begin, end, outcome));
    }
}
