package org.accordhie.terminology;

import java.util.List;
import java.util.Set;

/**
 * One {@code include} or {@code exclude} of a value set: what satisfies all of it. With a system and neither codes nor
 * filters it is the whole system; without a system it is what all the value sets share.
 *
 * @param path where it stands, as a FHIRPath expression
 * @param system the code system's canonical address; empty where it is made of value sets alone
 * @param version the version of the system it is about; empty for whichever is loaded
 * @param codes the codes it lists
 * @param filters conditions, all of which a code must meet
 * @param valueSets canonical addresses, with or without {@code |version}, of value sets that must all have the code
 */
public record ConceptSet(
        String path,
        String system,
        String version,
        Set<String> codes,
        List<ConceptFilter> filters,
        List<String> valueSets) {

    public ConceptSet {
        codes = Set.copyOf(codes);
        filters = List.copyOf(filters);
        valueSets = List.copyOf(valueSets);
    }

    /** Whether it can only be told with the system loaded. */
    public boolean needsSystem() {
        return !system.isEmpty() && codes.isEmpty();
    }
}
