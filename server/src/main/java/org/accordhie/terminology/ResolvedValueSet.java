package org.accordhie.terminology;

import java.util.Set;
import org.accordhie.vocabulary.Coding;

/**
 * A value set whose members are known.
 *
 * @param version its version; empty where it has none
 * @param members its codes
 */
public record ResolvedValueSet(String version, Set<Coding> members) {

    public ResolvedValueSet {
        members = Set.copyOf(members);
    }
}
