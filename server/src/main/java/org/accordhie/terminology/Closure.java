package org.accordhie.terminology;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which code of a system is at or above which, to any depth.
 *
 * @param above every code, with itself and all codes above it
 */
public record Closure(Map<String, Set<String>> above) {

    public Closure {
        above = above.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
    }

    /** All codes of the system. */
    public Set<String> codes() {
        return above.keySet();
    }

    /** The code and every code below it; none where the system does not have it. */
    public Set<String> within(String code) {
        return above.entrySet().stream()
                .filter(entry -> entry.getValue().contains(code))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
