package org.accordhie.sealing.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.accordhie.sealing.Anchor;
import org.accordhie.sealing.AnchorKeyFile;
import org.accordhie.sealing.AnchorKeys;
import org.accordhie.sealing.AnchorSigner;
import org.accordhie.sealing.Finding;
import org.accordhie.sealing.Sealer;
import org.accordhie.sealing.Verification;
import org.accordhie.sealing.Verification.Report;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whatever somebody with every right on the database does to the sealed part of the trail is found, and where. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TamperingIT {

    private static final int TRIES = 1_000;
    private static final int ANCHORS = 12;
    private static final Duration NOW = Duration.ZERO;

    /** Columns, and what a row gets there instead of what it has. */
    private static final List<String> CHANGES = List.of(
            "outcome = 'REFUSED'",
            "patients = '{}'",
            "patients = patients || '{Patient/other}'",
            "resources = '{}'",
            "recorded = recorded + interval '1 microsecond'",
            "recorded = recorded - interval '40 days'",
            "client_id = client_id || ' '",
            "organization = 'Organization/another'",
            "query = ''",
            "user_ref = COALESCE(user_ref || 'x', '')",
            "purposes = '{HRESCH}'",
            "token_id = ''",
            "status = 1",
            "interaction = 'VREAD'",
            "res_type = 'Condition'",
            "client_address = '::1'",
            "evidence = ''",
            "request_id = NULL",
            "glass_patient = ''",
            "glass_reason = 'I had to'",
            "tx = '3'",
            "event_id = gen_random_uuid()");

    private TrailDatabase database;
    private AnchorKeys keys;
    private KeyPair stranger;
    private final List<Anchor> witnessed = new ArrayList<>();

    @BeforeAll
    void seal(@TempDir Path directory) throws Exception {
        database = TrailDatabase.start();
        var pair = AnchorKeyFile.pairOrNew(directory.resolve("key.pem"));
        stranger = AnchorKeyFile.pairOrNew(directory.resolve("stranger.pem"));
        keys = new AnchorKeys(List.of(pair.getPublic()));
        var sealing = database.sealing(new Sealer(new AnchorSigner(pair.getPrivate(), pair.getPublic()), "node-a"));
        var random = new Random(20261122);
        for (int index = 0; index < ANCHORS; index++) {
            database.record(random.nextInt(40), random);
            witnessed.add(sealing.seal(NOW).orElseThrow());
        }
    }

    @AfterAll
    void stop() throws Exception {
        database.close();
    }

    @Test
    void aTrailThatNobodyTouchedIsWhole() {
        var report = verify();

        assertThat(report.findings()).isEmpty();
        assertThat(report.rows())
                .isEqualTo(database.sql()
                        .sql("SELECT count(*) FROM accord.audit_event")
                        .query(Long.class)
                        .single())
                .isGreaterThan(100);
        assertThat(report.anchors()).isEqualTo(ANCHORS);
    }

    @Test
    void everyTryIsFoundAndLocated() {
        var found = new TreeMap<String, Integer>();
        for (int seed = 0; seed < TRIES; seed++) {
            var random = new Random(seed);
            var tried = seed;
            database.transaction().executeWithoutResult(status -> {
                status.setRollbackOnly();
                // What no role of the exchange may: the superuser turns the triggers off.
                database.sql()
                        .sql("SET LOCAL session_replication_role = replica")
                        .update();
                var attempt = attempt(random);
                var report = verify();
                assertThat(report.findings())
                        .as("seed %d: %s", tried, attempt.what())
                        .anyMatch(attempt.located());
                found.merge(attempt.what(), 1, Integer::sum);
            });
        }
        System.out.printf(
                "tampering: %,d tries of %d kinds, %,d found and located %s%n",
                TRIES,
                found.size(),
                found.values().stream().mapToInt(Integer::intValue).sum(),
                found);
        assertThat(found.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(TRIES);
        assertThat(verify().findings()).isEmpty();
    }

    /** What was done, and whether a finding says where. */
    record Attempt(String what, Predicate<Finding> located) {}

    private Attempt attempt(Random random) {
        var sql = database.sql();
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> changed(sql, random);
            case 3 -> removed(sql, random);
            case 4 -> swapped(sql, random);
            case 5 -> cutOff(sql, random);
            case 6 -> cutOffWithAnchors(sql, random);
            case 7 -> anchorRemoved(sql, random);
            case 8 -> added(sql, random);
            default -> forged(sql, random);
        };
    }

    private static Attempt changed(JdbcClient sql, Random random) {
        var id = anyEvent(sql, random);
        var change = CHANGES.get(random.nextInt(CHANGES.size()));
        assertThat(sql.sql("UPDATE accord.audit_event SET " + change + " WHERE event_id = ?")
                        .param(id)
                        .update())
                .isOne();
        return new Attempt("a column changed", finding -> id.equals(finding.event()));
    }

    private static Attempt removed(JdbcClient sql, Random random) {
        var id = anyEvent(sql, random);
        sql.sql("DELETE FROM accord.audit_event WHERE event_id = ?").param(id).update();
        return new Attempt("a row removed", finding -> id.equals(finding.event()));
    }

    /** Two rows change their instants, and so their places in the trail. */
    private static Attempt swapped(JdbcClient sql, Random random) {
        var one = anyEvent(sql, random);
        var other = anyEvent(sql, random, one);
        sql.sql("UPDATE accord.audit_event e SET recorded = o.recorded FROM accord.audit_event o"
                        + " WHERE e.event_id = ANY (?) AND o.event_id = ANY (?) AND e.event_id <> o.event_id")
                .params(new UUID[] {one, other}, new UUID[] {one, other})
                .update();
        return new Attempt("rows reordered", finding -> one.equals(finding.event()));
    }

    private static Attempt cutOff(JdbcClient sql, Random random) {
        var gone = sql.sql("DELETE FROM accord.audit_event WHERE event_id IN (SELECT event_id FROM accord.audit_event"
                        + " ORDER BY recorded DESC LIMIT ?) RETURNING event_id")
                .param(1 + random.nextInt(60))
                .query(UUID.class)
                .list();
        return new Attempt("the last rows cut off", finding -> gone.contains(finding.event()));
    }

    private static Attempt cutOffWithAnchors(JdbcClient sql, Random random) {
        var from = ANCHORS - random.nextInt(4);
        sql.sql(
                        "DELETE FROM accord.audit_event WHERE recorded > (SELECT sealed FROM accord.audit_anchor WHERE anchor_no = ?)")
                .param(from - 1)
                .update();
        sql.sql("DELETE FROM accord.audit_sealed WHERE anchor_no >= ?")
                .param(from)
                .update();
        sql.sql("DELETE FROM accord.audit_anchor WHERE anchor_no >= ?")
                .param(from)
                .update();
        return new Attempt("the last rows cut off with their anchors", finding -> finding.anchor() == from);
    }

    private static Attempt anchorRemoved(JdbcClient sql, Random random) {
        var number = 1 + random.nextInt(ANCHORS - 1);
        sql.sql("DELETE FROM accord.audit_sealed WHERE anchor_no = ?")
                .param(number)
                .update();
        if (random.nextBoolean()) {
            sql.sql("DELETE FROM accord.audit_anchor WHERE anchor_no = ?")
                    .param(number)
                    .update();
            return new Attempt("an anchor removed", finding -> finding.anchor() == number + 1);
        }
        return new Attempt("a list of rows removed", finding -> finding.anchor() == number);
    }

    /** A row that never happened, made to look as if it had been there all the time. */
    private Attempt added(JdbcClient sql, Random random) {
        var beside = anyEvent(sql, random);
        database.record(random);
        var id = sql.sql("UPDATE accord.audit_event SET tx = (SELECT tx FROM accord.audit_event WHERE event_id = ?)"
                        + " WHERE recorded = (SELECT max(recorded) FROM accord.audit_event) RETURNING event_id")
                .param(beside)
                .query(UUID.class)
                .single();
        return new Attempt("a row added", finding -> id.equals(finding.event()));
    }

    /** A row is changed, and the anchor over it made anew with a key of one's own, with all anchors after it. */
    private Attempt forged(JdbcClient sql, Random random) {
        var anchors = new AnchorTable(sql);
        var number = 1 + random.nextInt(ANCHORS);
        var all = anchors.after(0, ANCHORS);
        sql.sql("UPDATE accord.audit_event SET client_id = 'somebody-else' WHERE event_id = ANY (?)")
                .param(anchors.rowsOf(number).orElseThrow().rows().stream()
                        .map(row -> row.id())
                        .toArray(UUID[]::new))
                .update();
        sql.sql("DELETE FROM accord.audit_sealed WHERE anchor_no >= ?")
                .param(number)
                .update();
        sql.sql("DELETE FROM accord.audit_anchor WHERE anchor_no >= ?")
                .param(number)
                .update();
        var forger = new Sealer(new AnchorSigner(stranger.getPrivate(), stranger.getPublic()), "node-a");
        assertThat(all).hasSize(ANCHORS);
        assertThat(database.sealing(forger).seal(NOW)).isPresent();
        return new Attempt("an anchor forged with all after it", finding -> finding.anchor() == number);
    }

    private static UUID anyEvent(JdbcClient sql, Random random, UUID... but) {
        var ids = sql.sql("SELECT event_id FROM accord.audit_event WHERE NOT event_id = ANY (?) ORDER BY event_id")
                .param(but)
                .query(UUID.class)
                .list();
        return ids.get(random.nextInt(ids.size()));
    }

    private Report verify() {
        return new Verification(new DatabaseTrail(database.sql()), keys, witnessed).run();
    }
}
