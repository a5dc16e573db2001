package org.accordhie.fhirserver;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the server's database role may do: work with everything, and with the audit trail only add and read. */
final class ServerRole {

    private static final List<String> SCHEMAS = List.of("public", "accord", "accord_released");

    /** Tables that refuse to be changed, whoever asks; and whether each is a part of another, by which it is reached. */
    private static final String ONLY_ADDED = """
            SELECT DISTINCT quote_ident(c.relname) AS name, c.relispartition
            FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_proc p ON p.oid = t.tgfoid
            WHERE n.nspname = 'accord' AND p.proname IN ('refuse_change', 'refuse_review_change')
            """;

    private static final String MAY_CHANGE = """
            SELECT EXISTS (SELECT 1 FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
                           JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_proc p ON p.oid = t.tgfoid
                           WHERE n.nspname = 'accord' AND p.proname IN ('refuse_change', 'refuse_review_change')
                             AND has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE'))
                OR EXISTS (SELECT 1 FROM pg_roles WHERE rolname = current_user AND rolsuper)
            """;

    private ServerRole() {}

    /**
     * Grants the role what it needs, each start, since a new version may have new tables. In one transaction, since other servers
     * work under the role meanwhile.
     */
    static void grant(DataSource owner, String role) {
        var jdbc = JdbcClient.create(owner);
        new TransactionTemplate(new JdbcTransactionManager(owner)).executeWithoutResult(status -> {
            // Two servers that start at once must not grant at once.
            jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('accord.server_role'))")
                    .query((row, number) -> true)
                    .list();
            grant(jdbc, role);
        });
    }

    private static void grant(JdbcClient jdbc, String role) {
        var quoted = jdbc.sql("SELECT pg_catalog.quote_ident(?::text)")
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
        for (var table : onlyAdded(jdbc)) {
            execute(jdbc, "REVOKE ALL ON accord.%s FROM %s".formatted(table.name(), quoted));
            if (!table.isPart()) {
                execute(jdbc, "GRANT SELECT, INSERT ON accord.%s TO %s".formatted(table.name(), quoted));
            }
        }
    }

    /** Whether the role of these connections could change or remove what the audit trail holds. */
    static boolean mayChangeTheTrail(DataSource server) {
        return JdbcClient.create(server).sql(MAY_CHANGE).query(Boolean.class).single();
    }

    private static List<Table> onlyAdded(JdbcClient jdbc) {
        return jdbc.sql(ONLY_ADDED)
                .query((row, number) -> new Table(row.getString("name"), row.getBoolean("relispartition")))
                .list();
    }

    /** A table that rows are only added to. */
    private record Table(String name, boolean isPart) {}

    private static void execute(JdbcClient jdbc, String statement) {
        jdbc.sql(statement).update();
    }
}
