package org.accordhie.intake.jpa;

import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What scopes look at in the version before one that is being written. Thread-safe; works in the running transaction. */
public final class FormerVersions {

    private final JdbcClient jdbc;

    public FormerVersions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A version as scopes see it.
     *
     * @param compartments the patients in whose compartment it lies, as {@code Patient/[id]}
     * @param tokens the numbers of the codes by which granular scopes choose
     */
    public record FormerVersion(Set<String> compartments, Set<Long> tokens) {}

    /** The version before; empty if there is none. */
    public Optional<FormerVersion> before(String type, String id, long version) {
        return jdbc.sql("""
                        SELECT compartments, coalesce(search_tokens, '{}') AS search_tokens FROM accord.release
                        WHERE res_type = ? AND fhir_id = ? AND res_ver = ?
                        """)
                .params(type, id, version - 1)
                .query((row, number) -> new FormerVersion(
                        Set.of((String[]) row.getArray("compartments").getArray()),
                        Set.of((Long[]) row.getArray("search_tokens").getArray())))
                .optional();
    }
}
