package org.accordhie.sealing.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import org.accordhie.sealing.AnchorKeyFile;
import org.accordhie.sealing.AnchorSigner;
import org.accordhie.sealing.Sealer;
import org.accordhie.sealing.jpa.AnchorTable;
import org.accordhie.sealing.jpa.TrailDatabase;
import org.accordhie.sealing.jpa.TrailPartitions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server seals what is recorded, until an anchor that it has seen is gone or another. */
class SealingScheduleIT {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Random random = new Random(5);

    @TempDir
    Path home;

    private TrailDatabase database;
    private AnchorSigner signer;
    private SealingSchedule schedule;

    @BeforeEach
    void sealsTwice() throws Exception {
        database = TrailDatabase.start();
        var pair = AnchorKeyFile.pairOrNew(home.resolve("key.pem"));
        signer = new AnchorSigner(pair.getPrivate(), pair.getPublic());
        schedule = new SealingSchedule(
                database.sealing(new Sealer(signer, "node a")),
                new AnchorTable(database.sql()),
                new TrailPartitions(database.sql()),
                null,
                Duration.ofMillis(50),
                Clock.systemUTC(),
                meters);
        database.record(1, random);
        schedule.begin();
        awaitAnchors(1);
        database.record(1, random);
        awaitAnchors(2);
    }

    @AfterEach
    void stop() throws Exception {
        schedule.destroy();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM accord.audit_anchor WHERE anchor_no = (SELECT max(anchor_no) FROM accord.audit_anchor)",
                "UPDATE accord.audit_anchor SET node = 'node b'"
            })
    void sealsNothingMoreAfterTheLastAnchorWasTakenAwayOrChanged(String tampering) throws InterruptedException {
        // Who owns the database can do that.
        database.sql()
                .sql("ALTER TABLE accord.audit_anchor DISABLE TRIGGER ALL")
                .update();
        database.sql().sql(tampering).update();
        var left = anchors();
        database.record(5, random);

        for (int patience = 600; patience > 0 && lost() < 3; patience--) {
            Thread.sleep(50);
        }

        assertThat(lost()).isGreaterThanOrEqualTo(3);
        assertThat(anchors()).isEqualTo(left);
    }

    @Test
    void goesOnAfterAnAnchorOfAnotherServer() throws InterruptedException {
        var another = database.sealing(new Sealer(signer, "node b"));
        while (another.seal(Duration.ZERO).isEmpty()) {
            // The first one is at it.
            Thread.sleep(5);
        }
        var before = anchors();
        database.record(5, random);

        awaitAnchors(before + 1);

        assertThat(lost()).isZero();
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void sealsOnceEachTimeItLooksThoughMoreIsRecordedMeanwhile() {
        schedule.destroy();
        database.recordWithEachAnchor();
        database.record(1, random);
        var before = anchors();

        // One last look.
        schedule.destroy();

        assertThat(anchors()).isEqualTo(before + 1);
    }

    private void awaitAnchors(int wanted) throws InterruptedException {
        for (int patience = 600; patience > 0 && anchors() < wanted; patience--) {
            Thread.sleep(50);
        }
        assertThat(anchors()).isGreaterThanOrEqualTo(wanted);
    }

    private int anchors() {
        return database.sql()
                .sql("SELECT count(*) FROM accord.audit_anchor")
                .query(Integer.class)
                .single();
    }

    private double lost() {
        return meters.get("accord.audit.anchors.lost").counter().count();
    }
}
