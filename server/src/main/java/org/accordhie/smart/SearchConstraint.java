package org.accordhie.smart;

import java.util.Collection;
import java.util.List;

/**
 * One {@code param=value} of a granular scope; a resource that matches any of the values meets it.
 *
 * <p>Source: SMART App Launch 2.2.0, "Finer-grained resource constraints using search parameters".
 *
 * @param param a search parameter without modifier or chain
 * @param values at least one value, as FHIR search writes it
 */
public record SearchConstraint(String param, List<String> values) {

    public SearchConstraint {
        values = List.copyOf(values);
    }

    boolean isMetBy(Collection<SearchToken> tokens) {
        return tokens.stream()
                .filter(token -> token.param().equals(param))
                .anyMatch(token -> values.stream().anyMatch(token::isFoundBy));
    }
}
