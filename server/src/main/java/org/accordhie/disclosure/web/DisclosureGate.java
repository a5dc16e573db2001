package org.accordhie.disclosure.web;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.accordhie.audit.AccessRecord;
import org.accordhie.audit.AuditTrail;
import org.accordhie.audit.fhir.Calls;
import org.accordhie.fhirserver.ReleaseGate;
import org.accordhie.fhirserver.RequestContext;
import org.accordhie.fhirserver.RequestLine;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.fhirserver.StorageView;
import org.accordhie.smart.AccessGrant;
import org.accordhie.vocabulary.Requester;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The way of a request about the disclosures of one patient: who may ask is decided from the request alone, a patient whom
 * the requester may not see is absent, and what is told or written shares a transaction with its audit event.
 */
final class DisclosureGate {

    /** In the view of the requester. */
    private static final String VISIBLE = "SELECT EXISTS (SELECT 1 FROM hfj_resource"
            + " WHERE res_type = 'Patient' AND fhir_id = ? AND res_deleted_at IS NULL)";

    private final RequestLine line;
    private final ReleaseGate releases;
    private final TransactionTemplate transaction;
    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final Clock clock;

    DisclosureGate(
            RequestLine line,
            ReleaseGate releases,
            TransactionTemplate transaction,
            JdbcClient jdbc,
            AuditTrail audit,
            Clock clock) {
        this.line = line;
        this.releases = releases;
        this.transaction = transaction;
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Carries out a step on one snapshot.
     *
     * @param patient whom it is about, as {@code Patient/[id]}
     * @param allowed refuses whoever may not ask
     */
    <T> T told(
            RequestedInteraction asked,
            String patient,
            Function<AccessGrant, Requester> allowed,
            Function<Instant, T> step) {
        return line.own(asked, () -> {
            var requester = allowed.apply(grantOf(asked));
            requireVisible(asked, patient);
            return StorageView.WHOLE.during(() -> transaction.execute(status -> {
                jdbc.sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ").update();
                var now = now();
                var told = step.apply(now);
                audit.add(record(asked, requester, now, patient));
                return told;
            }));
        });
    }

    /**
     * Writes what the body says.
     *
     * @param reading reads the body, which it may refuse, once it is known who sends it
     */
    <T> T written(
            RequestedInteraction asked,
            Function<AccessGrant, Requester> allowed,
            Function<Instant, Written<T>> reading) {
        return line.own(asked, () -> {
            var requester = allowed.apply(grantOf(asked));
            var now = now();
            var written = reading.apply(now);
            requireVisible(asked, written.patient());
            return StorageView.WHOLE.during(() -> transaction.execute(status -> {
                var answer = written.writing().apply(requester, now);
                audit.add(record(asked, requester, now, written.patient()));
                return answer;
            }));
        });
    }

    /**
     * What is to be written.
     *
     * @param patient whom it is about, as {@code Patient/[id]}
     * @param writing writes it and gives the answer
     */
    record Written<T>(String patient, BiFunction<Requester, Instant, T> writing) {}

    private void requireVisible(RequestedInteraction asked, String patient) {
        var id = patient.substring("Patient/".length());
        var visible = releases.look(
                asked,
                ReleaseGate.READING_OR_SEARCHING,
                () -> jdbc.sql(VISIBLE).param(id).query(Boolean.class).single());
        if (!visible) {
            throw new ResourceNotFoundException("not found");
        }
    }

    /** No finer than the tables keep it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static AccessGrant grantOf(RequestedInteraction asked) {
        return RequestContext.get(asked.details(), AccessGrant.class)
                .orElseThrow(() -> new ForbiddenOperationException("not permitted"));
    }

    /** It names no resource: nothing of the record itself is told. */
    private static AccessRecord record(RequestedInteraction asked, Requester requester, Instant now, String patient) {
        return new AccessRecord(UUID.randomUUID(), now, Calls.of(asked), requester, Set.of(patient), Set.of());
    }
}
