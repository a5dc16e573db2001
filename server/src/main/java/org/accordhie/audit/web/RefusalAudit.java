package org.accordhie.audit.web;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.accordhie.audit.AccessRecord;
import org.accordhie.audit.AuditTrail;
import org.accordhie.audit.fhir.Calls;
import org.accordhie.fhirserver.NotReleased;
import org.accordhie.fhirserver.RefusalStep;
import org.accordhie.fhirserver.RequestContext;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.smart.AccessGrant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Records refused and failed requests in a transaction of their own, since theirs was rolled back. */
@Component
final class RefusalAudit implements RefusalStep {

    private final AuditTrail audit;
    private final Clock clock;
    private final TransactionTemplate transaction;

    RefusalAudit(AuditTrail audit, Clock clock, PlatformTransactionManager transactions) {
        this.audit = audit;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Override
    public void refused(RequestedInteraction asked, BaseServerResponseException refused) {
        RequestContext.get(asked.details(), AccessGrant.class).ifPresent(grant -> {
            var refusal = new AccessRecord(
                    UUID.randomUUID(),
                    clock.instant(),
                    Calls.of(asked),
                    Outcomes.of(refused.getStatusCode()),
                    refused.getStatusCode(),
                    grant.requester(),
                    Set.of(),
                    Set.of(),
                    grant.breakGlass(),
                    refused instanceof NotReleased absent ? absent.evidence() : "");
            transaction.executeWithoutResult(status -> audit.add(refusal));
        });
    }
}
