package org.accordhie.benchmark.growth;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.accordhie.benchmark.server.RunningServer;

/**
 * How much room a database takes.
 *
 * @param resources how many resources it holds, the deleted ones too
 * @param bytes of all its tables and indexes
 * @param tables the largest tables with their indexes, in bytes, from the largest
 */
public record Size(long resources, long bytes, Map<String, Long> tables) {

    private static final String LARGEST = """
            SELECT coalesce(p.relname, c.relname) AS name, sum(pg_total_relation_size(c.oid)) AS bytes
              FROM pg_class c
              LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
              LEFT JOIN pg_class p ON p.oid = i.inhparent
             WHERE c.relkind = 'r' AND c.relnamespace NOT IN
                   (SELECT oid FROM pg_namespace WHERE nspname IN ('pg_catalog', 'information_schema'))
             GROUP BY 1 ORDER BY 2 DESC LIMIT 10""";

    public Size {
        tables = Map.copyOf(tables);
    }

    /** Puts a server's database in order as autovacuum does in time, and measures it. */
    public static Size of(RunningServer server) throws IOException, SQLException {
        server.vacuumDatabase();
        try (var connection = server.connectToDatabase();
                var sql = connection.createStatement()) {
            return new Size(
                    number(sql, "SELECT count(*) FROM hfj_resource"),
                    number(sql, "SELECT pg_database_size(current_database())"),
                    largest(sql));
        }
    }

    private static long number(Statement sql, String query) throws SQLException {
        try (var rows = sql.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static Map<String, Long> largest(Statement sql) throws SQLException {
        var tables = new LinkedHashMap<String, Long>();
        try (var rows = sql.executeQuery(LARGEST)) {
            while (rows.next()) {
                tables.put(rows.getString("name"), rows.getLong("bytes"));
            }
        }
        return tables;
    }
}
