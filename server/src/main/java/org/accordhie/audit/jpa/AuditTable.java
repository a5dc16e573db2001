package org.accordhie.audit.jpa;

import java.sql.Timestamp;
import java.util.Collection;
import org.accordhie.audit.AccessRecord;
import org.accordhie.audit.AuditTrail;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The audit trail as a table. Thread-safe. */
@Component
final class AuditTable implements AuditTrail {

    private static final String INSERT = """
            INSERT INTO accord.audit_event
              (event_id, recorded, interaction, res_type, outcome, organization, client_id, user_ref, purposes,
               token_id, query, patients, resources, glass_patient, glass_reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final JdbcClient jdbc;

    AuditTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(AccessRecord accessed) {
        var requester = accessed.requester();
        var glass = accessed.breakGlass();
        jdbc.sql(INSERT)
                .params(
                        accessed.id(),
                        Timestamp.from(accessed.at()),
                        accessed.interaction().name(),
                        accessed.resourceType(),
                        accessed.outcome().name(),
                        requester.organization(),
                        requester.clientId(),
                        requester.user(),
                        array(requester.purposes().stream().map(Enum::name).toList()),
                        requester.tokenId(),
                        accessed.query(),
                        array(accessed.patients()),
                        array(accessed.resources()),
                        glass == null ? null : glass.patient(),
                        glass == null ? null : glass.reason())
                .update();
    }

    private static String[] array(Collection<String> values) {
        return values.stream().sorted().toArray(String[]::new);
    }
}
