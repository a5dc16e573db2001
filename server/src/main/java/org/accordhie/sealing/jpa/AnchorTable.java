package org.accordhie.sealing.jpa;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.accordhie.sealing.Anchor;
import org.accordhie.sealing.Pruned;
import org.accordhie.sealing.SealedRows;
import org.accordhie.sealing.SealedTrail.SignedPruning;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The anchors as tables. Thread-safe. */
public final class AnchorTable {

    private static final String COLUMNS =
            "anchor_no, sealed, node, low_water::text AS low_water, high_tx::text AS high_tx,"
                    + " events, first_at, last_at, digest, chain, key_id, signature";

    private static final String INSERT = "INSERT INTO accord.audit_anchor (anchor_no, sealed, node, low_water, high_tx,"
            + " events, first_at, last_at, digest, chain, key_id, signature)"
            + " VALUES (?, ?, ?, ?::text::xid8, ?::text::xid8, ?, ?, ?, ?, ?, ?, ?)";

    private final JdbcClient jdbc;

    public AnchorTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Holds the right to add anchors until the running transaction ends; whether nobody else has it. */
    boolean hold() {
        return jdbc.sql("SELECT pg_try_advisory_xact_lock(hashtext('accord.audit_anchor'))")
                .query(Boolean.class)
                .single();
    }

    /** The last one. */
    public Optional<Anchor> last() {
        return jdbc.sql("SELECT " + COLUMNS + " FROM accord.audit_anchor ORDER BY anchor_no DESC LIMIT 1")
                .query((row, number) -> anchor(row))
                .optional();
    }

    /** Those after a number, at most so many. */
    List<Anchor> after(long number, int most) {
        return jdbc.sql("SELECT " + COLUMNS
                        + " FROM accord.audit_anchor WHERE anchor_no > ? ORDER BY anchor_no LIMIT ?")
                .params(number, most)
                .query((row, index) -> anchor(row))
                .list();
    }

    /** The list of rows of an anchor; empty if it is gone. */
    Optional<SealedRows> rowsOf(long number) {
        return jdbc.sql("SELECT rows FROM accord.audit_sealed WHERE anchor_no = ?")
                .param(number)
                .query(byte[].class)
                .optional()
                .map(SealedRows::read);
    }

    /** The ids that are sealed by anchors which cover a row of this transaction or a newer one. */
    List<UUID> sealedSince(long transaction) {
        return jdbc
                .sql("SELECT s.rows FROM accord.audit_sealed s JOIN accord.audit_anchor a USING (anchor_no)"
                        + " WHERE a.high_tx >= ?::text::xid8")
                .param(String.valueOf(transaction))
                .query(byte[].class)
                .list()
                .stream()
                .flatMap(octets -> SealedRows.read(octets).rows().stream())
                .map(SealedRows.SealedRow::id)
                .toList();
    }

    void add(Anchor anchor, SealedRows rows) {
        var body = anchor.body();
        jdbc.sql(INSERT)
                .params(
                        body.number(),
                        Timestamp.from(body.sealed()),
                        body.node(),
                        String.valueOf(body.lowWater()),
                        String.valueOf(body.highTransaction()),
                        body.events(),
                        timestamp(body.first()),
                        timestamp(body.last()),
                        HexFormat.of().parseHex(body.digest()),
                        HexFormat.of().parseHex(anchor.chain()),
                        body.key(),
                        Base64.getDecoder().decode(anchor.signature()))
                .update();
        jdbc.sql("INSERT INTO accord.audit_sealed (anchor_no, rows) VALUES (?, ?)")
                .params(body.number(), rows.octets())
                .update();
    }

    /** What was pruned. */
    List<SignedPruning> prunings() {
        return jdbc.sql(
                        "SELECT p.pruned_at, p.through, a.chain, p.before, p.events, p.key_id, p.signature"
                                + " FROM accord.audit_pruned p JOIN accord.audit_anchor a ON a.anchor_no = p.through ORDER BY 1")
                .query((row, number) -> new SignedPruning(
                        new Pruned(
                                row.getTimestamp("pruned_at").toInstant(),
                                row.getLong("through"),
                                HexFormat.of().formatHex(row.getBytes("chain")),
                                row.getTimestamp("before").toInstant(),
                                row.getLong("events")),
                        row.getString("key_id"),
                        Base64.getEncoder().encodeToString(row.getBytes("signature"))))
                .list();
    }

    private static Anchor anchor(ResultSet row) throws SQLException {
        var body = new Anchor.Body(
                row.getLong("anchor_no"),
                row.getTimestamp("sealed").toInstant(),
                row.getString("node"),
                Long.parseLong(row.getString("low_water")),
                Long.parseLong(row.getString("high_tx")),
                row.getLong("events"),
                instant(row.getTimestamp("first_at")),
                instant(row.getTimestamp("last_at")),
                HexFormat.of().formatHex(row.getBytes("digest")),
                row.getString("key_id"));
        return new Anchor(
                body,
                HexFormat.of().formatHex(row.getBytes("chain")),
                Base64.getEncoder().encodeToString(row.getBytes("signature")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }
}
