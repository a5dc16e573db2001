package org.accordhie.intake.fhir;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds what refers to resources, in the view of the running transaction. */
public final class Referrers {

    private final JdbcClient jdbc;

    public Referrers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The addresses, as {@code [type]/[id]}, of what refers to one of these, but to itself alone. */
    Set<String> of(Collection<String> addresses) {
        List<String[]> parts =
                addresses.stream().map(address -> address.split("/", 2)).toList();
        return new HashSet<>(jdbc.sql("SELECT DISTINCT s.res_type || '/' || s.fhir_id"
                        + " FROM unnest(?::text[], ?::text[]) AS asked (res_type, fhir_id)"
                        + " JOIN hfj_resource t ON t.res_type = asked.res_type AND t.fhir_id = asked.fhir_id"
                        + " JOIN hfj_res_link l ON l.target_resource_id = t.res_id"
                        + " JOIN hfj_resource s ON s.res_id = l.src_resource_id AND s.res_id <> t.res_id"
                        + " AND s.res_deleted_at IS NULL")
                .params(
                        parts.stream().map(part -> part[0]).toArray(String[]::new),
                        parts.stream().map(part -> part[1]).toArray(String[]::new))
                .query((row, number) -> row.getString(1))
                .list());
    }
}
