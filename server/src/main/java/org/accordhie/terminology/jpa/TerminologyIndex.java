package org.accordhie.terminology.jpa;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.accordhie.terminology.Closure;
import org.accordhie.terminology.CodeHierarchy;
import org.accordhie.terminology.UnusableDefinition;
import org.accordhie.terminology.ValueSetDefinition;
import org.accordhie.vocabulary.Coding;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes what codes and value sets stand for, in the running transaction. Thread-safe. */
public final class TerminologyIndex {

    private static final int ROWS = 10_000;

    private final JdbcClient jdbc;
    private final TerminologyTables tables;

    public TerminologyIndex(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.tables = new TerminologyTables(jdbc);
    }

    /**
     * Begins a change: counts it, and makes another one wait until the running transaction has ended, so that each is told from
     * what the one before it has left.
     */
    public void begin() {
        jdbc.sql("UPDATE accord.epoch SET number = number + 1 WHERE name = 'terminology'")
                .update();
    }

    /** Takes a code system out of force; returns its address, or empty where it was not in force. */
    public Optional<String> removeSystem(String id) {
        return jdbc.sql("DELETE FROM accord.code_system WHERE fhir_id = ? RETURNING url")
                .param(id)
                .query(String.class)
                .optional();
    }

    /**
     * Puts a code system in force that is not.
     *
     * @throws UnusableDefinition if its address is taken, or a code is below itself
     */
    public void putSystem(String id, CodeHierarchy hierarchy) throws UnusableDefinition {
        var closure = hierarchy.closure();
        var added = jdbc.sql("INSERT INTO accord.code_system (url, fhir_id, version, complete) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (url) DO NOTHING")
                .params(hierarchy.url(), id, hierarchy.version(), hierarchy.complete())
                .update();
        if (added == 0) {
            throw taken(hierarchy.url(), "CodeSystem");
        }
        putClosure(hierarchy.url(), closure);
    }

    private void putClosure(String system, Closure closure) {
        var ancestors = new ArrayList<String>();
        var descendants = new ArrayList<String>();
        for (var code : closure.above().entrySet()) {
            for (var ancestor : code.getValue()) {
                ancestors.add(ancestor);
                descendants.add(code.getKey());
            }
        }
        insert(
                "INSERT INTO accord.code_closure (system, ancestor, descendant)"
                        + " SELECT ?, ancestor, descendant FROM unnest(?::text[], ?::text[]) AS pair (ancestor, descendant)",
                system,
                ancestors,
                descendants);
    }

    /** Takes a value set out of force; returns its address, or empty where it was not in force. */
    public Optional<String> removeValueSet(String id) {
        return jdbc.sql("DELETE FROM accord.value_set WHERE fhir_id = ? RETURNING url")
                .param(id)
                .query(String.class)
                .optional();
    }

    /**
     * Puts a value set in force that is not; its members are told by {@link #tellMembers}.
     *
     * @throws UnusableDefinition if its address is taken
     */
    public void putValueSet(String id, ValueSetDefinition definition) throws UnusableDefinition {
        var added = jdbc.sql("INSERT INTO accord.value_set (url, fhir_id, version, definition, systems, imports)"
                        + " VALUES (?, ?, ?, ?::jsonb, ?, ?) ON CONFLICT (url) DO NOTHING")
                .params(
                        definition.url(),
                        id,
                        definition.version(),
                        DefinitionJson.write(definition),
                        definition.systems().toArray(String[]::new),
                        definition.imports().toArray(String[]::new))
                .update();
        if (added == 0) {
            throw taken(definition.url(), "ValueSet");
        }
    }

    /**
     * Tells the members anew of all value sets that depend on what has changed.
     *
     * @param systems addresses of code systems that came, went or changed
     * @param valueSets addresses of value sets that came, went or changed
     * @throws UnusableDefinition for one that can no longer be told
     */
    public void tellMembers(Set<String> systems, Set<String> valueSets) throws UnusableDefinition {
        for (var told : tables.membership(systems, valueSets).tell().entrySet()) {
            putMembers(told.getKey(), told.getValue());
        }
    }

    private void putMembers(String valueSet, Set<Coding> members) {
        jdbc.sql("DELETE FROM accord.value_set_member WHERE url = ?")
                .param(valueSet)
                .update();
        var ordered = List.copyOf(members);
        insert(
                "INSERT INTO accord.value_set_member (url, system, code)"
                        + " SELECT ?, system, code FROM unnest(?::text[], ?::text[]) AS member (system, code)",
                valueSet,
                ordered.stream().map(Coding::system).toList(),
                ordered.stream().map(Coding::code).toList());
    }

    private void insert(String sql, String key, List<String> left, List<String> right) {
        for (int from = 0; from < left.size(); from += ROWS) {
            var until = Math.min(from + ROWS, left.size());
            jdbc.sql(sql)
                    .params(key, array(left.subList(from, until)), array(right.subList(from, until)))
                    .update();
        }
    }

    private static String[] array(Collection<String> values) {
        return values.toArray(String[]::new);
    }

    private static UnusableDefinition taken(String url, String type) {
        return new UnusableDefinition(
                url, type + ".url", "belongs to another " + type + " in force here; change or retire that one");
    }
}
