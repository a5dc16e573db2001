package org.accordhie.review.jpa;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.accordhie.review.Emergencies;
import org.accordhie.review.Emergency;
import org.accordhie.review.Notice;
import org.accordhie.vocabulary.BreakGlass;
import org.accordhie.vocabulary.Requester;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Emergencies as a table, which every node asks. A release runs on one snapshot of the database, so two that open the same emergency
 * at once cannot see each other; each adds its use, and the earlier one counts. Thread-safe.
 */
public final class EmergencyTable implements Emergencies {

    private static final String INSERT = """
            INSERT INTO accord.emergency_use
              (use_id, emergency_id, organization, client_id, user_ref, patient, reason, used)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final JdbcClient jdbc;
    private final NoticeTable notices;
    private final Duration window;
    private final boolean tellPatient;

    /**
     * Emergencies in the database.
     *
     * @param window how long each lasts
     * @param tellPatient whether the patient's own app hears of it
     */
    public EmergencyTable(JdbcClient jdbc, NoticeTable notices, Duration window, boolean tellPatient) {
        this.jdbc = jdbc;
        this.notices = notices;
        this.window = window;
        this.tellPatient = tellPatient;
    }

    @Override
    public Optional<BreakGlass> inForce(Requester requester, BreakGlass declared, Instant at) {
        var first = firstUse(Emergency.idOf(requester, declared));
        return first.filter(opened -> Emergency.isOver(opened, window, at)).isPresent()
                ? Optional.empty()
                : Optional.of(declared);
    }

    @Override
    public void used(Requester requester, BreakGlass declared, Instant at) {
        var id = Emergency.idOf(requester, declared);
        if (firstUse(id).isPresent()) {
            return;
        }
        jdbc.sql(INSERT)
                .params(
                        UUID.randomUUID(),
                        id,
                        requester.organization(),
                        requester.clientId(),
                        requester.user(),
                        declared.patient(),
                        declared.reason(),
                        Timestamp.from(at))
                .update();
        notices.add(Notice.Kind.OPENED, id, declared.patient(), tellPatient, at);
    }

    private Optional<Instant> firstUse(UUID emergency) {
        return jdbc.sql("SELECT used FROM accord.emergency_use WHERE emergency_id = ? ORDER BY used LIMIT 1")
                .param(emergency)
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }
}
