package org.accordhie.consent;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.consent.ConsentPolicy.Uncomputable;
import org.accordhie.consent.DataReference.Meaning;
import org.accordhie.consent.ResourceCriteria.DataCodes;
import org.accordhie.consent.TokenResidual.TokenRule;
import org.accordhie.vocabulary.Coding;

/**
 * Puts beside what a consent names that which it stands for: the codes below a code, the members of a value set, the resources
 * that a resource refers to. Has to be done again when one of these changes.
 *
 * @param below a code and every code below it
 * @param members the codes of a value set; empty where it is not loaded
 * @param references what a stored resource refers to, as {@code [type]/[id]}
 */
public record Resolution(
        Function<Coding, Set<Coding>> below,
        Function<String, Set<Coding>> members,
        Function<String, Set<String>> references) {

    /** What a consent depends on that names a code or a value set. */
    public static final String TERMINOLOGY = "terminology";

    /** What is wrong with a consent that names a value set nobody has loaded. */
    public static final String NOT_LOADED = "names a value set that is not loaded here";

    /** The consent with all that it stands for; uncomputable where a value set that it names is not loaded. */
    public ConsentPolicy resolve(ConsentPolicy policy) {
        if (!(policy instanceof Computable consent)) {
            return policy;
        }
        try {
            return resolved(consent);
        } catch (NotLoaded missing) {
            return new Uncomputable(consent.id(), "`" + missing.path + "` " + NOT_LOADED);
        }
    }

    private Computable resolved(Computable consent) {
        return new Computable(
                consent.id(),
                consent.validity(),
                consent.bases(),
                consent.base(),
                consent.requester(),
                resolve(consent.resource(), Finding.ROOT),
                resolve(consent.provisions()));
    }

    /** What a token forbids, with all that it stands for. */
    public TokenResidual resolve(TokenResidual stated) {
        return new TokenResidual(
                stated.patient(),
                stated.rules().stream()
                        .map(rule -> new TokenRule(rule.effect(), related(rule.data())))
                        .toList());
    }

    private ResourceCriteria related(ResourceCriteria stated) {
        return new ResourceCriteria(
                stated.origins(),
                stated.classes(),
                stated.codes(),
                stated.labels(),
                stated.dataPeriod(),
                resolve(stated.data()));
    }

    /** Where a consent names a value set that is not loaded, as a FHIRPath expression on it; empty where it names none. */
    public Optional<String> placeOfMissing(ConsentPolicy policy) {
        try {
            if (policy instanceof Computable consent) {
                resolved(consent);
            }
            return Optional.empty();
        } catch (NotLoaded missing) {
            return Optional.of(missing.path);
        }
    }

    private List<Provision> resolve(List<Provision> provisions) {
        return provisions.stream()
                .map(each -> new Provision(
                        each.path(),
                        each.effect(),
                        each.requester(),
                        resolve(each.resource(), each.path()),
                        resolve(each.provisions())))
                .toList();
    }

    private DataCriteria resolve(DataCriteria criteria, String path) {
        return criteria instanceof ResourceCriteria stated
                ? new ResourceCriteria(
                        stated.origins(),
                        stated.classes(),
                        resolve(stated.codes(), path),
                        stated.labels(),
                        stated.dataPeriod(),
                        resolve(stated.data()))
                : criteria;
    }

    private DataCodes resolve(DataCodes stated, String path) {
        var codes = new HashSet<Coding>();
        stated.codes().forEach(code -> codes.addAll(below.apply(code)));
        codes.addAll(stated.codes());
        for (var valueSet : stated.valueSets()) {
            var theirs = members.apply(valueSet);
            if (theirs.isEmpty()) {
                throw new NotLoaded(path + ".code");
            }
            codes.addAll(theirs);
        }
        return new DataCodes(codes, stated.valueSets());
    }

    private Set<DataReference> resolve(Set<DataReference> stated) {
        var data = new HashSet<>(stated);
        for (var each : stated) {
            if (each.meaning() == Meaning.RELATED) {
                references
                        .apply(each.reference())
                        .forEach(reference -> data.add(new DataReference(Meaning.INSTANCE, reference)));
            }
        }
        return data;
    }

    /** What the resolution of a consent looks up: resources by address, and {@link #TERMINOLOGY}. */
    public static Set<String> dependencies(ConsentPolicy policy) {
        var found = new HashSet<String>();
        if (policy instanceof Computable consent) {
            collect(consent.resource(), found);
            collect(consent.provisions(), found);
        }
        return Set.copyOf(found);
    }

    private static void collect(List<Provision> provisions, Set<String> found) {
        for (var each : provisions) {
            collect(each.resource(), found);
            collect(each.provisions(), found);
        }
    }

    private static void collect(DataCriteria criteria, Set<String> found) {
        if (criteria instanceof ResourceCriteria stated) {
            stated.data().stream()
                    .filter(each -> each.meaning() == Meaning.RELATED)
                    .forEach(each -> found.add(each.reference()));
            if (!stated.codes().equals(DataCodes.ANY)) {
                found.add(TERMINOLOGY);
            }
        }
    }

    private static final class NotLoaded extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String path;

        NotLoaded(String path) {
            super(path);
            this.path = path;
        }
    }
}
