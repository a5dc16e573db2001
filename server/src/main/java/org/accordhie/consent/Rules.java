package org.accordhie.consent;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The rules in force at the instant of a request.
 *
 * @param policy law and organisation
 * @param consents the active consents of each patient, by {@code Patient/[id]}
 */
public record Rules(ReleasePolicy policy, Map<String, ? extends Collection<ConsentPolicy>> consents) {

    public Rules {
        consents = consents.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> ordered(entry.getValue())));
    }

    /** Of two that say the same the first is named as the reason, which must be the same one whenever it is asked again. */
    private static List<ConsentPolicy> ordered(Collection<ConsentPolicy> theirs) {
        return theirs.stream().sorted(Comparator.comparing(ConsentPolicy::id)).toList();
    }

    Collection<ConsentPolicy> of(String patient) {
        var theirs = consents.get(patient);
        return theirs == null ? List.of() : theirs;
    }
}
