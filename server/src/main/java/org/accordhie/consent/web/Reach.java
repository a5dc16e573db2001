package org.accordhie.consent.web;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.accordhie.consent.TokenResidual;
import org.accordhie.fhirserver.ResourceTypes;
import org.accordhie.smart.AccessGrant;
import org.accordhie.smart.SearchToken;
import org.accordhie.smart.TypeGrant;
import org.accordhie.vocabulary.ResourceFacts;
import org.jspecify.annotations.Nullable;

/**
 * As far as a token reaches, whatever consents say: what its scopes open, without what it forbids itself.
 *
 * @param grants what is open of each type
 * @param patient the patient in context, as {@code Patient/[id]}; null where there is none
 * @param residual what the token forbids; null where it forbids nothing
 */
record Reach(
        Map<String, TypeGrant> grants,
        @Nullable String patient,
        @Nullable TokenResidual residual) {

    private static final String CONSENT = "Consent";

    Reach {
        grants = Map.copyOf(grants);
    }

    /**
     * The reach of a token.
     *
     * @param alternatives letters, all of one of which must be granted for what is told of
     */
    static Reach of(AccessGrant grant, Collection<String> alternatives, @Nullable TokenResidual residual) {
        var grants = new HashMap<String, TypeGrant>();
        for (var type : ResourceTypes.SERVED) {
            var open = alternatives.stream()
                    .map(letters -> grant.scopes().grantOf(letters, type))
                    .reduce(TypeGrant.NOTHING, TypeGrant::or);
            grants.put(type, open);
        }
        if (residual != null) {
            // Consents rule over data and are not bounded like it.
            grants.put(CONSENT, TypeGrant.NOTHING);
        }
        return new Reach(grants, grant.launch().patient(), residual);
    }

    /** The types of which everything is open. */
    Set<String> types() {
        return grants.entrySet().stream()
                .filter(each -> each.getValue().everywhere())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** The types of which everything in the compartment of the patient in context is open. */
    Set<String> compartmentTypes() {
        return grants.entrySet().stream()
                .filter(each -> each.getValue().inCompartment())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** The types of which nothing is to be found but what is open. */
    Set<String> searchedTypes() {
        return grants.entrySet().stream()
                .filter(each -> !each.getValue().isNothing() || each.getKey().equals(CONSENT))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** That patient; empty where there is none. */
    Set<String> compartment() {
        return patient == null ? Set.of() : Set.of(patient);
    }

    /**
     * Whether it reaches a resource.
     *
     * @param tokens the codes by which granular scopes choose, asked for only if there is such a scope
     */
    boolean reaches(ResourceFacts facts, Supplier<Collection<SearchToken>> tokens) {
        var open = grants.getOrDefault(facts.type(), TypeGrant.NOTHING);
        var isInCompartment = patient != null && facts.compartments().contains(Objects.requireNonNull(patient));
        return open.opens(isInCompartment, open.granular().isEmpty() ? Set.of() : tokens.get()) && !forbids(facts);
    }

    /** Whether the token forbids it by itself. */
    boolean forbids(ResourceFacts facts) {
        return residual != null && residual.forbids(facts);
    }
}
