package org.accordhie.labels.jpa;

import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each time that stored records were labelled anew, and how far the last one is. Thread-safe. */
public final class EpochTable {

    private final JdbcClient jdbc;

    public EpochTable(JdbcTemplate template) {
        this.jdbc = JdbcClient.create(template);
    }

    /**
     * A labelling of everything stored.
     *
     * @param number counts up
     * @param rules the version of the rules
     * @param unit the last unit that is done; empty at the beginning
     * @param isFinished whether all are done
     */
    public record Epoch(long number, String rules, String unit, boolean isFinished) {}

    /** The newest one. */
    public Optional<Epoch> newest() {
        return jdbc.sql("SELECT epoch, rules, unit, finished IS NOT NULL FROM accord.label_epoch"
                        + " ORDER BY epoch DESC LIMIT 1")
                .query((row, number) ->
                        new Epoch(row.getLong(1), row.getString(2), row.getString(3), row.getBoolean(4)))
                .optional();
    }

    /** Begins another one. */
    public Epoch begin(String rules) {
        var number = jdbc.sql("INSERT INTO accord.label_epoch (rules) VALUES (?) RETURNING epoch")
                .param(rules)
                .query(Long.class)
                .single();
        return new Epoch(number, rules, "", false);
    }

    /** Records a unit as done, in its transaction. */
    public void done(Epoch epoch, String unit, long versions, long changed) {
        jdbc.sql("UPDATE accord.label_epoch SET unit = ?, versions = versions + ?, changed = changed + ?"
                        + " WHERE epoch = ?")
                .params(unit, versions, changed, epoch.number())
                .update();
    }

    /** Records that all units are done. */
    public void finish(Epoch epoch) {
        jdbc.sql("UPDATE accord.label_epoch SET finished = now() WHERE epoch = ?")
                .param(epoch.number())
                .update();
    }

    /** Takes the right to label, until the running transaction ends; false if another process has it. */
    public boolean hold() {
        return Boolean.TRUE.equals(
                jdbc.sql("SELECT pg_try_advisory_xact_lock(hashtextextended('accord.label_epoch', 0))")
                        .query(Boolean.class)
                        .single());
    }
}
