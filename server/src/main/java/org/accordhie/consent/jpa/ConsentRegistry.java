package org.accordhie.consent.jpa;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.accordhie.consent.ConsentPolicy;
import org.accordhie.consent.ConsentStatus;
import org.accordhie.consent.EnforcementStatus;
import org.accordhie.consent.StoredConsent;
import org.accordhie.consent.Supersession;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The consents of each patient, as the decision reads them (PCF: Consent Registry). Thread-safe. */
public final class ConsentRegistry {

    private static final String COLUMNS =
            "SELECT fhir_id, version, patient, COALESCE(resolved, policy)::text AS policy, status, given, identifiers,"
                    + " replaces, dated, recorded, superseded_by FROM accord.consent_policy ";

    /** The same as {@link EnforcementStatus#of}, for the database to count and page by. */
    private static final String WORKLIST = """
            SELECT p.fhir_id, count(*) OVER () AS total
            FROM (SELECT *, CASE
                    WHEN status <> 'ACTIVE' THEN 'INACTIVE'
                    WHEN superseded_by IS NOT NULL THEN 'SUPERSEDED'
                    WHEN COALESCE(resolved, policy) ->> 'kind' = 'uncomputable' THEN 'UNCOMPUTABLE'
                    WHEN (policy -> 'validity' ->> 'from')::timestamptz > ?::timestamptz THEN 'NOT_YET_VALID'
                    WHEN (policy -> 'validity' ->> 'until')::timestamptz < ?::timestamptz THEN 'NO_LONGER_VALID'
                    ELSE 'ENFORCED' END AS state
                  FROM accord.consent_policy WHERE status <> 'DELETED') p
            WHERE CASE WHEN ?::text[] = '{}' THEN state = 'UNCOMPUTABLE' OR EXISTS (
                    SELECT 1 FROM accord.consent_finding f WHERE f.fhir_id = p.fhir_id AND f.version = p.version)
                  ELSE state = ANY (?::text[]) END
            ORDER BY state = 'UNCOMPUTABLE' DESC, recorded DESC, p.fhir_id LIMIT ? OFFSET ?
            """;

    private final JdbcClient jdbc;

    public ConsentRegistry(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Keeps a consent's newest version, in the running transaction. When it was recorded first stays; when it was given stays
     * while it says the same of that.
     *
     * @param stated its own word on when it was given
     */
    public void put(StoredConsent consent, String stated) {
        var life = consent.life();
        jdbc.sql("""
                        INSERT INTO accord.consent_policy AS former
                          (fhir_id, version, patient, policy, status, given, identifiers, replaces, stated, dated, recorded)
                        VALUES (?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (fhir_id) DO UPDATE SET version = EXCLUDED.version, patient = EXCLUDED.patient,
                          policy = EXCLUDED.policy, resolved = NULL, depends = '{}', status = EXCLUDED.status,
                          given = CASE EXCLUDED.status WHEN 'ACTIVE' THEN true WHEN 'ENTERED_IN_ERROR' THEN false
                            ELSE former.given END, identifiers = EXCLUDED.identifiers,
                          replaces = EXCLUDED.replaces, stated = EXCLUDED.stated,
                          dated = CASE WHEN former.stated = EXCLUDED.stated THEN former.dated ELSE EXCLUDED.dated END
                        """)
                .params(
                        consent.id(),
                        consent.version(),
                        consent.patient(),
                        consent.policy() == null ? null : RuleJson.write(consent.policy()),
                        life.status().name(),
                        life.given(),
                        life.identifiers().toArray(String[]::new),
                        life.replaces().toArray(String[]::new),
                        stated,
                        Timestamp.from(life.dated()),
                        Timestamp.from(life.recorded()))
                .update();
    }

    /** Takes a deleted consent out of force, in the running transaction; it stands in the place of what it replaced. */
    public void delete(String id, long version) {
        jdbc.sql(
                        "UPDATE accord.consent_policy SET status = ?, policy = NULL, resolved = NULL, depends = '{}', version = ? WHERE fhir_id = ?")
                .params(ConsentStatus.DELETED.name(), version, id)
                .update();
    }

    /** Says which consent stands in the place of this one, as {@code Consent/[id]}; null for none. */
    public void supersede(String id, @Nullable String by) {
        jdbc.sql("UPDATE accord.consent_policy SET superseded_by = ? WHERE fhir_id = ?")
                .params(by, id)
                .update();
    }

    /** A consent, whatever has become of it. */
    public Optional<StoredConsent> find(String id) {
        return jdbc.sql(COLUMNS + "WHERE fhir_id = ?")
                .param(id)
                .query((row, number) -> read(row))
                .optional();
    }

    /** Every consent of a patient, whatever has become of it. */
    public List<StoredConsent> allOf(String patient) {
        return jdbc.sql(COLUMNS + "WHERE patient = ? ORDER BY fhir_id")
                .param(patient)
                .query((row, number) -> read(row))
                .list();
    }

    /** The consents in force, by {@code Patient/[id]}, as the running transaction sees them. */
    public Map<String, List<ConsentPolicy>> of(Collection<String> patients) {
        var consents = new HashMap<String, List<ConsentPolicy>>();
        if (patients.isEmpty()) {
            return consents;
        }
        jdbc.sql("SELECT patient, policy FROM accord_released.consents_of(?)")
                .param(patients.toArray(String[]::new))
                .query((row, number) -> consents.computeIfAbsent(row.getString("patient"), patient -> new ArrayList<>())
                        .add(RuleJson.read(row.getString("policy"), ConsentPolicy.class)))
                .list();
        return consents;
    }

    /**
     * The same of what was read with a resource.
     *
     * @param read a JSON array of pairs of patient and policy
     * @throws IllegalArgumentException if it is anything else
     */
    public static Map<String, List<ConsentPolicy>> of(String read) {
        return RuleJson.readPolicies(read);
    }

    /**
     * One page of the stored consents.
     *
     * @param ids in the order of the worklist
     * @param total how many there are on all pages
     */
    public record Worklist(List<String> ids, int total) {}

    /**
     * What an officer must look at: what cannot be computed, and where something was found; or what has one of these states.
     *
     * @param states the states to list; empty for what must be looked at
     */
    public Worklist worklist(Collection<EnforcementStatus.State> states, Instant at, int count, int offset) {
        var wanted = states.stream().map(Enum::name).toArray(String[]::new);
        var now = Timestamp.from(at);
        var ids = new ArrayList<String>();
        var totals = jdbc.sql(WORKLIST)
                .params(now, now, wanted, wanted, count, offset)
                .query((row, number) -> {
                    ids.add(row.getString("fhir_id"));
                    return row.getInt("total");
                })
                .list();
        return new Worklist(ids, totals.isEmpty() ? 0 : totals.get(0));
    }

    private static StoredConsent read(ResultSet row) throws SQLException {
        var id = row.getString("fhir_id");
        var policy = row.getString("policy");
        return new StoredConsent(
                id,
                row.getLong("version"),
                row.getString("patient"),
                new Supersession.Version(
                        "Consent/" + id,
                        ConsentStatus.valueOf(row.getString("status")),
                        row.getBoolean("given"),
                        Set.of((String[]) row.getArray("identifiers").getArray()),
                        Set.of((String[]) row.getArray("replaces").getArray()),
                        row.getTimestamp("dated").toInstant(),
                        row.getTimestamp("recorded").toInstant()),
                policy == null ? null : RuleJson.read(policy, ConsentPolicy.class),
                row.getString("superseded_by"));
    }
}
