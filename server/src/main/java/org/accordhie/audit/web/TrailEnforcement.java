package org.accordhie.audit.web;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.accordhie.audit.AccessRecord;
import org.accordhie.audit.AuditTrail;
import org.accordhie.audit.TrailReach;
import org.accordhie.audit.fhir.Calls;
import org.accordhie.audit.jpa.TrailRows;
import org.accordhie.audit.jpa.TrailRows.Found;
import org.accordhie.fhirserver.RequestContext;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.fhirserver.StorageView;
import org.accordhie.smart.AccessGrant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Enforces the rule of who reads the trail. Everything of one reading happens on one snapshot of the database: the view is
 * opened as far as the rule says, the rows are read and each is looked at again, and the reading is itself recorded.
 */
@Component
final class TrailEnforcement {

    private final TrailRows rows;
    private final AuditTrail trail;
    private final Clock clock;
    private final TransactionTemplate snapshot;

    TrailEnforcement(TrailRows rows, AuditTrail trail, Clock clock, PlatformTransactionManager transactions) {
        this.rows = rows;
        this.trail = trail;
        this.clock = clock;
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Carries out a reading.
     *
     * @param reading what to read, at the instant of the request and within the requester's reach
     */
    Reading read(RequestedInteraction asked, BiFunction<Instant, TrailReach, Found> reading) {
        var grant = RequestContext.get(asked.details(), AccessGrant.class)
                .orElseThrow(() -> new ForbiddenOperationException("not permitted"));
        var reach = TrailReach.of(grant, asked.interaction());
        // No finer than the table keeps it.
        var at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return StorageView.RELEASED.during(() -> snapshot.execute(status -> {
            rows.open(reach);
            var found = reading.apply(at, reach);
            if (!found.records().stream().allMatch(reach::holds)) {
                throw new IllegalStateException("the released view held a record of the trail that the rule hides");
            }
            trail.add(record(asked, grant, at, found.records()));
            return new Reading(found.records().stream().map(reach::shown).toList(), found.total(), at);
        }));
    }

    private static AccessRecord record(
            RequestedInteraction asked, AccessGrant grant, Instant at, List<AccessRecord> shown) {
        return new AccessRecord(
                UUID.randomUUID(),
                at,
                Calls.of(asked),
                grant.requester(),
                patientsOf(shown),
                shown.stream()
                        .map(accessed -> TrailReach.TYPE + "/" + accessed.id() + "/_history/1")
                        .collect(Collectors.toSet()));
    }

    /** Not those of readings of the trail: each page would carry on whom all pages before it named. */
    private static Set<String> patientsOf(List<AccessRecord> shown) {
        return shown.stream()
                .filter(accessed -> !accessed.call().resourceType().equals(TrailReach.TYPE))
                .flatMap(accessed -> accessed.patients().stream())
                .collect(Collectors.toSet());
    }

    /**
     * What is shown.
     *
     * @param records as far as the requester may see them
     * @param total how many there are in all
     * @param at the instant of the request
     */
    record Reading(List<AccessRecord> records, int total, Instant at) {

        Reading {
            records = List.copyOf(records);
        }
    }
}
