package org.accordhie.sealing.jpa;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.accordhie.sealing.Anchor;
import org.accordhie.sealing.SealedRows;
import org.accordhie.sealing.Sealer;
import org.accordhie.sealing.TrailRow;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Seals what has been recorded since the last anchor. One server of all seals at a time, for them all: the trail of a server that
 * was killed is sealed by another.
 */
public final class TrailSealing {

    /** How many rows one anchor covers at most. */
    static final int MOST = 20_000;

    private static final String ROWS = "SELECT " + TrailColumns.SELECTED + " FROM accord.audit_event"
            + " WHERE tx >= ?::text::xid8 AND NOT event_id = ANY (?) ORDER BY audit_event.tx, audit_event.event_id LIMIT "
            + MOST;

    private final TransactionTemplate transaction;
    private final JdbcClient jdbc;
    private final AnchorTable anchors;
    private final Sealer sealer;
    private final Clock clock;

    /**
     * Seals for one server.
     *
     * @param transaction of isolation READ COMMITTED: the rows are looked for after it is known which transactions have ended
     */
    public TrailSealing(
            TransactionTemplate transaction, JdbcClient jdbc, AnchorTable anchors, Sealer sealer, Clock clock) {
        this.transaction = transaction;
        this.jdbc = jdbc;
        this.anchors = anchors;
        this.sealer = sealer;
        this.clock = clock;
    }

    /**
     * Adds an anchor, if rows are there which none covers, or if the last one is older than a time. Empty if there was nothing to
     * do, or if another server is at it.
     */
    public Optional<Anchor> seal(Duration longest) {
        return Optional.ofNullable(transaction.execute(status -> anchors.hold() ? next(longest) : null));
    }

    /** Whether an anchor covers as many rows as one can, so that more may be waiting. */
    public static boolean isFull(Anchor anchor) {
        return anchor.body().events() >= MOST;
    }

    private @Nullable Anchor next(Duration longest) {
        var last = anchors.last().orElse(null);
        var settled = jdbc.sql("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
                .query(String.class)
                .single();
        var rows = unsealed(last);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (rows.isEmpty() && last != null && last.body().sealed().plus(longest).isAfter(now)) {
            return null;
        }
        // Where there are more rows than one anchor takes, the next one goes on with the transaction of the last row.
        var lowWater = rows.size() < MOST
                ? Long.parseLong(settled)
                : Math.min(Long.parseLong(settled), rows.get(MOST - 1).transaction());
        var anchor = sealer.next(last, rows, lowWater, spanOf(rows), now);
        anchors.add(anchor, SealedRows.of(rows));
        return anchor;
    }

    private List<TrailRow> unsealed(@Nullable Anchor last) {
        var lowWater = last == null ? 0 : last.body().lowWater();
        return jdbc.sql(ROWS)
                .params(String.valueOf(lowWater), anchors.sealedSince(lowWater).toArray(UUID[]::new))
                .query((row, number) -> TrailColumns.read(row))
                .list();
    }

    private static Optional<Sealer.Span> spanOf(List<TrailRow> rows) {
        var first = rows.stream().map(TrailColumns::recorded).min(Instant::compareTo);
        return first.map(earliest -> new Sealer.Span(
                earliest,
                rows.stream()
                        .map(TrailColumns::recorded)
                        .max(Instant::compareTo)
                        .orElseThrow()));
    }
}
