package org.accordhie.terminology;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A value set as it was written: the codes of any include that are in no exclude.
 *
 * @param url the canonical address
 * @param version its version; empty where it has none
 * @param includes what is in it
 * @param excludes what is taken out again
 */
public record ValueSetDefinition(String url, String version, List<ConceptSet> includes, List<ConceptSet> excludes) {

    public ValueSetDefinition {
        includes = List.copyOf(includes);
        excludes = List.copyOf(excludes);
    }

    /** The code systems that must be loaded for its members to be told. */
    public Set<String> systems() {
        return each(part -> part.needsSystem() ? Stream.of(part.system()) : Stream.empty());
    }

    /** The value sets it is made of, without their versions. */
    public Set<String> imports() {
        return each(part -> part.valueSets().stream().map(Canonical::of).map(Canonical::url));
    }

    private Set<String> each(Function<ConceptSet, Stream<String>> of) {
        return Stream.concat(includes.stream(), excludes.stream()).flatMap(of).collect(Collectors.toUnmodifiableSet());
    }
}
