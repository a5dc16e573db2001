package org.accordhie.export.web;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.accordhie.audit.AccessRecord;
import org.accordhie.audit.AuditTrail;
import org.accordhie.audit.fhir.Calls;
import org.accordhie.export.ExportRight;
import org.accordhie.export.jpa.ExportJobs;
import org.accordhie.fhirserver.RequestContext;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.fhirserver.StorageView;
import org.accordhie.smart.AccessGrant;
import org.springframework.transaction.support.TransactionTemplate;

/** What a request does to the rows of jobs, in one transaction with its audit event. They tell of no patient. */
final class ExportRecords {

    private final TransactionTemplate transaction;
    private final ExportJobs jobs;
    private final AuditTrail audit;
    private final Clock clock;

    ExportRecords(TransactionTemplate transaction, ExportJobs jobs, AuditTrail audit, Clock clock) {
        this.transaction = transaction;
        this.jobs = jobs;
        this.audit = audit;
        this.clock = clock;
    }

    /** The grant of a system; any other is refused. */
    static AccessGrant grantOf(RequestedInteraction asked) {
        return RequestContext.get(asked.details(), AccessGrant.class)
                .filter(ExportRight::isGivenBy)
                .orElseThrow(() -> new ForbiddenOperationException("not permitted"));
    }

    /** Carries out a step on jobs. It sees what others have committed meanwhile, so that it can count. */
    <T> T recorded(RequestedInteraction asked, Function<ExportJobs, T> step) {
        var grant = grantOf(asked);
        return StorageView.WHOLE.during(() -> transaction.execute(status -> {
            var done = step.apply(jobs);
            audit.add(new AccessRecord(
                    UUID.randomUUID(), clock.instant(), Calls.of(asked), grant.requester(), Set.of(), Set.of()));
            return done;
        }));
    }

    /** A look at how far a job is, which is asked every few seconds and is not recorded. */
    <T> T seen(Function<ExportJobs, T> step) {
        return StorageView.WHOLE.during(() -> transaction.execute(status -> step.apply(jobs)));
    }
}
