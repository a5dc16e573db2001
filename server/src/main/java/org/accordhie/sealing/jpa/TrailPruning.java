package org.accordhie.sealing.jpa;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.accordhie.sealing.Anchor;
import org.accordhie.sealing.AnchorKeys;
import org.accordhie.sealing.AnchorSigner;
import org.accordhie.sealing.Pruned;
import org.accordhie.sealing.SealedRows;
import org.accordhie.sealing.Verification;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Removes the rows of old anchors, as the owner of the tables, in one transaction. The anchors stay, with a signed statement of what
 * went, so that the rest is verified as before.
 */
public final class TrailPruning {

    private final TransactionTemplate transaction;
    private final JdbcClient jdbc;
    private final AnchorTable anchors;
    private final AnchorSigner signer;
    private final AnchorKeys keys;
    private final Clock clock;

    /**
     * Prunes one trail.
     *
     * @param keys whose signatures count
     */
    public TrailPruning(
            TransactionTemplate transaction, JdbcClient jdbc, AnchorSigner signer, AnchorKeys keys, Clock clock) {
        this.transaction = transaction;
        this.jdbc = jdbc;
        this.anchors = new AnchorTable(jdbc);
        this.signer = signer;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Removes the rows of the oldest anchors, up to the first that covers a row recorded at the instant or later. The last anchor
     * always keeps its rows. Empty if there was nothing to remove. A trail that is not as it was sealed is not pruned: the
     * statement would cover it up.
     *
     * @param isDry whether everything is taken back at the end
     */
    public Optional<Pruned> prune(Instant day, boolean isDry) {
        var before = day.truncatedTo(ChronoUnit.MICROS);
        return Optional.ofNullable(transaction.execute(status -> {
            if (isDry) {
                status.setRollbackOnly();
            }
            if (!new Verification(new DatabaseTrail(jdbc), keys, List.of())
                    .run()
                    .isWhole()) {
                throw new IllegalStateException("the trail is not as it was sealed; `audit verify` tells where");
            }
            var through = through(before);
            var events = through == null ? 0 : removeRows(through.body().number());
            if (through == null || events == 0) {
                return null;
            }
            var pruned = new Pruned(
                    clock.instant().truncatedTo(ChronoUnit.MICROS),
                    through.body().number(),
                    through.chain(),
                    before,
                    events);
            add(pruned);
            return pruned;
        }));
    }

    private @Nullable Anchor through(Instant before) {
        @Nullable Anchor through = null;
        for (var each = new DatabaseTrail(jdbc).anchors(); each.hasNext(); ) {
            var anchor = each.next();
            if (!anchor.isBefore(before) || !each.hasNext()) {
                return through;
            }
            through = anchor;
        }
        return through;
    }

    private long removeRows(long through) {
        changing("audit_sealed", true);
        var removed = 0L;
        for (var anchor : pages(through)) {
            removed += anchors.rowsOf(anchor).map(this::remove).orElse(0L);
            jdbc.sql("DELETE FROM accord.audit_sealed WHERE anchor_no = ?")
                    .param(anchor)
                    .update();
        }
        changing("audit_sealed", false);
        return removed;
    }

    private Iterable<Long> pages(long through) {
        return jdbc.sql("SELECT anchor_no FROM accord.audit_sealed WHERE anchor_no <= ? ORDER BY 1")
                .param(through)
                .query(Long.class)
                .list();
    }

    /** From the month's own table, so that what is written meanwhile to others need not wait. */
    private long remove(SealedRows rows) {
        var ids = rows.rows().stream().map(SealedRows.SealedRow::id).toArray(UUID[]::new);
        var months = jdbc.sql(
                        "SELECT DISTINCT c.relname FROM accord.audit_event e JOIN pg_class c ON c.oid = e.tableoid"
                                + " WHERE e.event_id = ANY (?)")
                .param(ids)
                .query(String.class)
                .list();
        var removed = 0L;
        for (var month : months) {
            changing(month, true);
            removed += jdbc.sql("DELETE FROM accord." + month + " WHERE event_id = ANY (?)")
                    .param(ids)
                    .update();
            changing(month, false);
        }
        return removed;
    }

    /** The trigger is off within this transaction only. */
    private void changing(String table, boolean isAllowed) {
        var verb = isAllowed ? "DISABLE" : "ENABLE";
        jdbc.sql("ALTER TABLE accord." + table + " " + verb + " TRIGGER only_added")
                .update();
    }

    private void add(Pruned pruned) {
        jdbc.sql("INSERT INTO accord.audit_pruned (pruned_at, through, before, events, key_id, signature)"
                        + " VALUES (?, ?, ?, ?, ?, ?)")
                .params(
                        Timestamp.from(pruned.at()),
                        pruned.through(),
                        Timestamp.from(pruned.before()),
                        pruned.events(),
                        signer.keyId(),
                        Base64.getDecoder().decode(signer.sign(pruned)))
                .update();
    }
}
