package org.accordhie.sealing.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.accordhie.sealing.AnchorKeyFile;
import org.accordhie.sealing.AnchorKeys;
import org.accordhie.sealing.AnchorSigner;
import org.accordhie.sealing.SealedTrail;
import org.accordhie.sealing.Sealer;
import org.accordhie.sealing.TrailFile;
import org.accordhie.sealing.Verification;
import org.accordhie.sealing.Verification.Report;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A trail that is kept as a file is verified as in the database, and what is pruned leaves a stub that is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeptTrailIT {

    private static final int TRIES = 300;

    private TrailDatabase database;
    private AnchorKeys keys;
    private AnchorSigner signer;
    private Path home;
    private Instant half = Instant.EPOCH;

    @BeforeAll
    void seal(@TempDir Path directory) throws Exception {
        home = directory;
        database = TrailDatabase.start();
        var pair = AnchorKeyFile.pairOrNew(directory.resolve("key.pem"));
        keys = new AnchorKeys(List.of(pair.getPublic()));
        signer = new AnchorSigner(pair.getPrivate(), pair.getPublic());
        var sealing = database.sealing(new Sealer(signer, "node a"));
        var random = new Random(7);
        for (int index = 0; index < 8; index++) {
            database.record(10 + random.nextInt(10), random);
            assertThat(sealing.seal(Duration.ZERO)).isPresent();
            if (index == 3) {
                half = Instant.now();
            }
        }
    }

    @AfterAll
    void stop() throws Exception {
        database.close();
    }

    @Test
    @Order(1)
    void isWholeAsAFile() throws IOException {
        var file = written("whole.txt");

        var report = verify(file);

        assertThat(report.findings()).isEmpty();
        assertThat(report.rows()).isEqualTo(rows()).isGreaterThan(80);
    }

    @Test
    @Order(2)
    void isFoundToBeChangedWhateverLineIsRemovedMovedOrAltered() throws IOException {
        var lines = Files.readAllLines(written("lines.txt"));
        for (int seed = 0; seed < TRIES; seed++) {
            var random = new Random(seed);
            var altered = new ArrayList<>(lines);
            // The last line is the end, which only a witness misses.
            var one = random.nextInt(altered.size() - 1);
            var other = (one + 1 + random.nextInt(altered.size() - 2)) % (altered.size() - 1);
            switch (random.nextInt(3)) {
                case 0 -> altered.remove(one);
                case 1 -> Collections.swap(altered, one, other);
                default -> altered.set(one, altered.get(one).replaceFirst("[1-9](?=[^1-9]*$)", "0"));
            }
            if (altered.equals(lines)) {
                continue;
            }
            assertThat(isWhole(altered)).as("seed %d, line %d", seed, one + 1).isFalse();
        }
    }

    @Test
    @Order(3)
    void isWholeAfterPruningAndKeepsTheAnchors() throws IOException {
        var before = rows();
        var pruning = new TrailPruning(database.transaction(), database.sql(), signer, keys, Clock.systemUTC());

        assertThat(pruning.prune(half, true)).isPresent();
        assertThat(rows()).isEqualTo(before);
        var pruned = pruning.prune(half, false).orElseThrow();

        assertThat(pruned.through()).isEqualTo(4);
        assertThat(rows()).isEqualTo(before - pruned.events());
        for (var report : List.of(verify(new DatabaseTrail(database.sql())), verify(written("pruned.txt")))) {
            assertThat(report.findings()).isEmpty();
            assertThat(report.anchors()).isEqualTo(8);
            assertThat(report.pruned()).isEqualTo(pruned.events());
            assertThat(report.rows()).isEqualTo(rows());
        }
        assertThat(pruning.prune(half, false)).isEmpty();
    }

    @Test
    @Order(4)
    void isFoundToBeForgedWhereAStatementIsPutBeforeRowsThatAreStillThere() throws IOException {
        var statement = Files.readAllLines(written("later.txt")).get(0);
        var forged = new ArrayList<>(Files.readAllLines(home.resolve("whole.txt")));
        forged.add(0, statement);

        assertThat(isWhole(forged)).isFalse();
    }

    @Test
    @Order(4)
    void isNotPrunedWhereAnchorsWereMadeToLookOld() {
        database.transaction().executeWithoutResult(status -> {
            status.setRollbackOnly();
            database.sql().sql("SET LOCAL session_replication_role = replica").update();
            database.sql()
                    .sql("UPDATE accord.audit_anchor SET sealed = sealed - interval '7 years',"
                            + " last_at = last_at - interval '7 years'")
                    .update();
            var pruning = new TrailPruning(database.transaction(), database.sql(), signer, keys, Clock.systemUTC());

            assertThatThrownBy(() -> pruning.prune(Instant.now().minus(Duration.ofDays(2200)), false))
                    .hasMessageContaining("not as it was sealed");
        });
    }

    @Test
    @Order(4)
    void isFoundToBeCutWhereNobodySignedForIt() {
        database.transaction().executeWithoutResult(status -> {
            status.setRollbackOnly();
            database.sql().sql("SET LOCAL session_replication_role = replica").update();
            database.sql().sql("UPDATE accord.audit_pruned SET through = 6").update();
            database.sql()
                    .sql("DELETE FROM accord.audit_sealed WHERE anchor_no <= 6")
                    .update();
            assertThat(verify(new DatabaseTrail(database.sql())).findings()).anyMatch(finding -> finding.anchor() == 6);
        });
    }

    private boolean isWhole(List<String> lines) throws IOException {
        var file = home.resolve("altered.txt");
        Files.write(file, lines);
        try {
            return verify(file).isWhole();
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException unreadable) {
            return false;
        }
    }

    private Path written(String name) throws IOException {
        var file = home.resolve(name);
        try (var out = Files.newBufferedWriter(file)) {
            TrailFile.write(new DatabaseTrail(database.sql()), out);
        }
        return file;
    }

    private Report verify(Path file) {
        try (var trail = new TrailFile(file)) {
            return verify(trail);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Report verify(SealedTrail trail) {
        return new Verification(trail, keys, List.of()).run();
    }

    private long rows() {
        return database.sql()
                .sql("SELECT count(*) FROM accord.audit_event")
                .query(Long.class)
                .single();
    }
}
