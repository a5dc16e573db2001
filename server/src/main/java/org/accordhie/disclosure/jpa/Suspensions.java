package org.accordhie.disclosure.jpa;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.accordhie.disclosure.Suspension;
import org.accordhie.vocabulary.Requester;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Suspensions of the right to an accounting, and their ends. Rows are only ever added. Thread-safe. */
public final class Suspensions {

    private static final String OPEN = """
            SELECT s.suspension_id, s.agency, s.stated, s.until, s.statement, s.oral FROM accord.accounting_suspension s
            WHERE s.patient = ? AND s.ends IS NULL
              AND NOT EXISTS (SELECT 1 FROM accord.accounting_suspension e WHERE e.ends = s.suspension_id)
            ORDER BY s.stated, s.suspension_id
            """;

    private static final String BEGIN = """
            INSERT INTO accord.accounting_suspension
              (suspension_id, recorded, client_id, user_ref, patient, agency, stated, until, statement, oral)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String END = """
            INSERT INTO accord.accounting_suspension
              (suspension_id, recorded, client_id, user_ref, patient, ends, agency, stated, until, statement, oral)
            SELECT ?, ?, ?, ?, s.patient, s.suspension_id, s.agency, s.stated, s.until, s.statement, s.oral
            FROM accord.accounting_suspension s WHERE s.suspension_id = ? AND s.patient = ? AND s.ends IS NULL
            ON CONFLICT (ends) DO NOTHING
            """;

    private final JdbcClient jdbc;

    public Suspensions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of a patient, as {@code Patient/[id]}, that nobody has ended, oldest first. */
    public List<Suspension> open(String patient) {
        return jdbc.sql(OPEN)
                .param(patient)
                .query((row, number) -> new Suspension(
                        row.getString("suspension_id"),
                        row.getString("agency"),
                        row.getTimestamp("stated").toInstant(),
                        row.getTimestamp("until").toInstant(),
                        row.getString("statement"),
                        row.getBoolean("oral")))
                .list();
    }

    /** Adds one. */
    public void begin(String patient, Suspension suspension, Requester officer, Instant now) {
        jdbc.sql(BEGIN)
                .params(
                        UUID.fromString(suspension.id()),
                        Timestamp.from(now),
                        officer.clientId(),
                        officer.user(),
                        patient,
                        suspension.agency(),
                        Timestamp.from(suspension.from()),
                        Timestamp.from(suspension.until()),
                        suspension.statement(),
                        suspension.oral())
                .update();
    }

    /** Ends one; false if the patient has none of this id that is open. */
    public boolean end(String patient, UUID id, Requester officer, Instant now) {
        return jdbc.sql(END)
                        .params(UUID.randomUUID(), Timestamp.from(now), officer.clientId(), officer.user(), id, patient)
                        .update()
                > 0;
    }
}
