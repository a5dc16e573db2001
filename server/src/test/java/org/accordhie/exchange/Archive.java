package org.accordhie.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.zaxxer.hikari.HikariDataSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.accordhie.local.EmbeddedDatabase;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All that is stored, read from HAPI's tables: the world as nobody but the database sees it. */
@TestComponent
final class Archive implements DisposableBean {

    private static final String RECORD = """
            SELECT r.res_type, r.fhir_id, p.res_type || '/' || p.fhir_id AS patient,
                   coalesce(string_agg(DISTINCT d.tag_code, ' ') FILTER (WHERE d.tag_type = 2), '') AS labels,
                   coalesce(string_agg(DISTINCT c.sp_value, ' '), '') AS codes
            FROM hfj_spidx_token i
            JOIN hfj_resource p ON p.res_id = i.res_id AND p.res_deleted_at IS NULL
            JOIN hfj_resource r ON r.res_deleted_at IS NULL AND (r.res_id = p.res_id OR EXISTS (
                SELECT 1 FROM hfj_res_link l WHERE l.src_resource_id = r.res_id AND l.target_resource_id = p.res_id))
            LEFT JOIN hfj_res_tag t ON t.res_id = r.res_id
            LEFT JOIN hfj_tag_def d ON d.tag_id = t.tag_id
            LEFT JOIN hfj_spidx_token c ON c.res_id = r.res_id AND c.sp_name = 'code'
            WHERE i.res_type = 'Patient' AND i.sp_name = 'identifier' AND i.sp_value = ?
              AND i.sp_system = 'https://github.com/synthetichealth/synthea'
            GROUP BY r.res_type, r.fhir_id, p.res_type, p.fhir_id
            """;

    private static final String BODIES = """
            SELECT r.res_type || '/' || r.fhir_id, v.res_text_vc FROM hfj_resource r
            JOIN hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver
            WHERE r.res_type = ? AND r.res_deleted_at IS NULL AND v.res_text_vc IS NOT NULL
            """;

    private static final String ROWS = """
            SELECT (SELECT count(*) FROM hfj_resource) + (SELECT count(*) FROM hfj_res_ver)
                 + (SELECT count(*) FROM hfj_res_link) + (SELECT count(*) FROM hfj_spidx_token)
                 + (SELECT count(*) FROM accord.release) + (SELECT count(*) FROM accord.consent_policy)
                 + (SELECT count(*) FROM accord.source_identity)
            """;

    private final HikariDataSource owner = new HikariDataSource();
    private final JdbcClient whole;
    private final Map<Person, List<Stored>> records = new ConcurrentHashMap<>();

    Archive(EmbeddedDatabase database) {
        // As the owner of the tables: what the server's own role may not do is done by nobody else.
        this.owner.setJdbcUrl(database.url());
        this.owner.setUsername(database.user());
        this.owner.setPassword(database.password());
        this.owner.setMaximumPoolSize(2);
        this.whole = JdbcClient.create(owner);
    }

    @Override
    public void destroy() {
        owner.close();
    }

    /**
     * One stored resource about one patient.
     *
     * @param type its type
     * @param id its id
     * @param patient whom it is about, as {@code Patient/[id]}
     * @param labels the codes of its security labels
     * @param codes what it is coded with, as indexed
     */
    record Stored(String type, String id, String patient, Set<String> labels, Set<String> codes) {

        String address() {
            return type + "/" + id;
        }

        boolean isCondition() {
            return type.equals("Condition");
        }

        boolean isPatient() {
            return type.equals("Patient");
        }
    }

    /** Everything about a person. Read once, since no test writes about them. */
    List<Stored> recordOf(Person person) {
        return records.computeIfAbsent(person, this::readRecordOf);
    }

    private List<Stored> readRecordOf(Person person) {
        return whole.sql(RECORD)
                .param(person.identifier())
                .query((row, number) -> new Stored(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        Set.of(row.getString(4).split(" ")),
                        Set.of(row.getString(5).split(" "))))
                .list();
    }

    /** The addresses of what of a person's record a partner may have. */
    Set<String> released(Person person, Partner partner, Predicate<Stored> which) {
        return recordOf(person).stream()
                .filter(which)
                .filter(stored -> person.isReleased(partner, stored.type(), stored.labels()))
                .map(Stored::address)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What {@link #released} leaves out. */
    List<Stored> hidden(Person person, Partner partner) {
        return recordOf(person).stream()
                .filter(stored -> !person.isReleased(partner, stored.type(), stored.labels()))
                .toList();
    }

    /** The stored JSON of all resources of a type, by their addresses. */
    Map<String, JsonNode> bodies(String type) {
        var bodies = new HashMap<String, JsonNode>();
        whole.sql(BODIES)
                .param(type)
                .query((row, number) -> Map.entry(row.getString(1), row.getString(2)))
                .list()
                .forEach(row -> bodies.put(row.getKey(), Caller.tree(row.getValue())));
        return bodies;
    }

    /** How many rows the tables have that a push would add to. */
    long rows() {
        return whole.sql(ROWS).query(Long.class).single();
    }

    /** For what the methods above do not ask. */
    JdbcClient sql() {
        return whole;
    }
}
