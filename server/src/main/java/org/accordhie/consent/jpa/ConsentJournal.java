package org.accordhie.consent.jpa;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.accordhie.consent.ConsentChange;
import org.accordhie.consent.ConsentFindings;
import org.accordhie.consent.LintFinding;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was found in consents, and what happened to them. Thread-safe; works in the running transaction. */
public final class ConsentJournal implements ConsentFindings {

    /** All of a version at once: each consent of a patient who has many is found to concern the others. */
    private static final String PUT = """
            INSERT INTO accord.consent_finding (fhir_id, version, place, kind, path, said, about)
            SELECT ?, ?, f.place - 1, f.kind, f.path, f.said, f.about
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) WITH ORDINALITY AS f (kind, path, said, about, place)
            """;

    private final JdbcClient jdbc;

    public ConsentJournal(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps what is found in a version, in the place of what was. */
    public void putFindings(String id, long version, List<LintFinding> findings) {
        jdbc.sql("DELETE FROM accord.consent_finding WHERE fhir_id = ? AND version = ?")
                .params(id, version)
                .update();
        if (findings.isEmpty()) {
            return;
        }
        jdbc.sql(PUT)
                .params(
                        id,
                        version,
                        column(findings, finding -> finding.kind().name()),
                        column(findings, LintFinding::path),
                        column(findings, LintFinding::said),
                        column(findings, LintFinding::about))
                .update();
    }

    private static String[] column(List<LintFinding> findings, Function<LintFinding, String> part) {
        return findings.stream().map(part).toArray(String[]::new);
    }

    @Override
    public List<LintFinding> of(String id) {
        return jdbc.sql("SELECT f.path, f.kind, f.said, f.about FROM accord.consent_finding f"
                        + " JOIN accord.consent_policy p ON p.fhir_id = f.fhir_id AND p.version = f.version"
                        + " WHERE f.fhir_id = ? ORDER BY f.place")
                .param(id)
                .query((row, number) -> new LintFinding(
                        row.getString("path"),
                        LintFinding.Kind.valueOf(row.getString("kind")),
                        row.getString("said"),
                        row.getString("about")))
                .list();
    }

    /** Records what happened to a version of a consent. */
    public void add(String id, long version, String patient, ConsentChange.Kind kind, Instant changed) {
        jdbc.sql("INSERT INTO accord.consent_change (fhir_id, version, patient, kind, changed) VALUES (?, ?, ?, ?, ?)")
                .params(id, version, patient, kind.name(), Timestamp.from(changed))
                .update();
    }

    /** The changes after a numbered one, in their order. */
    public List<ConsentChange> changesAfter(long number, int count) {
        return jdbc.sql("SELECT change_id, fhir_id, version, patient, kind, changed FROM accord.consent_change"
                        + " WHERE change_id > ? ORDER BY change_id LIMIT ?")
                .params(number, count)
                .query((row, index) -> new ConsentChange(
                        row.getLong("change_id"),
                        row.getString("fhir_id"),
                        row.getLong("version"),
                        row.getString("patient"),
                        ConsentChange.Kind.valueOf(row.getString("kind")),
                        row.getTimestamp("changed").toInstant()))
                .list();
    }
}
