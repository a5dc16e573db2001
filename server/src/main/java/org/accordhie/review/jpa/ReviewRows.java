package org.accordhie.review.jpa;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.accordhie.review.Emergency;
import org.accordhie.review.Party;
import org.accordhie.review.Review;
import org.accordhie.review.Step;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Emergencies with what officers said of them. Thread-safe. */
public final class ReviewRows {

    private static final String COLUMNS =
            "SELECT emergency_id, organization, client_id, user_ref, patient, reason, opened FROM accord.emergency";

    private static final String STEPS = """
            SELECT subject, number, stepped, organization, client_id, user_ref, verdict, comment
            FROM accord.review_step WHERE subject = ANY (?::uuid[]) ORDER BY subject, number
            """;

    private static final String INSERT = """
            INSERT INTO accord.review_step
              (subject, number, stepped, organization, client_id, user_ref, verdict, comment)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String EVENTS = """
            SELECT glass_reason, count(*) AS events FROM accord.audit_event
            WHERE patients && ARRAY[?::text] AND glass_patient = ? AND organization = ? AND client_id = ?
              AND user_ref IS NOT DISTINCT FROM ?::text AND outcome = 'SUCCESS'
              AND recorded >= ? AND recorded <= ?
            GROUP BY glass_reason
            """;

    private final JdbcClient jdbc;

    public ReviewRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Empty where there is no such emergency. */
    public Optional<Review> find(UUID emergency) {
        return reviewed(jdbc.sql(COLUMNS + " WHERE emergency_id = ?")
                        .param(emergency)
                        .query((row, number) -> emergency(row))
                        .list())
                .stream()
                .findFirst();
    }

    /** All that were opened in a span of time, its end not included; oldest first. */
    public List<Review> opened(Instant from, Instant until) {
        return reviewed(jdbc.sql(COLUMNS + " WHERE opened >= ? AND opened < ? ORDER BY opened, emergency_id")
                .params(Timestamp.from(from), Timestamp.from(until))
                .query((row, number) -> emergency(row))
                .list());
    }

    /** How many carried-out reads of the patient's data there were in the emergency. */
    public int events(Emergency emergency, Duration window) {
        var who = emergency.requester();
        var params = new ArrayList<>();
        params.add(emergency.patient());
        params.add(emergency.patient());
        params.add(who.organization());
        params.add(who.client());
        params.add(who.user());
        params.add(Timestamp.from(emergency.opened()));
        params.add(Timestamp.from(emergency.opened().plus(window)));
        return jdbc
                .sql(EVENTS)
                .params(params)
                .query((row, number) -> emergency.isFor(row.getString("glass_reason")) ? row.getInt("events") : 0)
                .list()
                .stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** What was said of a subject, in order. */
    public List<Step> steps(UUID subject) {
        return steps(List.of(subject)).getOrDefault(subject, List.of());
    }

    /** Adds a step; false if another one has its number. The running transaction is then over. */
    public boolean add(UUID subject, Step step) {
        var officer = step.officer();
        try {
            jdbc.sql(INSERT)
                    .params(
                            subject,
                            step.number(),
                            Timestamp.from(step.at()),
                            officer.organization(),
                            officer.client(),
                            officer.name(),
                            step.verdict(),
                            step.comment())
                    .update();
            return true;
        } catch (DuplicateKeyException sooner) {
            return false;
        }
    }

    private List<Review> reviewed(List<Emergency> emergencies) {
        var steps = steps(emergencies.stream().map(Emergency::id).toList());
        return emergencies.stream()
                .map(each -> new Review(each, steps.getOrDefault(each.id(), List.of())))
                .toList();
    }

    /** The same for many. */
    Map<UUID, List<Step>> steps(List<UUID> subjects) {
        var found = new HashMap<UUID, List<Step>>();
        jdbc.sql(STEPS)
                .param(subjects.stream().map(UUID::toString).toArray(String[]::new))
                .query((ResultSet row) -> {
                    found.computeIfAbsent(row.getObject("subject", UUID.class), none -> new ArrayList<>())
                            .add(step(row));
                });
        return found;
    }

    private static Step step(ResultSet row) throws SQLException {
        return new Step(
                row.getInt("number"),
                row.getTimestamp("stepped").toInstant(),
                party(row),
                row.getString("verdict"),
                row.getString("comment"));
    }

    private static Emergency emergency(ResultSet row) throws SQLException {
        return new Emergency(
                row.getObject("emergency_id", UUID.class),
                party(row),
                row.getString("patient"),
                row.getString("reason"),
                row.getTimestamp("opened").toInstant());
    }

    static Party party(ResultSet row) throws SQLException {
        return new Party(row.getString("organization"), row.getString("client_id"), row.getString("user_ref"));
    }
}
