package org.accordhie.review.jpa;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.accordhie.review.SampledAccess;
import org.accordhie.review.Strata;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Samples of a month's accesses. The first draw of a month, seed and size is recorded, and is the answer to every later one. Each
 * event's place in the order is a digest of the seed and its id, so that anybody with the trail can draw again. Thread-safe.
 */
public final class SampleTable {

    private static final String POPULATION = " FROM accord.audit_event e WHERE e.recorded >= ? AND e.recorded < ?"
            + " AND cardinality(e.patients) > 0 AND" + AccessRows.READS;

    private static final String DRAW = """
            SELECT o.event_id FROM (
              SELECT e.event_id, e.organization, row_number() OVER (
                PARTITION BY e.organization ORDER BY md5(? || ':' || e.event_id::text), e.event_id) AS place""" + POPULATION + """
            ) o JOIN unnest(?::text[], ?::integer[]) AS q (organization, wanted)
              ON q.organization = o.organization AND o.place <= q.wanted
            ORDER BY o.organization, o.place
            """;

    private static final String RECORD = """
            INSERT INTO accord.access_sample (month, seed, size, until, drawn_by, events) VALUES (?, ?, ?, ?, ?, ?::uuid[])
            ON CONFLICT (month, seed, size) DO NOTHING
            """;

    private static final String EVENTS = """
            SELECT e.event_id, e.recorded, e.organization, e.client_id, e.user_ref, e.patients
            FROM accord.access_sample s CROSS JOIN LATERAL unnest(s.events) WITH ORDINALITY AS d (event_id, place)
            JOIN accord.audit_event e ON e.event_id = d.event_id
            WHERE s.month = ? AND s.seed = ? AND s.size = ? ORDER BY d.place
            """;

    private final JdbcClient jdbc;

    public SampleTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The sample, drawn now if nobody has drawn it before.
     *
     * @param size how many are wanted
     * @param officer who draws
     * @param now what is recorded later is not drawn from
     */
    public List<SampledAccess> draw(YearMonth month, int seed, int size, String officer, Instant now) {
        if (!isDrawn(month, seed, size)) {
            var end = begin(month.plusMonths(1));
            var until = now.isBefore(end) ? now : end;
            var events = drawn(Timestamp.from(begin(month)), Timestamp.from(until), seed, size);
            jdbc.sql(RECORD)
                    .params(month.toString(), seed, size, Timestamp.from(until), officer, events)
                    .update();
        }
        return jdbc.sql(EVENTS)
                .params(month.toString(), seed, size)
                .query((row, number) -> drawn(row))
                .list();
    }

    private boolean isDrawn(YearMonth month, int seed, int size) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM accord.access_sample WHERE month = ? AND seed = ? AND size = ?)")
                .params(month.toString(), seed, size)
                .query(Boolean.class)
                .single();
    }

    private String[] drawn(Timestamp from, Timestamp until, int seed, int size) {
        var sizes = new HashMap<String, Integer>();
        jdbc.sql("SELECT e.organization, count(*) AS events" + POPULATION + " GROUP BY e.organization")
                .params(from, until)
                .query((ResultSet row) -> {
                    sizes.put(row.getString("organization"), row.getInt("events"));
                });
        var parts = List.copyOf(Strata.divide(sizes, size).entrySet());
        return jdbc.sql(DRAW)
                .params(
                        String.valueOf(seed),
                        from,
                        until,
                        parts.stream().map(Map.Entry::getKey).toArray(String[]::new),
                        parts.stream().map(Map.Entry::getValue).toArray(Integer[]::new))
                .query(String.class)
                .list()
                .toArray(String[]::new);
    }

    private static Instant begin(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static SampledAccess drawn(ResultSet row) throws SQLException {
        Array patients = row.getArray("patients");
        return new SampledAccess(
                row.getObject("event_id", UUID.class),
                row.getTimestamp("recorded").toInstant(),
                ReviewRows.party(row),
                Set.of((String[]) patients.getArray()));
    }
}
