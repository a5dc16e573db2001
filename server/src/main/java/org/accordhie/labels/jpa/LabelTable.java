package org.accordhie.labels.jpa;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.accordhie.labels.LabelBasis;
import org.accordhie.labels.Labels;
import org.accordhie.labels.StoredLabels;
import org.accordhie.vocabulary.Confidentiality;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code accord.label_basis}: a row for each label that the rules put on a version. The labels themselves are in
 * the facts, from where the decision takes them. Thread-safe.
 */
public final class LabelTable implements StoredLabels {

    private static final String OF = """
            SELECT r.res_type || '/' || r.fhir_id AS address,
              ARRAY(SELECT jsonb_array_elements_text(r.facts -> 'labels' -> 'sensitivities')) AS sensitivities,
              r.facts -> 'labels' ->> 'confidentiality' AS confidentiality,
              b.label_code, b.basis_system, b.basis_version, b.basis_code
            FROM unnest(?::text[], ?::text[]) AS asked (res_type, fhir_id)
            JOIN accord.release r ON r.res_type = asked.res_type AND r.fhir_id = asked.fhir_id AND r.is_current
            LEFT JOIN accord.label_basis b
              ON b.res_type = r.res_type AND b.fhir_id = r.fhir_id AND b.res_ver = r.res_ver
            """;

    private static final String BASES = """
            SELECT b.res_type, b.fhir_id, b.res_ver, b.label_code, b.basis_system, b.basis_version, b.basis_code
            FROM unnest(?::text[], ?::text[], ?::bigint[]) AS asked (res_type, fhir_id, res_ver)
            JOIN accord.label_basis b USING (res_type, fhir_id, res_ver)
            """;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;

    public LabelTable(JdbcTemplate template) {
        this.template = template;
        this.jdbc = JdbcClient.create(template);
    }

    @Override
    public Map<String, Labels> of(Collection<String> addresses) {
        var labels = new HashMap<String, Labels>();
        if (addresses.isEmpty()) {
            return labels;
        }
        var parts = addresses.stream().map(address -> address.split("/", 2)).toList();
        jdbc.sql(OF)
                .params(column(parts, part -> part[0]), column(parts, part -> part[1]))
                .query(row -> {
                    var bases = new HashMap<String, LabelBasis>();
                    if (row.getString("label_code") != null) {
                        bases.put(row.getString("label_code"), basis(row));
                    }
                    var of = labels(
                            (String[]) row.getArray("sensitivities").getArray(),
                            row.getString("confidentiality"),
                            bases);
                    labels.merge(row.getString("address"), of, LabelTable::basedOnBoth);
                });
        return labels;
    }

    /** A version comes in one row for each basis: a label is its source's only if no row says otherwise. */
    private static Labels basedOnBoth(Labels one, Labels other) {
        var sensitivities = new TreeMap<>(one.sensitivities());
        other.sensitivities()
                .forEach((code, basis) ->
                        sensitivities.merge(code, basis, (first, second) -> first.isRule() ? first : second));
        return new Labels(
                sensitivities,
                one.confidentiality(),
                one.confidentialityBasis().isRule() ? one.confidentialityBasis() : other.confidentialityBasis());
    }

    /** Labels from their parts: what has no basis is the source's. */
    static Labels labels(String[] sensitivities, String confidentiality, Map<String, LabelBasis> bases) {
        var based = new TreeMap<String, LabelBasis>();
        for (var code : sensitivities) {
            based.put(code, bases.getOrDefault(code, LabelBasis.SOURCE));
        }
        return new Labels(
                based,
                Confidentiality.valueOf(confidentiality),
                bases.getOrDefault(confidentiality, LabelBasis.SOURCE));
    }

    @Override
    public Map<Version, Map<String, LabelBasis>> basesOf(Collection<Version> versions) {
        var bases = new HashMap<Version, Map<String, LabelBasis>>();
        if (versions.isEmpty()) {
            return bases;
        }
        jdbc.sql(BASES)
                .params(
                        column(versions, Version::type),
                        column(versions, Version::id),
                        versions.stream().map(Version::version).toArray(Long[]::new))
                .query(row -> {
                    bases.computeIfAbsent(
                                    new Version(
                                            row.getString("res_type"),
                                            row.getString("fhir_id"),
                                            row.getLong("res_ver")),
                                    version -> new HashMap<>())
                            .put(row.getString("label_code"), basis(row));
                });
        return bases;
    }

    @Override
    public void put(Map<Version, Labels> labels) {
        template.batchUpdate(
                "INSERT INTO accord.label_basis (res_type, fhir_id, res_ver, label_code, basis_system, basis_version,"
                        + " basis_code) VALUES (?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (res_type, fhir_id, res_ver, label_code) DO UPDATE SET"
                        + " basis_system = EXCLUDED.basis_system, basis_version = EXCLUDED.basis_version,"
                        + " basis_code = EXCLUDED.basis_code",
                labels.entrySet().stream()
                        .flatMap(each -> rows(each.getKey(), each.getValue()))
                        .toList());
    }

    /** The same for versions that had other bases before. */
    public void replace(Map<Version, Labels> labels) {
        template.batchUpdate(
                "DELETE FROM accord.label_basis WHERE res_type = ? AND fhir_id = ? AND res_ver = ?",
                labels.keySet().stream()
                        .map(version -> new Object[] {version.type(), version.id(), version.version()})
                        .toList());
        put(labels);
    }

    private static Stream<Object[]> rows(Version version, Labels labels) {
        var byRules = labels.byRules();
        var bases = new TreeMap<>(byRules.sensitivities());
        if (byRules.confidentialityBasis().isRule()) {
            bases.put(byRules.confidentiality().name(), byRules.confidentialityBasis());
        }
        return bases.entrySet().stream().map(each -> new Object[] {
            version.type(),
            version.id(),
            version.version(),
            each.getKey(),
            each.getValue().system(),
            each.getValue().version(),
            each.getValue().code()
        });
    }

    private static LabelBasis basis(ResultSet row) throws SQLException {
        return new LabelBasis(
                row.getString("basis_system"), row.getString("basis_version"), row.getString("basis_code"));
    }

    private static <T> String[] column(Collection<T> rows, Function<T, String> part) {
        return rows.stream().map(part).toArray(String[]::new);
    }
}
