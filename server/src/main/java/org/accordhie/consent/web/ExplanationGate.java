package org.accordhie.consent.web;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.accordhie.audit.AccessRecord;
import org.accordhie.audit.AuditTrail;
import org.accordhie.audit.fhir.Calls;
import org.accordhie.fhirserver.RequestContext;
import org.accordhie.fhirserver.RequestLine;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.fhirserver.StorageView;
import org.accordhie.smart.AccessGrant;
import org.hl7.fhir.r4.model.Parameters;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets privacy officers, and patients about themselves, hear why. An explanation looks at what is hidden from others, so it sees
 * the whole storage, on one snapshot; its audit event is written in the same transaction.
 */
final class ExplanationGate {

    private final RequestLine line;
    private final TransactionTemplate transaction;
    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final Clock clock;

    ExplanationGate(RequestLine line, TransactionTemplate transaction, JdbcClient jdbc, AuditTrail audit, Clock clock) {
        this.line = line;
        this.transaction = transaction;
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What is answered, and of whom it tells.
     *
     * @param answer the explanation
     * @param patients the patients concerned, as {@code Patient/[id]}
     * @param resources the versions explained, as {@code [type]/[id]/_history/[version]}
     */
    record Told(Parameters answer, Set<String> patients, Set<String> resources) {}

    /** Answers, or refuses from the request alone. */
    Parameters tell(RequestedInteraction asked, BiFunction<Asker, Instant, Told> step) {
        return line.own(asked, () -> {
            var grant = RequestContext.get(asked.details(), AccessGrant.class)
                    .orElseThrow(() -> new ForbiddenOperationException("not permitted"));
            var asker = Asker.of(grant);
            var now = clock.instant();
            return StorageView.WHOLE.during(() -> transaction.execute(status -> {
                jdbc.sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ").update();
                var told = step.apply(asker, now);
                audit.add(record(asked, asker, now, told));
                return told.answer();
            }));
        });
    }

    private static AccessRecord record(RequestedInteraction asked, Asker asker, Instant now, Told told) {
        return new AccessRecord(
                UUID.randomUUID(), now, Calls.of(asked), asker.requester(), told.patients(), told.resources());
    }
}
