package org.accordhie.terminology;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.vocabulary.Coding;

/**
 * Tells the members of value sets that may be made of each other. What it cannot tell exactly it refuses, since a set that is
 * not understood cannot be enforced. Not thread-safe: it remembers what it has told.
 */
public final class ValueSetMembership {

    /** More than this is a code system, and says nothing that a consent could mean. */
    static final int MOST_MEMBERS = 100_000;

    private final Map<String, LoadedSystem> systems;
    private final Map<String, ValueSetDefinition> definitions;
    private final Map<String, ResolvedValueSet> resolved;

    /**
     * Starts from what is known.
     *
     * @param systems the code systems in force that the definitions need, by address
     * @param definitions the value sets to tell the members of, by address
     * @param known other value sets in force, by address
     */
    public ValueSetMembership(
            Map<String, LoadedSystem> systems,
            Map<String, ValueSetDefinition> definitions,
            Map<String, ResolvedValueSet> known) {
        this.systems = Map.copyOf(systems);
        this.definitions = Map.copyOf(definitions);
        this.resolved = new HashMap<>(known);
    }

    /**
     * The members of every definition, by address.
     *
     * @throws UnusableDefinition for one that cannot be told, with the place and the reason
     */
    public Map<String, Set<Coding>> tell() throws UnusableDefinition {
        var waiting = new HashMap<String, Set<String>>();
        var importers = new HashMap<String, List<ValueSetDefinition>>();
        var ready = new ArrayDeque<ValueSetDefinition>();
        for (var definition : definitions.values()) {
            var awaited = new HashSet<>(definition.imports());
            awaited.retainAll(definitions.keySet());
            awaited.forEach(url ->
                    importers.computeIfAbsent(url, key -> new ArrayList<>()).add(definition));
            waiting.put(definition.url(), awaited);
            if (awaited.isEmpty()) {
                ready.add(definition);
            }
        }
        var told = new HashMap<String, Set<Coding>>();
        while (!ready.isEmpty()) {
            var definition = ready.remove();
            var members = membersOf(definition);
            resolved.put(definition.url(), new ResolvedValueSet(definition.version(), members));
            told.put(definition.url(), members);
            for (var importer : importers.getOrDefault(definition.url(), List.of())) {
                var awaited = waiting.getOrDefault(importer.url(), Set.of());
                if (awaited.remove(definition.url()) && awaited.isEmpty()) {
                    ready.add(importer);
                }
            }
        }
        refuseUntold(told.keySet());
        return told;
    }

    /** What still waits for another is in a circle, or imports what is. */
    private void refuseUntold(Set<String> told) throws UnusableDefinition {
        var untold = definitions.values().stream()
                .filter(definition -> !told.contains(definition.url()))
                .min(Comparator.comparing(ValueSetDefinition::url));
        if (untold.isPresent()) {
            throw unusable(
                    untold.get(), "ValueSet.compose", "imports, at some remove, a value set that imports itself");
        }
    }

    private Set<Coding> membersOf(ValueSetDefinition definition) throws UnusableDefinition {
        var members = new HashSet<Coding>();
        for (var part : definition.includes()) {
            members.addAll(codesOf(definition, part));
        }
        for (var part : definition.excludes()) {
            members.removeAll(codesOf(definition, part));
        }
        if (members.isEmpty() || members.size() > MOST_MEMBERS) {
            throw unusable(
                    definition,
                    "ValueSet",
                    members.isEmpty() ? "has no members" : "has more than " + MOST_MEMBERS + " members");
        }
        return members;
    }

    private Set<Coding> codesOf(ValueSetDefinition definition, ConceptSet part) throws UnusableDefinition {
        var all = new ArrayList<Set<Coding>>();
        if (!part.system().isEmpty()) {
            all.add(codesOfSystem(definition, part).stream()
                    .map(code -> new Coding(part.system(), code))
                    .collect(Collectors.toSet()));
        }
        for (int index = 0; index < part.valueSets().size(); index++) {
            var path = part.path() + ".valueSet[" + index + "]";
            all.add(imported(definition, Canonical.of(part.valueSets().get(index)), path)
                    .members());
        }
        return inAll(all);
    }

    private Set<String> codesOfSystem(ValueSetDefinition definition, ConceptSet part) throws UnusableDefinition {
        if (!part.needsSystem()) {
            return part.codes();
        }
        var system = systems.get(part.system());
        var path = part.path() + ".system";
        if (system == null) {
            throw unusable(definition, path, "is no code system in force here; load it, or list the codes");
        }
        if (!system.complete()) {
            throw unusable(
                    definition, path, "is loaded in part only, so the codes it has here may not be all; list them");
        }
        if (!new Canonical(part.system(), part.version()).accepts(system.version())) {
            throw unusable(definition, part.path() + ".version", "is not the version that is loaded");
        }
        var met = new ArrayList<Set<String>>();
        for (var filter : part.filters()) {
            met.add(met(definition, filter, system.closure()));
        }
        return met.isEmpty() ? system.closure().codes() : inAll(met);
    }

    private static Set<String> met(ValueSetDefinition definition, ConceptFilter filter, Closure closure)
            throws UnusableDefinition {
        if (!closure.codes().contains(filter.code())) {
            throw unusable(definition, filter.path() + ".value", "is no code of the loaded system");
        }
        return switch (filter.operator()) {
            case IS_A -> closure.within(filter.code());
            case DESCENDENT_OF -> {
                var below = new HashSet<>(closure.within(filter.code()));
                below.remove(filter.code());
                yield below;
            }
            case EQUAL -> Set.of(filter.code());
        };
    }

    private ResolvedValueSet imported(ValueSetDefinition by, Canonical wanted, String path) throws UnusableDefinition {
        var found = resolved.get(wanted.url());
        if (found == null) {
            throw unusable(by, path, "is no value set in force here; load it first");
        }
        if (!wanted.accepts(found.version())) {
            throw unusable(by, path, "asks for a version that is not the one in force");
        }
        return found;
    }

    private static <T> Set<T> inAll(List<Set<T>> sets) {
        return sets.stream()
                .reduce((left, right) -> left.stream().filter(right::contains).collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    private static UnusableDefinition unusable(ValueSetDefinition definition, String path, String reason) {
        return new UnusableDefinition(definition.url(), path, reason);
    }
}
