package org.accordhie.sealing.jpa;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.UUID;
import org.accordhie.sealing.Anchor;
import org.accordhie.sealing.SealedRows;
import org.accordhie.sealing.SealedTrail;
import org.accordhie.sealing.TrailRow;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The trail of a live database, within one transaction of isolation REPEATABLE READ. */
public final class DatabaseTrail implements SealedTrail {

    private static final int AT_ONCE = 500;

    private static final String ROWS =
            "SELECT " + TrailColumns.SELECTED + " FROM accord.audit_event WHERE event_id = ANY (?)";

    private final JdbcClient jdbc;
    private final AnchorTable anchors;

    public DatabaseTrail(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.anchors = new AnchorTable(jdbc);
    }

    @Override
    public Iterator<Anchor> anchors() {
        return new Iterator<>() {
            private List<Anchor> page = anchors.after(0, AT_ONCE);
            private int place;

            @Override
            public boolean hasNext() {
                if (place == page.size() && !page.isEmpty()) {
                    page = anchors.after(page.get(place - 1).body().number(), AT_ONCE);
                    place = 0;
                }
                return place < page.size();
            }

            @Override
            public Anchor next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return page.get(place++);
            }
        };
    }

    @Override
    public @Nullable SealedRows listed(Anchor anchor) {
        return anchors.rowsOf(anchor.body().number()).orElse(null);
    }

    /** Wherever they are: a row whose instant was changed lies in another partition. */
    @Override
    public List<TrailRow> rows(Anchor anchor, SealedRows listed) {
        if (listed.rows().isEmpty()) {
            return List.of();
        }
        var ids = listed.rows().stream().map(SealedRows.SealedRow::id).toList();
        var places = new HashMap<UUID, Integer>();
        ids.forEach(id -> places.put(id, places.size()));
        var found = jdbc.sql(ROWS)
                .param(ids.toArray(UUID[]::new))
                .query((row, number) -> TrailColumns.read(row))
                .list();
        return found.stream()
                .sorted(Comparator.comparing(row -> places.getOrDefault(row.id(), Integer.MAX_VALUE)))
                .toList();
    }

    @Override
    public List<SignedPruning> prunings() {
        return anchors.prunings();
    }

    @Override
    public List<UUID> unlisted(long before, long settled, int most) {
        var there = jdbc.sql("SELECT count(*) FROM accord.audit_event WHERE tx < ?::text::xid8")
                .param(String.valueOf(before))
                .query(Long.class)
                .single();
        if (there == settled) {
            return List.of();
        }
        var listed = new HashSet<UUID>();
        for (var each = anchors(); each.hasNext(); ) {
            anchors.rowsOf(each.next().body().number())
                    .ifPresent(rows -> rows.rows().forEach(row -> listed.add(row.id())));
        }
        return unlisted(before, listed, most);
    }

    private List<UUID> unlisted(long before, Set<UUID> listed, int most) {
        var unlisted = new ArrayList<UUID>();
        jdbc.sql("SELECT event_id FROM accord.audit_event WHERE tx < ?::text::xid8 ORDER BY recorded, event_id")
                .param(String.valueOf(before))
                .query(row -> {
                    var id = row.getObject("event_id", UUID.class);
                    if (!listed.contains(id) && unlisted.size() < most) {
                        unlisted.add(id);
                    }
                });
        return unlisted;
    }

    /** Rows that no anchor covers yet, and when the earliest of them was recorded. */
    public Unsealed unsealed(long lowWater) {
        return jdbc.sql("SELECT count(*) AS events, min(recorded) AS earliest FROM accord.audit_event"
                        + " WHERE tx >= ?::text::xid8 AND NOT event_id = ANY (?)")
                .params(String.valueOf(lowWater), anchors.sealedSince(lowWater).toArray(UUID[]::new))
                .query((row, number) -> new Unsealed(row.getLong("events"), row.getTimestamp("earliest")))
                .single();
    }

    /** What is not sealed yet. */
    public record Unsealed(long events, @Nullable Timestamp earliest) {}
}
