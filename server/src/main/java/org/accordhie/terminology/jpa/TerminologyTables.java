package org.accordhie.terminology.jpa;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.accordhie.terminology.Closure;
import org.accordhie.terminology.LoadedSystem;
import org.accordhie.terminology.ResolvedValueSet;
import org.accordhie.terminology.ValueSetDefinition;
import org.accordhie.terminology.ValueSetMembership;
import org.accordhie.vocabulary.Coding;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what the members of value sets are told from. */
final class TerminologyTables {

    private static final String DEPENDING = """
            WITH RECURSIVE depending (url) AS (
              SELECT url FROM accord.value_set WHERE url = ANY (?)
                OR systems && ?::text[] OR imports && ?::text[]
              UNION
              SELECT v.url FROM accord.value_set v JOIN depending d ON v.imports @> ARRAY[d.url])
            SELECT v.definition::text FROM accord.value_set v JOIN depending d ON d.url = v.url
            """;

    private final JdbcClient jdbc;

    TerminologyTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Everything that depends on these code systems and value sets, with all that it depends on. */
    ValueSetMembership membership(Collection<String> systems, Collection<String> valueSets) {
        var definitions = depending(systems, valueSets);
        var imports = all(definitions, ValueSetDefinition::imports);
        imports.removeAll(definitions.keySet());
        return new ValueSetMembership(
                systems(all(definitions, ValueSetDefinition::systems)), definitions, known(imports));
    }

    private Map<String, ValueSetDefinition> depending(Collection<String> systems, Collection<String> valueSets) {
        return jdbc
                .sql(DEPENDING)
                .params(array(valueSets), array(systems), array(valueSets))
                .query(String.class)
                .list()
                .stream()
                .map(DefinitionJson::read)
                .collect(Collectors.toMap(ValueSetDefinition::url, Function.identity()));
    }

    private static Set<String> all(
            Map<String, ValueSetDefinition> definitions, Function<ValueSetDefinition, Set<String>> of) {
        return definitions.values().stream()
                .flatMap(definition -> of.apply(definition).stream())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private Map<String, LoadedSystem> systems(Collection<String> urls) {
        var above = new HashMap<String, Map<String, Set<String>>>();
        jdbc.sql("SELECT system, ancestor, descendant FROM accord.code_closure WHERE system = ANY (?)")
                .param(array(urls))
                .query((row, number) -> above.computeIfAbsent(row.getString(1), system -> new HashMap<>())
                        .computeIfAbsent(row.getString(3), code -> new HashSet<>())
                        .add(row.getString(2)))
                .list();
        var systems = new HashMap<String, LoadedSystem>();
        jdbc.sql("SELECT url, version, complete FROM accord.code_system WHERE url = ANY (?)")
                .param(array(urls))
                .query(row -> {
                    var url = row.getString(1);
                    systems.put(
                            url,
                            new LoadedSystem(
                                    row.getString(2),
                                    row.getBoolean(3),
                                    new Closure(above.getOrDefault(url, Map.of()))));
                });
        return systems;
    }

    private Map<String, ResolvedValueSet> known(Collection<String> urls) {
        var members = new HashMap<String, Set<Coding>>();
        jdbc.sql("SELECT url, system, code FROM accord.value_set_member WHERE url = ANY (?)")
                .param(array(urls))
                .query((row, number) -> members.computeIfAbsent(row.getString(1), url -> new HashSet<>())
                        .add(new Coding(row.getString(2), row.getString(3))))
                .list();
        var known = new HashMap<String, ResolvedValueSet>();
        jdbc.sql("SELECT url, version FROM accord.value_set WHERE url = ANY (?)")
                .param(array(urls))
                .query(row -> {
                    var url = row.getString(1);
                    known.put(url, new ResolvedValueSet(row.getString(2), members.getOrDefault(url, Set.of())));
                });
        return known;
    }

    private static String[] array(Collection<String> values) {
        return values.toArray(String[]::new);
    }
}
