package org.accordhie.review.jpa;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.accordhie.review.Notice;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The outbox: added to in the transaction of what is told, and fetched by whoever it is for. Thread-safe. */
public final class NoticeTable {

    /** Before the first one. */
    public static final String START = "0.0";

    private static final String INSERT =
            "INSERT INTO accord.review_notice (kind, subject, patient, told, noted) VALUES (?, ?, ?, ?, ?)";

    private static final String AFTER = """
            SELECT n.kind, n.subject, n.patient, n.noted, n.tx::text || '.' || n.notice_id AS cursor, e.organization
            FROM accord.review_notice n JOIN accord.emergency e ON e.emergency_id = n.subject
            WHERE n.tx < pg_snapshot_xmin(pg_current_snapshot())
              AND (n.tx > ?::xid8 OR n.tx = ?::xid8 AND n.notice_id > ?::bigint)
            ORDER BY n.tx, n.notice_id LIMIT ?
            """;

    /** By how many of the patient's own there were before: the order of all tells how much else happens. */
    private static final String OF_PATIENT = """
            SELECT n.kind, n.subject, n.patient, n.noted,
                   '0.' || row_number() OVER (ORDER BY n.tx, n.notice_id) AS cursor, e.organization
            FROM accord.review_notice n JOIN accord.emergency e ON e.emergency_id = n.subject
            WHERE n.tx < pg_snapshot_xmin(pg_current_snapshot()) AND n.told AND n.patient = ?
            ORDER BY n.tx, n.notice_id LIMIT ? OFFSET ?
            """;

    private final JdbcClient jdbc;

    public NoticeTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds one in the running transaction.
     *
     * @param told whether the patient hears of it too
     */
    public void add(Notice.Kind kind, UUID subject, String patient, boolean told, Instant at) {
        jdbc.sql(INSERT)
                .params(kind.name(), subject, patient, told, Timestamp.from(at))
                .update();
    }

    /**
     * Those behind a place in the order, oldest first.
     *
     * @param cursor a place, or {@link #START}
     */
    public List<Notice> after(String cursor, int count) {
        var place = cursor.split("[.]", 2);
        return jdbc.sql(AFTER)
                .params(place[0], place[0], Long.valueOf(place[1]), count)
                .query((row, number) -> notice(row))
                .list();
    }

    /**
     * Those that a patient hears of, behind a place in their order, oldest first.
     *
     * @param cursor a place, or {@link #START}
     * @param patient as {@code Patient/[id]}
     */
    public List<Notice> after(String cursor, String patient, int count) {
        var place = cursor.split("[.]", 2);
        // A place in the order of all, as it was told formerly, says nothing here: what was heard is heard once more,
        // and nothing missed.
        var heard = place[0].equals("0") ? Long.parseLong(place[1]) : 0L;
        return jdbc.sql(OF_PATIENT)
                .params(patient, count, heard)
                .query((row, number) -> notice(row))
                .list();
    }

    private static Notice notice(ResultSet row) throws SQLException {
        return new Notice(
                Notice.Kind.valueOf(row.getString("kind")),
                row.getObject("subject", UUID.class),
                row.getString("patient"),
                row.getString("organization"),
                row.getTimestamp("noted").toInstant(),
                row.getString("cursor"));
    }
}
