package org.accordhie.consent.jpa;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.accordhie.vocabulary.ResourceFacts;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The facts of resources as they were extracted when they were written, now and at former instants. Thread-safe. */
public final class StoredFacts {

    private static final String CURRENT = """
            SELECT r.facts::text FROM accord.release r
            JOIN public.hfj_resource h ON h.res_id = r.res_id AND h.res_deleted_at IS NULL
            WHERE r.is_current AND r.res_type = ? AND r.fhir_id = ?
            """;

    private static final String AT = """
            SELECT CASE WHEN v.res_deleted_at IS NULL THEN r.facts::text ELSE '' END
            FROM accord.release r JOIN public.hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver
            WHERE r.res_type = ? AND r.fhir_id = ? AND v.res_updated <= ?::timestamp
            ORDER BY r.res_ver DESC LIMIT 1
            """;

    private static final String VERSION =
            "SELECT facts::text FROM accord.release WHERE res_type = ? AND fhir_id = ? AND res_ver = ?";

    private static final String VERSIONS = """
            SELECT v.facts::text
            FROM unnest(?::text[], ?::text[], ?::bigint[]) WITH ORDINALITY AS told (res_type, fhir_id, version, place)
            JOIN accord.release c ON c.res_type = told.res_type AND c.fhir_id = told.fhir_id AND c.is_current
            JOIN accord.release v ON v.res_id = c.res_id AND v.res_ver = told.version
            ORDER BY told.place
            """;

    private static final String RECORD = """
            SELECT r.facts::text FROM accord.release r
            JOIN public.hfj_resource h ON h.res_id = r.res_id AND h.res_deleted_at IS NULL
            WHERE r.is_current AND r.patients @> ARRAY[?::text] ORDER BY r.fhir_id LIMIT ?
            """;

    private static final String SAMPLE = """
            SELECT 'Patient/' || r.fhir_id FROM accord.release r
            JOIN public.hfj_resource h ON h.res_id = r.res_id AND h.res_deleted_at IS NULL
            WHERE r.is_current AND r.res_type = 'Patient' ORDER BY md5(r.fhir_id || ?), r.fhir_id LIMIT ?
            """;

    /** Of each Consent that ever named the patient, or nobody, the version that was current at an instant. */
    private static final String CONSENTS = """
            SELECT DISTINCT ON (r.res_id) r.fhir_id, r.res_ver, v.res_deleted_at IS NOT NULL AS is_deleted,
              v.res_updated AS written,
              (SELECT min(f.res_updated) FROM public.hfj_res_ver f WHERE f.res_id = r.res_id) AS recorded
            FROM accord.release r JOIN public.hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver
            WHERE v.res_updated <= ?::timestamp AND r.res_id IN (
                SELECT n.res_id FROM accord.release n WHERE n.res_type = 'Consent'
                  AND CASE WHEN ?::text IS NULL THEN n.patients = '{}' ELSE n.patients @> ARRAY[?::text] END)
            ORDER BY r.res_id, r.res_ver DESC
            """;

    private final JdbcClient jdbc;

    public StoredFacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A version of a Consent.
     *
     * @param id the logical id
     * @param version its number
     * @param isDeleted whether it says that the Consent is deleted; the version before says what it was
     * @param written when this version was stored
     * @param recorded when the first one was
     */
    public record ConsentVersion(String id, long version, boolean isDeleted, Instant written, Instant recorded) {}

    /** The current version's; empty where there is no such resource. */
    public Optional<ResourceFacts> current(String type, String id) {
        return jdbc.sql(CURRENT).params(type, id).query(String.class).optional().map(StoredFacts::of);
    }

    /** Those of the version that was current at an instant; empty where there was no such resource then. */
    public Optional<ResourceFacts> at(String type, String id, Instant instant) {
        return jdbc.sql(AT)
                .params(type, id, Timestamp.from(instant))
                .query(String.class)
                .optional()
                .filter(facts -> !facts.isEmpty())
                .map(StoredFacts::of);
    }

    /**
     * Those of a version; empty where there is none.
     *
     * @param address as {@code [type]/[id]/_history/[version]}
     */
    public Optional<ResourceFacts> version(String address) {
        var parts = address.split("/", -1);
        return parts.length != 4
                ? Optional.empty()
                : jdbc.sql(VERSION)
                        .params(parts[0], parts[1], Long.parseLong(parts[3]))
                        .query(String.class)
                        .optional()
                        .map(StoredFacts::of);
    }

    /**
     * A version by its names.
     *
     * @param type the resource type
     * @param id the logical id
     * @param version storage's number
     */
    public record Address(String type, String id, long version) {}

    /**
     * Those of versions, in their order.
     *
     * @throws IllegalStateException if one of them is not there
     */
    public List<ResourceFacts> versions(List<Address> addresses) {
        var found = jdbc.sql(VERSIONS)
                .params(
                        addresses.stream().map(Address::type).toArray(String[]::new),
                        addresses.stream().map(Address::id).toArray(String[]::new),
                        addresses.stream().map(Address::version).toArray(Long[]::new))
                .query(String.class)
                .list();
        if (found.size() != addresses.size()) {
            throw new IllegalStateException("a version has no facts");
        }
        return found.stream().map(StoredFacts::of).toList();
    }

    /** Those of the current versions of all that names a patient, at most so many. */
    public List<ResourceFacts> naming(String patient, int limit) {
        return jdbc.sql(RECORD).params(patient, limit).query(String.class).list().stream()
                .map(StoredFacts::of)
                .toList();
    }

    /** Some patients, always the same of one seed while the patients are the same. */
    public List<String> somePatients(int count, int seed) {
        return jdbc.sql(SAMPLE)
                .params(String.valueOf(seed), count)
                .query(String.class)
                .list();
    }

    /**
     * The versions of Consents that were current at an instant.
     *
     * @param patient whose; null for those of nobody, which may be policies
     */
    public List<ConsentVersion> consentsAt(@Nullable String patient, Instant instant) {
        return jdbc.sql(CONSENTS)
                .params(Timestamp.from(instant), patient, patient)
                .query((row, number) -> new ConsentVersion(
                        row.getString("fhir_id"),
                        row.getLong("res_ver"),
                        row.getBoolean("is_deleted"),
                        row.getTimestamp("written").toInstant(),
                        row.getTimestamp("recorded").toInstant()))
                .list();
    }

    /** Whether a Consent of this id was ever stored. */
    public boolean isStoredConsent(String id) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM accord.release WHERE res_type = 'Consent' AND fhir_id = ?)")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    /** Facts as they are stored. */
    public static ResourceFacts of(String json) {
        return FactsJson.read(json);
    }
}
