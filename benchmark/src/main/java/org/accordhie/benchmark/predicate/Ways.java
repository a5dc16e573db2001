package org.accordhie.benchmark.predicate;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Makes the other ways in a transaction that is never committed. */
final class Ways {

    /** The tables that HAPI's searches name. */
    private static final List<String> INDEXES = List.of(
            "hfj_spidx_coords",
            "hfj_spidx_date",
            "hfj_spidx_number",
            "hfj_spidx_quantity",
            "hfj_spidx_quantity_nrml",
            "hfj_spidx_string",
            "hfj_spidx_token",
            "hfj_spidx_uri",
            "hfj_res_tag");

    private static final String RESOURCE = "hfj_resource";
    private static final String LINK = "hfj_res_link";

    private Ways() {}

    /** @param settings the statement by which the exchange opens the view, which names the permitted classes first */
    static void make(Statement sql, String settings) throws SQLException {
        sql.execute(settings);
        rowSecurity(sql);
        partitions(sql);
    }

    private static void rowSecurity(Statement sql) throws SQLException {
        sql.execute("CREATE ROLE accord_measured");
        sql.execute("GRANT USAGE ON SCHEMA public, accord_released TO accord_measured");
        sql.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public, accord_released TO accord_measured");
        for (var table : INDEXES) {
            secure(sql, table, current(table, "res_id"));
        }
        secure(sql, RESOURCE, addressed(RESOURCE, "res_id"));
        secure(
                sql,
                LINK,
                current(LINK, "src_resource_id") + " AND (" + LINK + ".target_resource_id IS NULL OR "
                        + addressed(LINK, "target_resource_id") + ")");
    }

    private static void secure(Statement sql, String table, String predicate) throws SQLException {
        sql.execute("ALTER TABLE public." + table + " ENABLE ROW LEVEL SECURITY");
        sql.execute("CREATE POLICY measured ON public." + table + " FOR SELECT TO accord_measured USING (" + predicate
                + ")");
    }

    private static String current(String table, String column) {
        return "EXISTS (SELECT 1 FROM accord_released.released r WHERE r.res_id = " + table + "." + column
                + " AND r.is_current)";
    }

    private static String addressed(String table, String column) {
        return "EXISTS (SELECT 1 FROM accord_released.addressed a WHERE a.res_id = " + table + "." + column + ")";
    }

    private static void partitions(Statement sql) throws SQLException {
        sql.execute("CREATE SCHEMA accord_classed");
        sql.execute("CREATE SCHEMA accord_by_class");
        for (var table : INDEXES) {
            classed(sql, table, "res_id");
        }
        classed(sql, RESOURCE, "res_id");
        classed(sql, LINK, "src_resource_id");
    }

    /** A copy, since every row is written anew; HAPI would have filled the column as it stored them. */
    private static void classed(Statement sql, String table, String column) throws SQLException {
        var copy = "accord_classed." + table;
        sql.execute("CREATE TABLE " + copy + " (LIKE public." + table + " INCLUDING ALL)");
        sql.execute("INSERT INTO " + copy + " SELECT * FROM public." + table);
        sql.execute("UPDATE " + copy + " t SET partition_id = r.class_id FROM accord.release r WHERE r.res_id = t."
                + column + " AND r.is_current");
        sql.execute("ANALYZE " + copy);
        // The numbers stand in the statement, as HAPI writes them.
        sql.execute("DO $do$ BEGIN EXECUTE format('CREATE VIEW accord_by_class." + table + " AS SELECT * FROM " + copy
                + " WHERE partition_id = ANY (%L::int[])', (SELECT array_agg(c.class_id) FROM"
                + " accord.release_class c WHERE CASE WHEN c.class_id < 8 * octet_length(accord_released.classes('classes'))"
                + " THEN get_bit(accord_released.classes('classes'), c.class_id) = 1 ELSE false END)); END $do$");
    }
}
