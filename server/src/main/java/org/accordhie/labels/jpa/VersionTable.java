package org.accordhie.labels.jpa;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.accordhie.labels.LabelBasis;
import org.accordhie.labels.Labels;
import org.accordhie.labels.StoredLabels.Version;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every stored version with its text and its labels, a unit at a time. Thread-safe; works in the running transaction. */
public final class VersionTable {

    /** The unit of what names no patient begins so; patients come after, since their records refer to it. */
    private static final String SHARED = "0 ";

    private static final String PATIENT = "1 ";
    private static final int SHARED_RESOURCES = 1000;
    private static final int FETCHED = 200;

    private static final String READ = """
            SELECT r.res_id, r.res_ver, r.res_type, r.fhir_id, r.is_current, v.pid, v.res_text_vc,
              v.res_encoding = 'DEL' AS deleted,
              ARRAY(SELECT jsonb_array_elements_text(r.facts -> 'labels' -> 'sensitivities')) AS sensitivities,
              r.facts -> 'labels' ->> 'confidentiality' AS confidentiality,
              ARRAY(SELECT concat_ws(chr(31), b.label_code, b.basis_system, b.basis_version, b.basis_code)
                    FROM accord.label_basis b
                    WHERE b.res_type = r.res_type AND b.fhir_id = r.fhir_id AND b.res_ver = r.res_ver) AS bases
            FROM accord.release r JOIN hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver
            WHERE %s
            ORDER BY array_position(?::text[], r.res_type) NULLS LAST, r.res_id, r.res_ver
            """;

    private static final String UNITS = """
            SELECT unit FROM (
              SELECT DISTINCT '0 ' || lpad((res_id / ?)::text, 20, '0') AS unit
              FROM accord.release WHERE cardinality(patients) = 0
              UNION
              SELECT DISTINCT '1 ' || patients[1] FROM accord.release WHERE cardinality(patients) > 0) AS units
            WHERE unit > ? COLLATE "C" ORDER BY unit COLLATE "C"
            """;

    private final JdbcTemplate streaming;
    private final JdbcClient jdbc;

    public VersionTable(JdbcTemplate template) {
        this.jdbc = JdbcClient.create(template);
        this.streaming = new JdbcTemplate(Objects.requireNonNull(template.getDataSource()));
        this.streaming.setFetchSize(FETCHED);
    }

    /**
     * A stored version.
     *
     * @param resource the storage's own number of the resource
     * @param pid the storage's own number of the version
     * @param version its address
     * @param isCurrent whether it is the newest
     * @param text the resource in JSON, without labels; null where it says that the resource was deleted
     * @param labels its labels
     */
    public record Stored(
            long resource,
            long pid,
            Version version,
            boolean isCurrent,
            @Nullable String text,
            Labels labels) {

        /** As {@code [type]/[id]}. */
        public String address() {
            return version.type() + "/" + version.id();
        }
    }

    /** The units after the given one, in order: some resources that name no patient, or a patient with all that is theirs. */
    public List<String> units(String after) {
        return jdbc.sql(UNITS)
                .params(SHARED_RESOURCES, after)
                .query(String.class)
                .list();
    }

    /** The patient of a unit, as {@code Patient/[id]}; null for one without. */
    public static @Nullable String patientOf(String unit) {
        return unit.startsWith(PATIENT) ? unit.substring(PATIENT.length()) : null;
    }

    /**
     * Reads the versions of a unit, those of the first types first, and each resource's from the oldest on.
     *
     * @throws IllegalStateException naming a version whose text is not where this reads it
     */
    public void read(String unit, List<String> typesFirst, Consumer<Stored> each) {
        RowCallbackHandler handler = row -> each.accept(stored(row));
        Object types = typesFirst.toArray(String[]::new);
        var patient = patientOf(unit);
        if (patient != null) {
            streaming.query(
                    READ.formatted("r.patients @> ARRAY[?::text] AND r.patients[1] = ?"),
                    handler,
                    patient,
                    patient,
                    types);
        } else {
            var first = Long.parseLong(unit.substring(SHARED.length())) * SHARED_RESOURCES;
            streaming.query(
                    READ.formatted("cardinality(r.patients) = 0 AND r.res_id >= ? AND r.res_id < ?"),
                    handler,
                    first,
                    first + SHARED_RESOURCES,
                    types);
        }
    }

    private static Stored stored(ResultSet row) throws SQLException {
        var version = new Version(row.getString("res_type"), row.getString("fhir_id"), row.getLong("res_ver"));
        var text = row.getString("res_text_vc");
        if (text == null && !row.getBoolean("deleted")) {
            throw new IllegalStateException("the text of %s/%s version %d is not stored as text"
                    .formatted(version.type(), version.id(), version.version()));
        }
        return new Stored(
                row.getLong("res_id"),
                row.getLong("pid"),
                version,
                row.getBoolean("is_current"),
                row.getBoolean("deleted") ? null : text,
                LabelTable.labels(
                        (String[]) row.getArray("sensitivities").getArray(),
                        row.getString("confidentiality"),
                        bases((String[]) row.getArray("bases").getArray())));
    }

    private static Map<String, LabelBasis> bases(String[] written) {
        var bases = new HashMap<String, LabelBasis>();
        for (var each : written) {
            var parts = each.split("\u001f", -1);
            bases.put(parts[0], new LabelBasis(parts[1], parts[2], parts[3]));
        }
        return bases;
    }
}
