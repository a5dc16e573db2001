package org.accordhie.audit.jpa;

import java.sql.Array;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.audit.RecordedRequesters;
import org.accordhie.vocabulary.PurposeOfUse;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The requesters of the audit trail's table. Thread-safe. */
@Component
final class RecordedRequestersTable implements RecordedRequesters {

    private static final String REQUESTERS = """
            SELECT client_id, organization, user_ref, purposes, count(*) AS events
            FROM accord.audit_event
            WHERE recorded >= ? AND client_id <> '' AND (?::text IS NULL OR patients = ARRAY[?::text])
            GROUP BY client_id, organization, user_ref, purposes
            ORDER BY events DESC, client_id, user_ref, purposes LIMIT ?
            """;

    private final JdbcClient jdbc;

    RecordedRequestersTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<RecordedRequester> since(Instant since, @Nullable String about, int limit) {
        return jdbc.sql(REQUESTERS)
                .params(Timestamp.from(since), about, about, limit)
                .query((row, number) -> new RecordedRequester(
                        row.getString("client_id"),
                        row.getString("organization"),
                        row.getString("user_ref"),
                        purposesOf(row.getArray("purposes")),
                        row.getLong("events")))
                .list();
    }

    private static Set<PurposeOfUse> purposesOf(Array codes) throws SQLException {
        return Arrays.stream((String[]) codes.getArray())
                .map(PurposeOfUse::valueOf)
                .collect(Collectors.toSet());
    }
}
