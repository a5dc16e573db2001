package org.accordhie.fhirserver;

import ca.uhn.fhir.jpa.dao.SearchBuilderFactory;
import ca.uhn.fhir.jpa.model.dao.JpaPid;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.SimpleBundleProvider;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What {@code Patient/$everything} returns: the released part of the patient's compartment, and the practitioners,
 * organisations, places and products it refers to.
 *
 * <p>Asked of the released views directly: HAPI's own answer counts resources once for each way to reach them, so its total
 * and its pages are not exact. Thread-safe.
 */
@Component
final class PatientRecord {

    private static final String RECORD = """
            WITH record AS MATERIALIZED (
              SELECT r.res_id, r.res_type FROM released r WHERE r.is_current AND r.compartments @> ARRAY[?::text]),
            everything AS (
              SELECT res_id, res_type, CASE res_type WHEN 'Patient' THEN 0 ELSE 1 END AS part FROM record
              UNION ALL
              SELECT DISTINCT t.res_id, t.res_type, 2
              FROM record JOIN hfj_res_link l ON l.src_resource_id = record.res_id
              JOIN released t ON t.res_id = l.target_resource_id AND t.is_current
              WHERE t.res_type IN ('Device', 'Location', 'Medication', 'Organization', 'Practitioner', 'PractitionerRole')
                AND t.res_id NOT IN (SELECT res_id FROM record))
            SELECT e.res_id, count(*) OVER () AS total
            FROM everything e JOIN hfj_resource h ON h.res_id = e.res_id AND h.res_deleted_at IS NULL
            WHERE (?::text[] IS NULL OR e.res_type = ANY (?::text[])) AND (?::timestamp IS NULL OR h.res_updated >= ?::timestamp)
            ORDER BY e.part, e.res_id LIMIT ? OFFSET ?
            """;

    private final JdbcClient jdbc;
    private final SearchBuilderFactory<JpaPid> loaders;

    PatientRecord(JdbcClient jdbc, SearchBuilderFactory<JpaPid> loaders) {
        this.jdbc = jdbc;
        this.loaders = loaders;
    }

    /**
     * Which part of the record.
     *
     * @param since only what was stored at this instant or later; null for all
     * @param types only these types; null for all
     */
    record Criteria(@Nullable Timestamp since, @Nullable List<String> types) {

        static Criteria of(@Nullable InstantType since, @Nullable List<CodeType> types) {
            return new Criteria(
                    since == null ? null : Timestamp.from(since.getValue().toInstant()),
                    types == null
                            ? null
                            : types.stream()
                                    .flatMap(each ->
                                            Arrays.stream(each.getValue().split(",", -1)))
                                    .toList());
        }
    }

    /**
     * Which page.
     *
     * @param count its most entries
     * @param offset how many entries come before it
     */
    record Page(int count, int offset) {

        static Page of(AccordProperties.Limits limits, @Nullable Integer count, @Nullable Integer offset) {
            refuseNegative("_count", count);
            refuseNegative("_offset", offset);
            return new Page(
                    count == null ? limits.pageSize() : Math.min(count, limits.maxPageSize()),
                    offset == null ? 0 : offset);
        }

        private static void refuseNegative(String name, @Nullable Integer number) {
            if (number != null && number < 0) {
                throw new InvalidRequestException("`" + name + "` is negative");
            }
        }
    }

    /** Reads one page, with the total of all pages, in the view of the running transaction. */
    IBundleProvider read(String patient, Criteria criteria, Page page, RequestDetails request) {
        var types = criteria.types() == null ? null : criteria.types().toArray(String[]::new);
        var rows = rows(patient, criteria, types, page.count(), page.offset());
        var total = rows.isEmpty() ? total(patient, criteria, types) : rows.size();
        var resources = new ArrayList<IBaseResource>();
        var ids = rows.stream().map(row -> JpaPid.fromId(row.id())).toList();
        loaders.newSearchBuilder("Patient", Patient.class)
                .loadResourcesByPid(new ArrayList<>(ids), List.of(), resources, false, request);
        var answer = new SimpleBundleProvider(resources);
        answer.setSize(rows.isEmpty() ? total : rows.get(0).total());
        answer.setCurrentPageOffset(page.offset());
        answer.setCurrentPageSize(page.count());
        answer.setPreferredPageSize(page.count());
        return answer;
    }

    private int total(String patient, Criteria criteria, String @Nullable [] types) {
        return rows(patient, criteria, types, 1, 0).stream()
                .map(Row::total)
                .findFirst()
                .orElse(0);
    }

    private List<Row> rows(String patient, Criteria criteria, String @Nullable [] types, int count, int offset) {
        return jdbc.sql(RECORD)
                .params("Patient/" + patient, types, types, criteria.since(), criteria.since(), count, offset)
                .query((row, number) -> new Row(row.getLong(1), row.getInt(2)))
                .list();
    }

    private record Row(long id, int total) {}
}
