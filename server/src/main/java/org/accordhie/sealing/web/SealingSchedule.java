package org.accordhie.sealing.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.accordhie.fhirserver.StorageView;
import org.accordhie.fhirserver.Traces;
import org.accordhie.sealing.Anchor;
import org.accordhie.sealing.jpa.AnchorTable;
import org.accordhie.sealing.jpa.TrailPartitions;
import org.accordhie.sealing.jpa.TrailSealing;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/** Seals the trail every few seconds, and watches that no anchor it has seen goes away. */
final class SealingSchedule implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(SealingSchedule.class);

    /** Where nothing is recorded an anchor is made all the same, so that a trail that ends is seen to have ended. */
    private static final Duration LONGEST = Duration.ofSeconds(45);

    private static final long HOURS_BETWEEN_LOOKS = 6;

    private final TrailSealing sealing;
    private final AnchorTable anchors;
    private final TrailPartitions partitions;
    private final @Nullable Witness witness;
    private final Duration interval;
    private final Clock clock;
    private final Counter lost;
    private final Counter failures;
    private final AtomicReference<@Nullable Anchor> seen = new AtomicReference<>();

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        var named = new Thread(work, "audit-sealing");
        named.setDaemon(true);
        return named;
    });

    SealingSchedule(
            TrailSealing sealing,
            AnchorTable anchors,
            TrailPartitions partitions,
            @Nullable Witness witness,
            Duration interval,
            Clock clock,
            MeterRegistry meters) {
        this.sealing = sealing;
        this.anchors = anchors;
        this.partitions = partitions;
        this.witness = witness;
        this.interval = interval;
        this.clock = clock;
        this.lost = Counter.builder("accord.audit.anchors.lost")
                .description("times that an anchor of the audit trail was no longer there")
                .register(meters);
        this.failures = Counter.builder("accord.audit.sealing.failures")
                .description("times that the audit trail could not be sealed")
                .register(meters);
        Gauge.builder("accord.audit.anchor.age", this, SealingSchedule::age)
                .description("seconds since the last anchor of the audit trail that this server has seen")
                .register(meters);
    }

    @EventListener(ApplicationReadyEvent.class)
    @SuppressWarnings("FutureReturnValueIgnored") // a look says itself what went wrong
    void begin() {
        thread.scheduleWithFixedDelay(this::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        thread.scheduleWithFixedDelay(this::makeMonths, 0, HOURS_BETWEEN_LOOKS, TimeUnit.HOURS);
    }

    @Override
    public void destroy() {
        thread.shutdown();
        look();
    }

    private synchronized void look() {
        try {
            StorageView.WHOLE.during(() -> {
                if (!isWhole()) {
                    return null;
                }
                var made = sealing.seal(LONGEST);
                while (made.isPresent()) {
                    keep(made.get());
                    // What is recorded meanwhile waits for the next look: under load there is always something.
                    made = TrailSealing.isFull(made.get()) ? sealing.seal(LONGEST) : Optional.empty();
                }
                return null;
            });
        } catch (RuntimeException failed) {
            failures.increment();
            LOG.error("the audit trail is not sealed: {}", Traces.of(failed));
        }
    }

    /** What is recorded in a month without a partition is kept apart, and found a little later. */
    private void makeMonths() {
        try {
            StorageView.WHOLE.during(() -> {
                partitions.makeAhead(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
                return null;
            });
        } catch (RuntimeException failed) {
            LOG.error("the next months of the audit trail are not made: {}", Traces.of(failed));
        }
    }

    private void keep(Anchor anchor) {
        seen.set(anchor);
        if (witness == null) {
            return;
        }
        try {
            witness.add(anchor);
        } catch (IOException failed) {
            failures.increment();
            LOG.error("anchor {} was not witnessed: {}", anchor.body().number(), Traces.of(failed));
        }
    }

    /**
     * Numbers only grow: a last anchor with a smaller number than one that was seen is a trail that was cut off. Nothing is sealed
     * from then on, since that would sign what somebody has made of it; an operator looks, and starts the server again.
     */
    private boolean isWhole() {
        var last = anchors.last().orElse(null);
        var before = seen.get();
        if (before != null
                && (last == null
                        || last.body().number() < before.body().number()
                        || (last.body().number() == before.body().number() && !last.equals(before)))) {
            lost.increment();
            LOG.error(
                    "anchor {} of the audit trail is gone or another, and nothing is sealed: `audit verify` tells more",
                    before.body().number());
            return false;
        }
        seen.set(last);
        return true;
    }

    private double age() {
        var last = seen.get();
        var since = last == null ? Instant.EPOCH : last.body().sealed();
        return Duration.between(since, clock.instant()).toMillis() / 1000.0;
    }
}
