package org.accordhie.local;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.accordhie.labels.fhir.Relabelling;
import org.accordhie.labels.fhir.Relabelling.Outcome;
import org.accordhie.labels.jpa.EpochTable;
import org.accordhie.labels.jpa.EpochTable.Epoch;
import org.accordhie.labels.jpa.VersionTable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.transaction.support.TransactionTemplate;

/** Goes through all units, each in a transaction of its own that also records how far it is. Not thread-safe. */
final class Relabel {

    private static final long INTERVAL_NANOS = 5_000_000_000L;
    private static final int ATTEMPTS = 5;

    private final TransactionTemplate transaction;
    private final VersionTable versions;
    private final EpochTable epochs;
    private final Relabelling relabelling;
    private final String rules;
    private final PrintStream out;

    private final long started = System.nanoTime();
    private long said = started;
    private long looked;
    private long changed;

    Relabel(
            TransactionTemplate transaction,
            VersionTable versions,
            EpochTable epochs,
            Relabelling relabelling,
            String rules,
            PrintStream out) {
        this.transaction = transaction;
        this.versions = versions;
        this.epochs = epochs;
        this.relabelling = relabelling;
        this.rules = rules;
        this.out = out;
    }

    /** Counts what would change; returns whether it looked at everything. */
    boolean count(int atMost) {
        return go(
                versions.units(""),
                atMost,
                unit -> transaction.execute(status -> {
                    status.setRollbackOnly();
                    return relabelling.label(unit);
                }));
    }

    /** Changes it, going on where an earlier run with the same rules stopped; returns whether everything is done. */
    boolean run(boolean restart, int atMost) {
        var epoch = epochs.newest()
                .filter(newest ->
                        !restart && !newest.isFinished() && newest.rules().equals(rules))
                .orElseGet(() -> epochs.begin(rules));
        if (!epoch.unit().isEmpty()) {
            out.println("going on where epoch " + epoch.number() + " stopped");
        }
        var finished = go(versions.units(epoch.unit()), atMost, unit -> label(epoch, unit));
        if (finished) {
            epochs.finish(epoch);
            out.println("epoch " + epoch.number() + " is finished: " + rules);
        }
        return finished;
    }

    private Outcome label(Epoch epoch, String unit) {
        return transaction.execute(status -> {
            if (!epochs.hold()) {
                throw new CannotStart("another `relabel` is running", "wait until it has ended");
            }
            var outcome = relabelling.label(unit);
            epochs.done(epoch, unit, outcome.versions(), outcome.changed());
            return outcome;
        });
    }

    private boolean go(List<String> units, int atMost, Work work) {
        var done = 0;
        for (var unit : units.subList(0, Math.min(units.size(), atMost))) {
            var outcome = again(unit, work);
            looked += outcome.versions();
            changed += outcome.changed();
            done++;
            if (System.nanoTime() - said > INTERVAL_NANOS) {
                said = System.nanoTime();
                out.println(line(done, units.size()));
            }
        }
        out.println(line(done, units.size()));
        return done == units.size();
    }

    /** A push and this may wait for each other; the database then ends one of them. */
    private static Outcome again(String unit, Work work) {
        for (int tried = 1; tried < ATTEMPTS; tried++) {
            try {
                return work.on(unit);
            } catch (ConcurrencyFailureException meanwhile) {
                Thread.onSpinWait();
            }
        }
        return work.on(unit);
    }

    private String line(int done, int units) {
        var seconds = Math.max(1, System.nanoTime() - started) / 1e9;
        return String.format(
                Locale.ROOT,
                "%,d of %,d units, %,d versions, %,d with other labels, %.0f a second, %s elapsed, about %s left",
                done,
                units,
                looked,
                changed,
                looked / seconds,
                clock(Math.round(seconds)),
                done == 0 ? "?" : clock(Math.round((units - done) * seconds / done)));
    }

    private static String clock(long seconds) {
        return String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** What is done with a unit. */
    private interface Work {
        Outcome on(String unit);
    }
}
