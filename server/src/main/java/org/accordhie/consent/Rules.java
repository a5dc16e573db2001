package org.accordhie.consent;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The rules in force at the instant of a request.
 *
 * @param policy law and organisation
 * @param consents the active consents of each patient, by {@code Patient/[id]}
 */
public record Rules(ReleasePolicy policy, Map<String, ? extends Collection<ConsentPolicy>> consents) {

    public Rules {
        consents = Map.copyOf(consents);
    }

    Collection<ConsentPolicy> of(String patient) {
        var theirs = consents.get(patient);
        return theirs == null ? List.of() : theirs;
    }
}
