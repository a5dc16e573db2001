package org.accordhie.smart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One scope for FHIR resources, such as {@code patient/Observation.rs}.
 *
 * <p>Source: SMART App Launch 2.2.0, "Scopes for requesting FHIR resources"; 1.0.0 for {@code read}, {@code write} and
 * {@code *}.
 *
 * @param context whose data it opens
 * @param resourceType a resource type, or {@code *} for every type
 * @param letters what it permits, some of {@code c r u d s}
 * @param constraints all of which a resource must meet; empty for a scope without a query
 */
public record SmartScope(
        ScopeContext context, String resourceType, Set<Character> letters, List<SearchConstraint> constraints) {

    /** Stands for every resource type. */
    public static final String ANY_TYPE = "*";

    private static final String IN_ORDER = "cruds";

    /** In-order letters or a version 1 word; possessive, so that no valid prefix of a longer word is ever taken. */
    private static final Pattern SCOPE = Pattern.compile(
            "(?<context>patient|user|system)/(?<type>[A-Za-z]++|\\*)\\.(?<letters>read|write|\\*|c?r?u?d?s?)(?:\\?(?<query>.++))?");

    /**
     * No modifier, chain or escape: a colon or a full stop in the name, or one of {@code % \ = ?} in a value, refuses
     * the whole scope. Values are taken literally, so that one spelling has one meaning.
     */
    private static final Pattern CONSTRAINT =
            Pattern.compile("(?<param>_?[A-Za-z][A-Za-z0-9-]*+)=(?<values>[\\x21-\\x7E&&[^\"\\\\%&=?]]++)");

    /** A code, a system and a code, a code without a system, or a system: one bar at most, and never alone. */
    private static final Pattern VALUE = Pattern.compile("[^|]++\\|?+[^|]*+|\\|[^|]++");

    /** More combinations of values than any sensible scope has; each is looked for by itself. */
    private static final int MOST_COMBINATIONS = 64;

    public SmartScope {
        letters = Set.copyOf(letters);
        constraints = List.copyOf(constraints);
    }

    /**
     * Reads a scope. Empty if the text is not exactly one: it is never trimmed, repaired or cut to a valid prefix.
     *
     * @param isResourceType whether a name is a resource type, case-sensitive
     */
    public static Optional<SmartScope> parse(String text, Predicate<String> isResourceType) {
        var match = SCOPE.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        var type = match.group("type");
        var letters = letters(match.group("letters"));
        if (letters.isEmpty() || !(type.equals(ANY_TYPE) || isResourceType.test(type))) {
            return Optional.empty();
        }
        var context = ScopeContext.valueOf(match.group("context").toUpperCase(Locale.ROOT));
        return constraints(match.group("query"), type)
                .map(constraints -> new SmartScope(context, type, letters, constraints));
    }

    /** Whether a search parameter narrows the scope to some resources of its type. */
    public boolean isGranular() {
        return !constraints.isEmpty();
    }

    /** Whether the type is this scope's, or this scope is for every type. */
    public boolean covers(String type) {
        return resourceType.equals(ANY_TYPE) || resourceType.equals(type);
    }

    /** The scope as one writes it in version 2, which reads as the same scope. */
    public String text() {
        var permissions = IN_ORDER.chars()
                .mapToObj(letter -> (char) letter)
                .filter(letters::contains)
                .map(String::valueOf)
                .collect(Collectors.joining());
        var query = constraints.stream()
                .map(constraint -> constraint.param() + "=" + String.join(",", constraint.values()))
                .collect(Collectors.joining("&"));
        return context.prefix() + "/" + resourceType + "." + permissions + (query.isEmpty() ? "" : "?" + query);
    }

    /** What both grant. Empty if that is nothing, or has more combinations of values than are looked for. */
    Optional<SmartScope> and(SmartScope other) {
        var both = letters.stream().filter(other.letters::contains).collect(Collectors.toUnmodifiableSet());
        var all = Stream.concat(constraints.stream(), other.constraints.stream())
                .distinct()
                .toList();
        if (context != other.context
                || !(covers(other.resourceType) || other.covers(resourceType))
                || both.isEmpty()
                || combinations(all) > MOST_COMBINATIONS) {
            return Optional.empty();
        }
        var narrower = resourceType.equals(ANY_TYPE) ? other.resourceType : resourceType;
        return Optional.of(new SmartScope(context, narrower, both, all));
    }

    private static Set<Character> letters(String permissions) {
        var letters = switch (permissions) {
            case "read" -> "rs";
            case "write" -> "cud";
            case "*" -> "cruds";
            default -> permissions;
        };
        return letters.chars().mapToObj(letter -> (char) letter).collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<List<SearchConstraint>> constraints(@Nullable String query, String type) {
        if (query == null) {
            return Optional.of(List.of());
        }
        var constraints = new ArrayList<SearchConstraint>();
        for (var part : query.split("&", -1)) {
            var match = CONSTRAINT.matcher(part);
            if (!match.matches() || !GranularParameters.contains(type, match.group("param"))) {
                return Optional.empty();
            }
            var values = List.of(match.group("values").split(",", -1));
            if (!values.stream().allMatch(value -> VALUE.matcher(value).matches())) {
                return Optional.empty();
            }
            constraints.add(new SearchConstraint(match.group("param"), values));
        }
        return combinations(constraints) > MOST_COMBINATIONS ? Optional.empty() : Optional.of(constraints);
    }

    private static int combinations(List<SearchConstraint> constraints) {
        return constraints.stream()
                .mapToInt(constraint -> constraint.values().size())
                .reduce(1, (some, more) -> Math.min(some * more, MOST_COMBINATIONS + 1));
    }
}
