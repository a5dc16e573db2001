package org.accordhie.export.jpa;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.dao.SearchBuilderFactory;
import ca.uhn.fhir.jpa.model.dao.JpaPid;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.accordhie.export.jpa.ExportWork.Order;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the released view of the running transaction shows. Thread-safe. */
public final class ReleasedRows {

    private static final String RELEASED = """
            SELECT r.res_id FROM released r JOIN hfj_resource h ON h.res_id = r.res_id AND h.res_deleted_at IS NULL
            WHERE r.is_current AND r.res_type = ?""";

    private static final String PAGE = RELEASED + """
             AND h.fhir_id > COALESCE((SELECT p.fhir_id FROM place p WHERE p.res_id = ?), '')
             AND (?::timestamp IS NULL OR h.res_updated >= ?::timestamp) AND %s
            ORDER BY h.fhir_id LIMIT ?
            """;

    private static final String MEMBERS = """
            SELECT 'Patient/' || h.fhir_id FROM hfj_resource h
            WHERE h.res_type = 'Patient' AND h.res_deleted_at IS NULL AND h.fhir_id = ANY (?::text[])
            """;

    private final JdbcClient jdbc;
    private final SearchBuilderFactory<JpaPid> loaders;
    private final FhirContext context;

    public ReleasedRows(JdbcClient jdbc, SearchBuilderFactory<JpaPid> loaders, FhirContext context) {
        this.jdbc = jdbc;
        this.loaders = loaders;
        this.context = context;
    }

    /**
     * The next resources of a type, at most so many, in the order of their ids, which tells nothing of when they came.
     *
     * @param after the number of the last one before; 0 for none
     */
    public List<Long> page(Order order, String type, long after, int limit) {
        var since = order.since() == null ? null : Timestamp.from(order.since());
        var members = order.members().toArray(String[]::new);
        return switch (order.level()) {
            case SYSTEM -> numbers(PAGE.formatted("true"), type, after, since, since, limit);
            case PATIENT ->
                numbers(PAGE.formatted("cardinality(r.compartments) > 0"), type, after, since, since, limit);
            case GROUP ->
                numbers(PAGE.formatted("r.compartments && ?::text[]"), type, after, since, since, members, limit);
        };
    }

    /**
     * Those of the patients of whom a search of the requester's can be, as {@code Patient/[id]}.
     *
     * @param patients in the same form
     */
    public List<String> visible(List<String> patients) {
        var ids = patients.stream()
                .map(patient -> patient.substring("Patient/".length()))
                .toArray(String[]::new);
        return jdbc.sql(MEMBERS).param(ids).query(String.class).list();
    }

    /** Those of the resources that are still there and released, as they are now. */
    public List<IBaseResource> load(String type, List<Long> listed, RequestDetails request) {
        var found = numbers(RELEASED + " AND r.res_id = ANY (?) ORDER BY h.fhir_id", type, listed.toArray(Long[]::new));
        var resources = new ArrayList<IBaseResource>();
        loaders.newSearchBuilder(type, context.getResourceDefinition(type).getImplementingClass())
                .loadResourcesByPid(
                        found.stream().map(JpaPid::fromId).collect(Collectors.toCollection(ArrayList::new)),
                        List.of(),
                        resources,
                        false,
                        request);
        return resources;
    }

    private List<Long> numbers(String sql, @Nullable Object... parameters) {
        return jdbc.sql(sql).params(parameters).query(Long.class).list();
    }
}
