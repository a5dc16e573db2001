package org.accordhie.consent;

import java.util.List;

/**
 * What came of one criterion of one provision.
 *
 * @param criterion which
 * @param match how surely it holds; one that is not stated holds
 * @param values what it states, as codes and references; empty where it is not stated
 */
public record Check(Criterion criterion, Match match, List<String> values) {

    public Check {
        values = List.copyOf(values);
    }

    /** Whether the provision states it at all. */
    public boolean isStated() {
        return !values.isEmpty();
    }
}
