package org.accordhie.smart;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What scopes open of one resource type: all of it, all in the compartment of the patient in context, and beside that what meets
 * the constraints of one granular scope.
 *
 * @param everywhere whether all of it is open
 * @param inCompartment whether all in the compartment is
 * @param granular the scopes that open a part
 */
public record TypeGrant(boolean everywhere, boolean inCompartment, List<Granular> granular) {

    /** Nothing of it. */
    public static final TypeGrant NOTHING = new TypeGrant(false, false, List.of());

    public TypeGrant {
        granular = List.copyOf(granular);
    }

    /**
     * The part of one granular scope.
     *
     * @param inCompartment whether only in the compartment of the patient in context
     * @param constraints all of which a resource must meet
     */
    public record Granular(boolean inCompartment, List<SearchConstraint> constraints) {

        public Granular {
            constraints = List.copyOf(constraints);
        }

        /** Whether a resource with these codes meets every constraint. */
        public boolean isMetBy(Collection<SearchToken> tokens) {
            return constraints.stream().allMatch(each -> each.isMetBy(tokens));
        }

        /** The same for an index: a resource meets it if it has all the numbers of one of these lists. */
        public List<List<Long>> terms() {
            var terms = List.of(List.<Long>of());
            for (var constraint : constraints) {
                var longer = new ArrayList<List<Long>>();
                for (var term : terms) {
                    for (var value : constraint.values()) {
                        var with = new ArrayList<>(term);
                        with.add(SearchToken.hashOf(constraint.param(), value));
                        longer.add(with);
                    }
                }
                terms = longer;
            }
            return terms;
        }
    }

    /** Whether nothing is open. */
    public boolean isNothing() {
        return !everywhere && !inCompartment && granular.isEmpty();
    }

    /** Whether a resource is open. */
    public boolean opens(boolean isInCompartment, Collection<SearchToken> tokens) {
        return everywhere
                || (inCompartment && isInCompartment)
                || granular.stream()
                        .anyMatch(each -> (isInCompartment || !each.inCompartment()) && each.isMetBy(tokens));
    }

    /** The same of a version of which an index holds the numbers of its codes. */
    public boolean opensNumbered(boolean isInCompartment, Collection<Long> numbers) {
        return everywhere
                || (inCompartment && isInCompartment)
                || granular.stream()
                        .anyMatch(each -> (isInCompartment || !each.inCompartment())
                                && each.terms().stream().anyMatch(numbers::containsAll));
    }

    /** What either opens. */
    public TypeGrant or(TypeGrant other) {
        var parts = new ArrayList<>(granular);
        parts.addAll(other.granular);
        return new TypeGrant(everywhere || other.everywhere, inCompartment || other.inCompartment, parts);
    }
}
