package org.accordhie.review.web;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.accordhie.audit.AccessRecord;
import org.accordhie.audit.AuditTrail;
import org.accordhie.audit.TrailReach;
import org.accordhie.audit.TrailReach.Extent;
import org.accordhie.audit.fhir.Calls;
import org.accordhie.fhirserver.RequestContext;
import org.accordhie.fhirserver.RequestLine;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.fhirserver.StorageView;
import org.accordhie.review.Party;
import org.accordhie.smart.AccessGrant;
import org.accordhie.vocabulary.Interaction;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets in who may read the whole audit trail: privacy officers. Everybody else is refused from the request alone, so that they hear
 * the same of what is there and what is not. What is done and its audit event are of one transaction.
 */
final class ReviewGate {

    private static final String TASK = "Task";

    private final RequestLine line;
    private final TransactionTemplate transaction;
    private final AuditTrail audit;
    private final Clock clock;

    ReviewGate(RequestLine line, TransactionTemplate transaction, AuditTrail audit, Clock clock) {
        this.line = line;
        this.transaction = transaction;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Who asks.
     *
     * @param party the officer, or the patient's own app
     * @param reach how far into the trail they see
     * @param at the instant of the request, no finer than a table keeps it
     */
    record Asker(Party party, TrailReach reach, Instant at) {}

    /**
     * What is answered, and of whom it tells.
     *
     * @param answer the answer
     * @param patients the patients concerned, as {@code Patient/[id]}
     * @param resources what was read or written, as {@code [type]/[id]/_history/[version]}
     */
    record Told<T extends Resource>(T answer, Set<String> patients, Set<String> resources) {

        Told {
            patients = Set.copyOf(patients);
            resources = Set.copyOf(resources);
        }
    }

    /** A reading by an officer. */
    <T extends Resource> T read(ServletRequestDetails request, Function<Asker, Told<T>> step) {
        return carriedOut(asked(Interaction.READ, TrailReach.TYPE, request), Set.of(Extent.WHOLE), step);
    }

    /** A reading by an officer, or by a patient's own app. */
    <T extends Resource> T readOwn(ServletRequestDetails request, Function<Asker, Told<T>> step) {
        var extents = Set.of(Extent.WHOLE, Extent.ALONE);
        return carriedOut(asked(Interaction.READ, TrailReach.TYPE, request), extents, step);
    }

    /** Something an officer does, which also needs the right to update tasks. */
    <T extends Resource> T act(ServletRequestDetails request, Function<Asker, Told<T>> step) {
        return carriedOut(asked(Interaction.UPDATE, TASK, request), Set.of(Extent.WHOLE), step);
    }

    private static RequestedInteraction asked(Interaction interaction, String type, ServletRequestDetails request) {
        return new RequestedInteraction(interaction, type, "", false, request);
    }

    private <T extends Resource> T carriedOut(
            RequestedInteraction asked, Set<Extent> extents, Function<Asker, Told<T>> step) {
        return line.own(asked, () -> {
            var grant = RequestContext.get(asked.details(), AccessGrant.class)
                    .orElseThrow(() -> new ForbiddenOperationException("not permitted"));
            var reach = TrailReach.of(grant, Interaction.READ);
            if (!extents.contains(reach.extent())) {
                throw new ForbiddenOperationException("not permitted");
            }
            var asker = new Asker(
                    Party.of(grant.requester()), reach, clock.instant().truncatedTo(ChronoUnit.MICROS));
            return StorageView.WHOLE.during(() -> transaction.execute(status -> {
                var told = step.apply(asker);
                audit.add(record(asked, grant, asker, told));
                return told.answer();
            }));
        });
    }

    private static AccessRecord record(RequestedInteraction asked, AccessGrant grant, Asker asker, Told<?> told) {
        return new AccessRecord(
                UUID.randomUUID(), asker.at(), Calls.of(asked), grant.requester(), told.patients(), told.resources());
    }
}
