package org.accordhie.consent.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.accordhie.consent.jpa.RecordedReleases;
import org.accordhie.consent.web.Replay.Outcome;
import org.accordhie.consent.web.Replay.Replayed;
import org.accordhie.fhirserver.StorageView;
import org.accordhie.fhirserver.Traces;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.support.TransactionTemplate;

/** Decides some releases of the last day once more, each day. Every node does, each with others. */
final class ReplayNights implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayNights.class);

    private static final int SAMPLE = 500;
    private static final long HOURS = 24;
    private static final Duration DAY = Duration.ofDays(1);

    private final RecordedReleases releases;
    private final Replay replay;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Counter disagreements;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        var named = new Thread(work, "decision-replay");
        named.setDaemon(true);
        return named;
    });

    ReplayNights(
            RecordedReleases releases,
            Replay replay,
            TransactionTemplate transaction,
            Clock clock,
            MeterRegistry meters) {
        this.releases = releases;
        this.replay = replay;
        this.transaction = transaction;
        this.clock = clock;
        this.disagreements = Counter.builder("accord.audit.replay.disagreements")
                .description("resources that would be hidden or released instead if the decision were made once more")
                .register(meters);
    }

    @EventListener(ApplicationReadyEvent.class)
    @SuppressWarnings("FutureReturnValueIgnored") // a look says itself what went wrong
    void begin() {
        thread.scheduleWithFixedDelay(this::look, HOURS, HOURS, TimeUnit.HOURS);
    }

    @Override
    public void destroy() {
        thread.shutdown();
    }

    private void look() {
        try {
            var outcomes = StorageView.WHOLE.during(() -> transaction.execute(status -> {
                var now = clock.instant();
                return releases.some(now.minus(DAY), now, SAMPLE, now.hashCode()).stream()
                        .flatMap(release -> replay.of(release).stream())
                        .collect(Collectors.groupingBy(Replayed::outcome, Collectors.counting()));
            }));
            tell(outcomes == null ? Map.of() : outcomes);
        } catch (RuntimeException failed) {
            LOG.error("past decisions were not made once more: {}", Traces.of(failed));
        }
    }

    private void tell(Map<Outcome, Long> outcomes) {
        long hidden = outcomes.getOrDefault(Outcome.HIDDEN, 0L);
        long released = outcomes.getOrDefault(Outcome.RELEASED, 0L);
        disagreements.increment((double) hidden + released);
        if (released > 0) {
            LOG.warn("{} reads refused in the last day would now be answered: `$replay` tells which", released);
        }
        if (hidden > 0) {
            LOG.error("{} resources released in the last day would now be hidden: `$replay` tells which", hidden);
        }
        if (hidden + released == 0) {
            LOG.info("past decisions made once more: {}", outcomes);
        }
    }
}
