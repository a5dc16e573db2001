package org.accordhie.smart.fhir;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry.SearchParamLookupContextEnum;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The types besides its own that a search looks into or brings along. Source: FHIR R4, Search: chained parameters, reverse
 * chaining, including other resources. Thread-safe.
 */
public final class SearchedTypes {

    private static final String REVERSE = "_has:";

    /** Of all parameters together: each costs the database a join, and nobody asks for more. */
    private static final int MOST_HOPS = 8;

    private static final Set<String> OF_EVERY_TYPE = Set.of("_has", "_id", "_profile", "_security", "_tag");

    private final ISearchParamRegistry parameters;

    public SearchedTypes(ISearchParamRegistry parameters) {
        this.parameters = parameters;
    }

    /**
     * The types a search looks into: of each hop those it may lead to.
     *
     * @param type what is searched
     * @param asked the parameters with their values
     * @throws InvalidRequestException if these are too many
     */
    public List<Set<String>> chained(String type, Map<String, String[]> asked) {
        var hops = new ArrayList<Set<String>>();
        asked.keySet().forEach(name -> follow(Set.of(type), name, hops));
        return hops;
    }

    private void follow(Set<String> types, String name, List<Set<String>> hops) {
        if (hops.size() > MOST_HOPS) {
            throw new InvalidRequestException("a search follows at most " + MOST_HOPS + " references");
        }
        if (name.startsWith(REVERSE)) {
            var parts = name.substring(REVERSE.length()).split(":", 3);
            var isHarmless = parts.length < 3 || isReadFromIndex(parts[2]);
            hops.add(isHarmless ? Set.of(parts[0]) : Set.of());
            if (parts.length == 3) {
                follow(Set.of(parts[0]), parts[2], hops);
            }
            return;
        }
        var dot = name.indexOf('.');
        if (dot < 0) {
            return;
        }
        var head = name.substring(0, dot).split(":", 2);
        var next = targets(types, head[0]);
        if (head.length == 2) {
            next.retainAll(Set.of(head[1]));
        }
        var rest = name.substring(dot + 1);
        hops.add(isReadFromIndex(rest) ? next : Set.of());
        follow(next, rest, hops);
    }

    /** Storage answers other parameters of every type from the rows of resources, whatever the type at the end of the chain. */
    private static boolean isReadFromIndex(String name) {
        return !name.startsWith("_") || OF_EVERY_TYPE.contains(name.split("[:.]", 2)[0]);
    }

    private Set<String> targets(Set<String> types, String parameter) {
        var targets = new HashSet<String>();
        for (var type : types) {
            var known = parameters.getActiveSearchParam(type, parameter, SearchParamLookupContextEnum.SEARCH);
            if (known != null) {
                targets.addAll(known.getTargets());
            }
        }
        return targets;
    }

    /** The types a search names to be brought along; not those it leaves open. */
    public List<String> included(Map<String, String[]> asked) {
        var included = new ArrayList<String>();
        asked.forEach((name, values) -> {
            var plain = name.split(":", 2)[0];
            for (var value : values) {
                var parts = value.split(":", -1);
                if (plain.equals("_revinclude") && parts.length > 1) {
                    included.add(parts[0]);
                } else if (plain.equals("_include") && parts.length > 2) {
                    included.add(parts[2]);
                } else if (plain.equals("_include") && parts.length == 2) {
                    onlyTarget(parts[0], parts[1]).forEach(included::add);
                }
            }
        });
        return included;
    }

    private List<String> onlyTarget(String type, String parameter) {
        var targets = targets(Set.of(type), parameter);
        return targets.size() == 1 ? List.copyOf(targets) : List.of();
    }
}
