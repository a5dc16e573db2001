package org.accordhie.fhirserver;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the server's database role may do: work with everything, and with the audit trail only add and read. */
final class ServerRole {

    private static final List<String> SCHEMAS = List.of("public", "accord", "accord_released");

    private static final List<String> ONLY_ADDED =
            List.of("audit_event", "audit_anchor", "audit_sealed", "audit_pruned");

    /** Beside the trail: what others report to it, and what was suspended of it. */
    private static final String ALSO_ONLY_ADDED = "accord.recorded_disclosure, accord.accounting_suspension";

    private static final String MAY_CHANGE = """
            SELECT EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                           WHERE n.nspname = 'accord' AND c.relkind IN ('r', 'p') AND c.relname LIKE 'audit\\_%'
                             AND has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE'))
                OR EXISTS (SELECT 1 FROM pg_roles WHERE rolname = current_user AND rolsuper)
            """;

    private ServerRole() {}

    /** Grants the role what it needs, each start, since a new version may have new tables. */
    static void grant(DataSource owner, String role) {
        var jdbc = JdbcClient.create(owner);
        var quoted = jdbc.sql("SELECT quote_ident(?)")
                .param(role)
                .query(String.class)
                .single();
        for (var schema : SCHEMAS) {
            execute(jdbc, "GRANT USAGE ON SCHEMA %s TO %s".formatted(schema, quoted));
            execute(
                    jdbc,
                    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %s TO %s".formatted(schema, quoted));
            execute(jdbc, "GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA %s TO %s".formatted(schema, quoted));
            execute(jdbc, "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA %s TO %s".formatted(schema, quoted));
        }
        // A partition is reached by its parent alone.
        for (var table : tables(jdbc)) {
            execute(jdbc, "REVOKE ALL ON accord.%s FROM %s".formatted(table, quoted));
        }
        for (var table : ONLY_ADDED) {
            execute(jdbc, "GRANT SELECT, INSERT ON accord.%s TO %s".formatted(table, quoted));
        }
        execute(jdbc, "REVOKE UPDATE, DELETE ON %s FROM %s".formatted(ALSO_ONLY_ADDED, quoted));
    }

    /** Whether the role of these connections could change or remove what the audit trail holds. */
    static boolean mayChangeTheTrail(DataSource server) {
        return JdbcClient.create(server).sql(MAY_CHANGE).query(Boolean.class).single();
    }

    private static List<String> tables(JdbcClient jdbc) {
        return jdbc.sql("SELECT quote_ident(c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE n.nspname = 'accord' AND c.relkind IN ('r', 'p') AND c.relname LIKE 'audit\\_%'")
                .query(String.class)
                .list();
    }

    private static void execute(JdbcClient jdbc, String statement) {
        jdbc.sql(statement).update();
    }
}
