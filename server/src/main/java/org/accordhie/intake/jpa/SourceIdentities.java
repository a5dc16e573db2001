package org.accordhie.intake.jpa;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What each source calls things, and which resource that is. Thread-safe; works in the running transaction. */
public final class SourceIdentities {

    private final JdbcClient jdbc;

    public SourceIdentities(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A source's name for a thing.
     *
     * @param type the resource type
     * @param key the name, see {@code EntryKeys}
     */
    public record Name(String type, String key) {}

    /**
     * Has the running transaction's questions planned once for each connection. They are looked up by keys, whatever is asked, and
     * PostgreSQL would plan many of them anew each time, since it takes a list of unknown length for a longer one.
     */
    public void planOnce() {
        jdbc.sql("SET LOCAL plan_cache_mode = force_generic_plan").update();
    }

    /** The resources known under these names, by name. */
    public Map<Name, String> find(String source, Collection<Name> names) {
        var found = new HashMap<Name, String>();
        jdbc.sql("""
                        SELECT i.res_type, i.key, i.fhir_id
                        FROM unnest(?::text[], ?::text[]) AS asked (res_type, key)
                        JOIN accord.source_identity i
                          ON i.source = ? AND i.res_type = asked.res_type AND i.key = asked.key
                        """)
                .params(types(names), keys(names), source)
                .query((row, number) -> found.put(new Name(row.getString(1), row.getString(2)), row.getString(3)))
                .list();
        return found;
    }

    /**
     * Gives names to resources. Another transaction that is giving one of them is waited for.
     *
     * @return false if another transaction has given one of them meanwhile: the running one must be rolled back and tried
     *     again, and will then find it
     */
    public boolean add(String source, Map<Name, String> ids) {
        // Always in the same order, so that two pushes of the same things wait for each other instead of both.
        var sorted = new ArrayList<>(ids.entrySet());
        sorted.sort(Comparator.comparing(
                        (Map.Entry<Name, String> entry) -> entry.getKey().type())
                .thenComparing(entry -> entry.getKey().key()));
        var names = sorted.stream().map(Map.Entry::getKey).toList();
        var added = jdbc.sql("""
                        INSERT INTO accord.source_identity (source, res_type, key, fhir_id)
                        SELECT ?, res_type, key, fhir_id
                        FROM unnest(?::text[], ?::text[], ?::text[]) AS named (res_type, key, fhir_id)
                        ON CONFLICT DO NOTHING
                        """)
                .params(
                        source,
                        types(names),
                        keys(names),
                        sorted.stream().map(Map.Entry::getValue).toArray(String[]::new))
                .update();
        return added == sorted.size();
    }

    /** Forgets all names of a deleted resource, so that it can be pushed anew. */
    public void remove(String type, String id) {
        jdbc.sql("DELETE FROM accord.source_identity WHERE res_type = ? AND fhir_id = ?")
                .params(type, id)
                .update();
    }

    /** The patients in whose compartments stored resources, as {@code [type]/[id]}, lie. */
    public Map<String, Set<String>> compartmentsOf(Collection<String> references) {
        var compartments = new HashMap<String, Set<String>>();
        current(
                references,
                row -> compartments.put(row.getString("address"), Set.of((String[])
                        row.getArray("compartments").getArray())));
        return compartments;
    }

    /** Every patient that stored resources, as {@code [type]/[id]}, name. */
    public Map<String, Set<String>> patientsOf(Collection<String> references) {
        var patients = new HashMap<String, Set<String>>();
        current(
                references,
                row -> patients.put(row.getString("address"), Set.of((String[])
                        row.getArray("patients").getArray())));
        return patients;
    }

    /** Every patient that any version of these resources, as {@code [type]/[id]}, names: of what is deleted, too. */
    public Set<String> patientsEverOf(Collection<String> references) {
        var parts = references.stream().map(each -> each.split("/", 2)).toList();
        return Set.copyOf(jdbc.sql("""
                        SELECT DISTINCT p.patient
                        FROM unnest(?::text[], ?::text[]) AS asked (res_type, fhir_id)
                        JOIN accord.release r ON r.res_type = asked.res_type AND r.fhir_id = asked.fhir_id
                        CROSS JOIN unnest(r.patients) AS p (patient)
                        """)
                .params(
                        parts.stream().map(part -> part[0]).toArray(String[]::new),
                        parts.stream().map(part -> part[1]).toArray(String[]::new))
                .query(String.class)
                .list());
    }

    /** Which of these resources, as {@code [type]/[id]}, the source owns. */
    public Set<String> owned(String source, Collection<String> references) {
        var owned = new HashSet<String>();
        current(references, row -> {
            if (row.getString("source").equals(source)) {
                owned.add(row.getString("address"));
            }
        });
        return owned;
    }

    /** The owners of stored resources, by {@code [type]/[id]}. */
    public Map<String, String> sourcesOf(Collection<String> references) {
        var sources = new HashMap<String, String>();
        current(references, row -> sources.put(row.getString("address"), row.getString("source")));
        return sources;
    }

    private void current(Collection<String> references, RowCallbackHandler each) {
        List<String[]> parts =
                references.stream().map(reference -> reference.split("/", 2)).toList();
        jdbc.sql("""
                        SELECT r.res_type || '/' || r.fhir_id AS address, r.source, r.compartments, r.patients
                        FROM unnest(?::text[], ?::text[]) AS asked (res_type, fhir_id)
                        JOIN accord.release r ON r.res_type = asked.res_type AND r.fhir_id = asked.fhir_id
                         AND r.is_current
                        """)
                .params(
                        parts.stream().map(part -> part[0]).toArray(String[]::new),
                        parts.stream().map(part -> part[1]).toArray(String[]::new))
                .query(each);
    }

    private static String[] types(Collection<Name> names) {
        return names.stream().map(Name::type).toArray(String[]::new);
    }

    private static String[] keys(Collection<Name> names) {
        return names.stream().map(Name::key).toArray(String[]::new);
    }
}
