package org.accordhie.review.jpa;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.accordhie.review.AccessFinding;
import org.accordhie.review.AccessRule;
import org.accordhie.review.FindingState;
import org.accordhie.review.KeptFinding;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the rules found, with what officers said of it. Thread-safe. */
public final class FindingTable {

    private static final String INSERT = """
            INSERT INTO accord.access_finding
              (finding_id, rule, day, event_id, organization, client_id, user_ref, patient, sentence, score, found)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (finding_id) DO NOTHING
            """;

    private static final String COLUMNS =
            "SELECT rule, day, event_id, organization, client_id, user_ref, patient, sentence, score";

    private static final String SEARCH = """
             FROM accord.access_finding f
            WHERE f.day >= ? AND (?::text IS NULL OR f.rule = ?::text)
              AND coalesce((SELECT s.verdict FROM accord.review_step s WHERE s.subject = f.finding_id
                            ORDER BY s.number DESC LIMIT 1), 'open') = ?
            """;

    private final JdbcClient jdbc;
    private final ReviewRows reviews;

    public FindingTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.reviews = new ReviewRows(jdbc);
    }

    /**
     * Some of the findings that were sought.
     *
     * @param page those of the page
     * @param total how many there are in all
     */
    public record Found(List<KeptFinding> page, int total) {

        public Found {
            page = List.copyOf(page);
        }
    }

    /**
     * What is sought.
     *
     * @param state what has become of it
     * @param rule of one rule; null for all
     * @param from the first day
     */
    public record Sought(FindingState state, @Nullable AccessRule rule, LocalDate from) {}

    /** Adds what is not there yet; false where it was. */
    public boolean add(AccessFinding finding, Instant at) {
        var party = finding.party();
        var params = new ArrayList<>();
        params.add(finding.id());
        params.add(finding.rule().name());
        params.add(Date.valueOf(finding.day()));
        params.add(finding.event());
        params.add(party.organization());
        params.add(party.client());
        params.add(party.user());
        params.add(finding.patient());
        params.add(finding.sentence());
        params.add(finding.score());
        params.add(Timestamp.from(at));
        return jdbc.sql(INSERT).params(params).update() == 1;
    }

    /** Those that are sought, what to look at first before the rest. */
    public Found search(Sought sought, int count, int offset) {
        var rule = sought.rule() == null ? null : sought.rule().name();
        var params = new ArrayList<>();
        params.add(Date.valueOf(sought.from()));
        params.add(rule);
        params.add(rule);
        params.add(sought.state().code());
        var total = jdbc.sql("SELECT count(*)" + SEARCH)
                .params(params)
                .query(Integer.class)
                .single();
        params.add(count);
        params.add(offset);
        var page = jdbc.sql(COLUMNS + SEARCH + " ORDER BY f.score DESC, f.day, f.finding_id LIMIT ? OFFSET ?")
                .params(params)
                .query((row, number) -> finding(row))
                .list();
        var steps = reviews.steps(page.stream().map(AccessFinding::id).toList());
        return new Found(
                page.stream()
                        .map(each -> new KeptFinding(each, steps.getOrDefault(each.id(), List.of())))
                        .toList(),
                total);
    }

    /** Empty where there is none of this id. */
    public Optional<KeptFinding> find(UUID id) {
        return jdbc.sql(COLUMNS + " FROM accord.access_finding WHERE finding_id = ?")
                .param(id)
                .query((row, number) -> finding(row))
                .optional()
                .map(finding -> new KeptFinding(finding, reviews.steps(id)));
    }

    /** The patients whose record is looked at closely. */
    public Set<String> listed() {
        return jdbc
                .sql(
                        "SELECT DISTINCT ON (patient) patient, listed FROM accord.vip_entry ORDER BY patient, entry_id DESC")
                .query((row, number) -> row.getBoolean("listed") ? row.getString("patient") : "")
                .list()
                .stream()
                .filter(patient -> !patient.isEmpty())
                .collect(Collectors.toSet());
    }

    /** Puts a patient on that list, or takes them off. */
    public void list(String patient, boolean listed, String officer, Instant at) {
        jdbc.sql("INSERT INTO accord.vip_entry (patient, listed, user_ref, entered) VALUES (?, ?, ?, ?)")
                .params(patient, listed, officer, Timestamp.from(at))
                .update();
    }

    private static AccessFinding finding(ResultSet row) throws SQLException {
        return new AccessFinding(
                AccessRule.valueOf(row.getString("rule")),
                row.getDate("day").toLocalDate(),
                row.getObject("event_id", UUID.class),
                ReviewRows.party(row),
                row.getString("patient"),
                row.getString("sentence"),
                row.getInt("score"));
    }
}
