package org.accordhie.benchmark.work;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.accordhie.benchmark.records.Corpus;

/** All workloads, those that read before those that write, so that every server is read with the same records in it. */
public final class Workloads {

    private static final String WRITTEN = "Observation";
    private static final int PERCENT = 100;

    private final List<QueryWorkload> reading;
    private final Writes writes;

    /** Plans the workloads. */
    public Workloads(Corpus corpus, long seed) {
        this(corpus, seed, 1);
    }

    /**
     * Plans the workloads.
     *
     * @param least how often a code must be there to be asked for
     */
    public Workloads(Corpus corpus, long seed, int least) {
        this.reading = new Queries(corpus, seed, least).candidates();
        this.writes = new Writes(corpus);
    }

    /** The names of all. */
    public static List<String> names() {
        return List.of(
                "read",
                "vread",
                "patient-identifier",
                "patient-family",
                "patient-birthdate",
                "conditions-of-patient",
                "conditions-by-code",
                "encounters-of-patient-since",
                "observations-of-patient",
                "observations-by-code",
                "observations-sorted",
                "conditions-include",
                "three-pages",
                "everything",
                "create",
                "update",
                "transaction",
                "mix");
    }

    /** Those that read, with queries of which some may find nothing. */
    List<QueryWorkload> reading() {
        return reading;
    }

    /** All, with queries that were seen to find something. */
    List<Workload> all(List<QueryWorkload> checked) {
        var all = new ArrayList<Workload>(checked);
        all.add(named("create", session -> writes.create(session, WRITTEN)));
        all.add(named("update", session -> writes.update(session, WRITTEN)));
        all.add(named("transaction", writes::load));
        all.add(named("mix", session -> mix(session, checked)));
        return all;
    }

    /** Of a hundred operations: 35 reads, 35 searches, 12 creates, 10 updates, 6 deletes and 2 imports, over nine types. */
    private Outcome mix(Session session, List<QueryWorkload> checked)
            throws WrongAnswer, IOException, InterruptedException {
        var drawn = session.below(PERCENT);
        var type = session.any(writes.templates().types());
        if (drawn < 35) {
            return checked.get(0).run(session);
        } else if (drawn < 70) {
            return checked.get(2 + session.below(checked.size() - 4)).run(session);
        } else if (drawn < 82) {
            return writes.create(session, type);
        } else if (drawn < 92) {
            return writes.update(session, type);
        } else if (drawn < 98) {
            return writes.delete(session, type);
        }
        return writes.load(session);
    }

    private interface Step {
        Outcome run(Session session) throws WrongAnswer, IOException, InterruptedException;
    }

    private static Workload named(String name, Step step) {
        return new Workload() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Outcome run(Session session) throws WrongAnswer, IOException, InterruptedException {
                return step.run(session);
            }
        };
    }
}
