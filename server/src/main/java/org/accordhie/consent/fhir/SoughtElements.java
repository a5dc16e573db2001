package org.accordhie.consent.fhir;

import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry.SearchParamLookupContextEnum;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.accordhie.consent.NamedElement;
import org.jspecify.annotations.Nullable;

/**
 * Which parameters of a search look at elements that are taken out. What is not understood is taken to look at them.
 * Source: FHIR R4, Search: chained parameters, reverse chaining, sorting, including other resources. Thread-safe.
 */
public final class SoughtElements {

    private static final String REVERSE = "_has:";

    /** At the end of a chain, those that look at an id, or at what is in {@code meta}. */
    private static final Set<String> OF_META =
            Set.of("_has", "_id", "_lastUpdated", "_profile", "_security", "_source", "_tag");

    private final ISearchParamRegistry parameters;

    public SoughtElements(ISearchParamRegistry parameters) {
        this.parameters = parameters;
    }

    /**
     * A search parameter of a type.
     *
     * @param type the resource type
     * @param name its name; a star for any of them that are references
     */
    public record Sought(String type, String name) {}

    /**
     * The first parameter of a search that looks at one of the elements, wherever in the search it stands.
     *
     * @param type what is searched
     * @param asked the parameters with their values
     */
    public Optional<Sought> first(String type, Map<String, String[]> asked, Collection<NamedElement> elements) {
        var sought = new ArrayList<Sought>();
        asked.forEach((name, values) -> {
            switch (name.split(":", 2)[0]) {
                case "_sort" -> eachOf(values, key -> sought.add(new Sought(type, key.replaceFirst("^-", ""))));
                case "_include", "_revinclude" -> eachOf(values, value -> includes(value, elements, sought));
                default -> {
                    if (!name.startsWith("_") || name.startsWith(REVERSE)) {
                        follow(Set.of(type), name, sought);
                    }
                }
            }
        });
        return sought.stream().filter(each -> looksAt(each, elements)).findFirst();
    }

    private static void eachOf(String[] values, java.util.function.Consumer<String> step) {
        for (var value : values) {
            List.of(value.split(",", -1)).forEach(step);
        }
    }

    /** What comes along tells what the reference says. */
    private static void includes(String value, Collection<NamedElement> elements, List<Sought> sought) {
        var parts = value.split(":", -1);
        var parameter = parts.length < 2 ? "*" : parts[1];
        if (parts[0].equals("*")) {
            elements.forEach(each -> sought.add(new Sought(each.type(), parameter)));
        } else {
            sought.add(new Sought(parts[0], parameter));
        }
    }

    private void follow(Set<String> types, String name, List<Sought> sought) {
        if (name.startsWith(REVERSE)) {
            var parts = name.substring(REVERSE.length()).split(":", 3);
            if (parts.length == 3) {
                sought.add(new Sought(parts[0], parts[1]));
                follow(Set.of(parts[0]), parts[2], sought);
            }
            return;
        }
        var hop = name.split("[.]", 2);
        var head = hop[0].split(":", 2);
        types.forEach(type -> sought.add(new Sought(type, head[0])));
        if (hop.length == 2) {
            var next = targets(types, head[0]);
            if (head.length == 2 && next.contains(head[1])) {
                next.retainAll(Set.of(head[1]));
            }
            follow(next, hop[1], sought);
        }
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

    /** Whether what a resource's clinical date is taken from is one of the elements. */
    public boolean areDates(Collection<NamedElement> elements) {
        return ClinicalDates.areAmong(elements);
    }

    /** Whether a parameter looks at one of the elements, at something in one, or at something that holds one. */
    public boolean looksAt(Sought sought, Collection<NamedElement> elements) {
        var concerned = elements.stream()
                .filter(each -> each.type().equals(sought.type()))
                .toList();
        if (concerned.isEmpty() || OF_META.contains(sought.name())) {
            return false;
        }
        if (sought.name().equals("*")) {
            return parameters
                    .getActiveSearchParams(sought.type(), SearchParamLookupContextEnum.SEARCH)
                    .values()
                    .stream()
                    .filter(each -> each.getParamType() == RestSearchParameterTypeEnum.REFERENCE)
                    .anyMatch(each -> looksAt(sought.type(), each, concerned));
        }
        return looksAt(
                sought.type(),
                parameters.getActiveSearchParam(sought.type(), sought.name(), SearchParamLookupContextEnum.SEARCH),
                concerned);
    }

    /** Parameters of several parts say only by their parts what they look at. */
    private static boolean looksAt(String type, @Nullable RuntimeSearchParam parameter, List<NamedElement> elements) {
        if (parameter == null
                || parameter.getParamType() == RestSearchParameterTypeEnum.COMPOSITE
                || parameter.getPath() == null) {
            return true;
        }
        var paths = pathsIn(type, parameter.getPath());
        return paths.isEmpty()
                || paths.stream().anyMatch(path -> elements.stream().anyMatch(each -> each.touches(path)));
    }

    /** The paths that an expression begins with, each up to its first function. A type to which something is compared has none. */
    private static List<List<String>> pathsIn(String type, String expression) {
        var form = Pattern.compile("(?<![\\w.])(?<!is )(?<!as )(?:" + type + "|Resource|DomainResource)\\b"
                + "((?:\\.[A-Za-z]\\w*+(?!\\())*)");
        return form.matcher(expression)
                .results()
                .map(found -> List.of(found.group(1).replaceFirst("^\\.", "").split("\\.")))
                .map(path -> path.equals(List.of("")) ? List.<String>of() : path)
                .toList();
    }
}
