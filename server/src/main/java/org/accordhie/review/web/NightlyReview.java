package org.accordhie.review.web;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.accordhie.fhirserver.StorageView;
import org.accordhie.fhirserver.Traces;
import org.accordhie.review.jpa.AccessRows;
import org.accordhie.review.jpa.Watermark;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks at each day once it has ended. A day is one transaction, with the watermark that moves past it: whoever is killed, the next
 * look begins with the day that was not finished. One node looks at a time.
 */
final class NightlyReview implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(NightlyReview.class);
    private static final long SECONDS_BETWEEN_LOOKS = 60;
    private static final int DAYS_BACK = 30;

    private final DayReview review;
    private final AccessRows rows;
    private final Watermark watermark;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Duration settle;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        var named = new Thread(work, "access-review");
        named.setDaemon(true);
        return named;
    });

    /**
     * Looks at nothing before it is begun.
     *
     * @param settle how long after its end a day is left alone
     */
    NightlyReview(
            DayReview review,
            AccessRows rows,
            Watermark watermark,
            TransactionTemplate transaction,
            Clock clock,
            Duration settle) {
        this.review = review;
        this.rows = rows;
        this.watermark = watermark;
        this.transaction = transaction;
        this.clock = clock;
        this.settle = settle;
    }

    @EventListener(ApplicationReadyEvent.class)
    @SuppressWarnings("FutureReturnValueIgnored") // a look says itself what went wrong
    void begin() {
        thread.scheduleWithFixedDelay(this::look, 1, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
    }

    @Override
    public void destroy() {
        thread.shutdown();
    }

    private void look() {
        try {
            var more = true;
            while (more) {
                more = StorageView.WHOLE.during(() -> Boolean.TRUE.equals(transaction.execute(status -> lookAtNext())));
            }
        } catch (RuntimeException failed) {
            LOG.error("accesses are not reviewed: {}", Traces.of(failed));
        }
    }

    /** Whether there was a day to look at. */
    private boolean lookAtNext() {
        if (!watermark.hold()) {
            return false;
        }
        var now = clock.instant();
        var ended = LocalDate.ofInstant(now.minus(settle), ZoneOffset.UTC).minusDays(1);
        var next = watermark.last().map(last -> last.plusDays(1)).orElseGet(() -> first(ended));
        if (next.isAfter(ended)) {
            return false;
        }
        review.look(next, next, now);
        watermark.reach(next);
        return true;
    }

    /** Where nobody has looked before: the first day of the trail, and a month back at most. */
    private LocalDate first(LocalDate ended) {
        var earliest = ended.minusDays(DAYS_BACK);
        var first = rows.first().orElse(ended.plusDays(1));
        return first.isBefore(earliest) ? earliest : first;
    }
}
