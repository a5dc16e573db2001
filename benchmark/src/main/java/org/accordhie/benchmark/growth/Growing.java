package org.accordhie.benchmark.growth;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.accordhie.benchmark.records.Ids;
import org.accordhie.benchmark.server.FhirClient;
import org.accordhie.benchmark.work.Loader;

/** Loads one server step by step. Used by one thread; it loads with several of its own. */
public final class Growing {

    private static final int AT_THE_SAME_TIME = 3;

    private final Plan plan;
    private final Loader loader;
    private final FhirClient client;
    private final Ids ids = new Ids();
    private int bundles;
    private int consents;

    /** A server that holds nothing of the plan yet. */
    public Growing(Plan plan, Loader loader, FhirClient client) {
        this.plan = plan;
        this.loader = loader;
        this.client = client;
    }

    /** Where it keeps what it was given. */
    public Ids ids() {
        return ids;
    }

    /**
     * Loads what the server lacks.
     *
     * @throws IOException if it does not take something
     */
    public void to(int value) throws IOException, InterruptedException {
        var shared = plan.corpus().shared();
        var wanted = plan.bundles(value);
        all(1, bundles, Math.min(shared, wanted), bundle -> loader.push(client, bundle, ids));
        all(AT_THE_SAME_TIME, Math.max(shared, bundles), wanted, bundle -> loader.push(client, bundle, ids));
        bundles = wanted;
        var said = plan.consents(value);
        var organizations = plan.corpus().all("Organization").map(ids::of).toList();
        all(
                AT_THE_SAME_TIME,
                consents,
                said.size(),
                number -> Loader.say(client, told(said.get(number), number, organizations)));
        consents = said.size();
    }

    private String told(Plan.Said said, int number, List<String> organizations) {
        return said.kind().told(number, ids.of(said.patient()), organizations.get(number % organizations.size()));
    }

    private interface Work {
        void on(int number) throws Exception;
    }

    private static void all(int threads, int from, int to, Work work) throws IOException, InterruptedException {
        var pool = Executors.newFixedThreadPool(threads);
        try {
            var parts = IntStream.range(from, to)
                    .mapToObj(number -> pool.submit(() -> {
                        work.on(number);
                        return true;
                    }))
                    .toList();
            for (var part : parts) {
                part.get();
            }
        } catch (ExecutionException failure) {
            throw new IOException("a server does not take what it is given", failure.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
