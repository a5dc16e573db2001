package org.accordhie.audit.jpa;

import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.accordhie.audit.AccessRecord;
import org.accordhie.audit.AuditTrail;
import org.accordhie.audit.OpenRequests;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The audit trail as a table. Thread-safe. */
@Component
final class AuditTable implements AuditTrail {

    private static final String INSERT = """
            INSERT INTO accord.audit_event
              (event_id, recorded, request_id, client_address, interaction, res_type, query, outcome, status, organization,
               client_id, user_ref, purposes, token_id, glass_patient, glass_reason, patients, resources, evidence)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final JdbcClient jdbc;
    private final OpenRequests requests;

    AuditTable(JdbcClient jdbc, OpenRequests requests) {
        this.jdbc = jdbc;
        this.requests = requests;
    }

    @Override
    public void add(AccessRecord accessed) {
        jdbc.sql(INSERT).params(values(accessed)).update();
        var request = accessed.call().request();
        if (request != null) {
            afterCommit(() -> requests.committed(request, accessed.outcome()));
        }
    }

    private static List<@Nullable Object> values(AccessRecord accessed) {
        var call = accessed.call();
        var requester = accessed.requester();
        var glass = accessed.breakGlass();
        return Arrays.asList(
                accessed.id(),
                Timestamp.from(accessed.at()),
                call.request(),
                call.address(),
                call.interaction().name(),
                call.resourceType(),
                call.query(),
                accessed.outcome().name(),
                accessed.status(),
                requester.organization(),
                requester.clientId(),
                requester.user(),
                array(requester.purposes().stream().map(Enum::name).toList()),
                requester.tokenId(),
                glass == null ? null : glass.patient(),
                glass == null ? null : glass.reason(),
                array(accessed.patients()),
                array(accessed.resources()),
                accessed.evidence());
    }

    /** What is rolled back was not recorded. */
    private static void afterCommit(Runnable step) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                step.run();
            }
        });
    }

    private static String[] array(Collection<String> values) {
        return values.stream().sorted().toArray(String[]::new);
    }
}
