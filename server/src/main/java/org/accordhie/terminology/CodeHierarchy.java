package org.accordhie.terminology;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A code system as it was written: its codes, and for each the codes directly above it.
 *
 * @param url the canonical address
 * @param version its version; empty where it has none
 * @param complete whether these are all codes there are, so that a code which is not here does not exist
 * @param parents every code, with the codes directly above it, which are codes of the system too
 */
public record CodeHierarchy(String url, String version, boolean complete, Map<String, Set<String>> parents) {

    public CodeHierarchy {
        parents = parents.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
    }

    /**
     * Which code is below which, to any depth.
     *
     * @throws UnusableDefinition if a code is below itself, or the pairs are too many to keep
     */
    public Closure closure() throws UnusableDefinition {
        return new Subsumption(this).closure();
    }
}
