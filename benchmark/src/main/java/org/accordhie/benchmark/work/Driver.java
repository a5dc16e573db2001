package org.accordhie.benchmark.work;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.accordhie.benchmark.measure.Latencies;
import org.accordhie.benchmark.measure.ProcessTimes;
import org.accordhie.benchmark.measure.Slice;

/** Runs slices: so many clients that ask again as soon as they are answered, for so long. Not thread-safe. */
public final class Driver implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work, "client");
        thread.setDaemon(true);
        return thread;
    });
    private final ProcessTimes times;

    public Driver(ProcessTimes times) {
        this.times = times;
    }

    /**
     * Runs a workload; what is under way at the end of the time is waited for and counts.
     *
     * @param round 0 to warm up
     */
    public Slice run(Workload workload, Target target, int clients, int round, Duration time)
            throws InterruptedException {
        var before = target.cpu(times);
        var began = System.nanoTime();
        var end = began + time.toNanos();
        var parts = new ArrayList<Future<Part>>();
        for (var session : target.sessions().subList(0, clients)) {
            parts.add(threads.submit(() -> repeat(workload, session, round, end)));
        }
        var finished = all(parts);
        var seconds = (System.nanoTime() - began) / 1e9;
        return new Slice(
                new Slice.Series(workload.name(), clients, target.label()),
                round,
                seconds,
                finished.stream().map(Part::done).reduce(new Slice.Done(0, 0, 0, 0, ""), Slice.Done::plus),
                Latencies.of(finished.stream().map(Part::latencies).toList()),
                target.cpu(times).since(before));
    }

    private record Part(Slice.Done done, Latencies latencies) {}

    private static Part repeat(Workload workload, Session session, int round, long end) throws InterruptedException {
        session.begin(workload.name(), round);
        var latencies = new Latencies();
        var done = new Slice.Done(0, 0, 0, 0, "");
        do {
            var began = System.nanoTime();
            try {
                var outcome = workload.run(session);
                latencies.add(System.nanoTime() - began);
                done = done.plus(new Slice.Done(1, 0, outcome.entries(), outcome.bytes(), ""));
            } catch (WrongAnswer | IOException wrong) {
                done = done.plus(new Slice.Done(0, 1, 0, 0, String.valueOf(wrong.getMessage())));
            }
        } while (System.nanoTime() < end);
        return new Part(done, latencies);
    }

    private static List<Part> all(List<Future<Part>> parts) throws InterruptedException {
        var finished = new ArrayList<Part>();
        for (var part : parts) {
            try {
                finished.add(part.get());
            } catch (ExecutionException failure) {
                throw new IllegalStateException("a client failed", failure.getCause());
            }
        }
        return finished;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
