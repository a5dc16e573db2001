package org.accordhie.consent;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.accordhie.consent.ResourceCriteria.DataClasses;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.TimeSpan;
import org.jspecify.annotations.Nullable;

/**
 * How surely two rules, of which one stands in the other, can ever apply together at best. What is said to be impossible is;
 * what is not said may be.
 */
final class Reachability {

    private static final List<String> ONE_PERSON = List.of("Patient/", "Practitioner/", "RelatedPerson/");
    private static final List<String> ONE_CLIENT = List.of("Device/");

    private Reachability() {}

    /** At best. */
    static Match together(Provision one, Provision other) {
        if (!(one.requester() instanceof RequesterCriteria asks
                && other.requester() instanceof RequesterCriteria asked
                && one.resource() instanceof ResourceCriteria names
                && other.resource() instanceof ResourceCriteria named)) {
            return Match.CERTAINLY;
        }
        return requester(asks, asked)
                .and(data(names, named))
                .and(labels(names.labels(), one.effect(), named.labels(), other.effect()));
    }

    private static Match requester(RequesterCriteria one, RequesterCriteria other) {
        var possible = one.period().overlaps(other.period())
                && !areApart(one.actions(), other.actions())
                && !areOtherPeople(one.recipients(), other.recipients());
        if (!possible) {
            return Match.NO;
        }
        // A request that does not say why might be for either.
        return purposesMeet(one.purposes(), other.purposes()) ? Match.CERTAINLY : Match.POSSIBLY;
    }

    private static boolean purposesMeet(Collection<PurposeOfUse> one, Collection<PurposeOfUse> other) {
        return one.isEmpty()
                || other.isEmpty()
                || one.stream().anyMatch(each -> other.stream().anyMatch(that -> meet(each, that)));
    }

    private static boolean meet(PurposeOfUse one, PurposeOfUse other) {
        return one.isWithin(other) || other.isWithin(one);
    }

    private static Match data(ResourceCriteria one, ResourceCriteria other) {
        if (classesAreApart(one.classes(), other.classes())) {
            return Match.NO;
        }
        return datesMeet(one.dataPeriod(), other.dataPeriod()) ? Match.CERTAINLY : Match.POSSIBLY;
    }

    private static boolean datesMeet(@Nullable TimeSpan one, @Nullable TimeSpan other) {
        return one == null || other == null || one.overlaps(other);
    }

    /** Two resource types, or a type and documents of another type; a resource of any type may have any profile. */
    private static boolean classesAreApart(DataClasses one, DataClasses other) {
        return !one.isEmpty()
                && !other.isEmpty()
                && one.profiles().isEmpty()
                && other.profiles().isEmpty()
                && Collections.disjoint(typesOf(one), typesOf(other));
    }

    private static Collection<String> typesOf(DataClasses classes) {
        if (classes.documents().isEmpty()) {
            return classes.types();
        }
        var types = new java.util.HashSet<>(classes.types());
        types.add("DocumentReference");
        return types;
    }

    private static Match labels(LabelCriteria one, Effect says, LabelCriteria other, Effect said) {
        return LabelSamples.pairs(one, other).stream()
                .map(labels -> one.match(says, labels).and(other.match(said, labels)))
                .max(Match::compareTo)
                .orElse(Match.NO);
    }

    /** A requester has many organisations, roles and teams, but is one person and one client. */
    private static boolean areOtherPeople(List<String> one, List<String> other) {
        return areApart(one, other)
                && ((allAre(one, ONE_PERSON) && allAre(other, ONE_PERSON))
                        || (allAre(one, ONE_CLIENT) && allAre(other, ONE_CLIENT)));
    }

    private static boolean allAre(List<String> actors, List<String> types) {
        return actors.stream().allMatch(actor -> types.stream().anyMatch(actor::startsWith));
    }

    private static boolean areApart(Collection<?> one, Collection<?> other) {
        return !one.isEmpty() && !other.isEmpty() && Collections.disjoint(one, other);
    }
}
