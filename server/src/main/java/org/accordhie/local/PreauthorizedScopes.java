package org.accordhie.local;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.smart.GrantedScopes;
import org.accordhie.smart.SearchConstraint;
import org.accordhie.smart.SmartScope;

/**
 * The scopes a client may ask for: those it is registered with, and whatever is within them.
 *
 * <p>Source: SMART App Launch 2.2.0, "Backend Services", "Scopes", and "Finer-grained resource constraints using search
 * parameters". Within a scope are some of its letters, one type of a wildcard, and the same resources constrained further.
 *
 * @param clinical those for FHIR resources
 * @param others those without a grammar, such as {@code openid}, which are equal or not
 */
record PreauthorizedScopes(List<SmartScope> clinical, Set<String> others) {

    PreauthorizedScopes {
        clinical = List.copyOf(clinical);
        others = Set.copyOf(others);
    }

    static PreauthorizedScopes of(List<String> texts) {
        var clinical = texts.stream()
                .map(PreauthorizedScopes::parse)
                .flatMap(Optional::stream)
                .toList();
        var others = texts.stream().filter(text -> parse(text).isEmpty()).collect(Collectors.toUnmodifiableSet());
        return new PreauthorizedScopes(clinical, others);
    }

    /** Whether there is one, all are well-formed, and all are within those registered. */
    boolean permit(Set<String> asked) {
        return !asked.isEmpty() && asked.stream().allMatch(this::permit);
    }

    /** Each letter has to be in a scope whose resources hold all that are asked for; letters of several are added up. */
    private boolean permit(String asked) {
        return parse(asked)
                .map(scope -> scope.letters().stream()
                        .allMatch(letter -> clinical.stream()
                                .anyMatch(granted -> granted.letters().contains(letter) && reaches(granted, scope))))
                .orElseGet(() -> others.contains(asked));
    }

    private static boolean reaches(SmartScope granted, SmartScope asked) {
        return granted.context() == asked.context()
                && granted.covers(asked.resourceType())
                && granted.constraints().stream()
                        .allMatch(constraint ->
                                asked.constraints().stream().anyMatch(further -> isWithin(further, constraint)));
    }

    private static boolean isWithin(SearchConstraint further, SearchConstraint constraint) {
        return further.param().equals(constraint.param()) && constraint.values().containsAll(further.values());
    }

    /** Empty if the text is not a scope for FHIR resources. */
    static Optional<SmartScope> parse(String text) {
        return GrantedScopes.parse(List.of(text)).scopes().stream().findFirst();
    }
}
