package org.accordhie.consent;

import java.util.Collection;
import java.util.Set;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.TimeSpan;
import org.jspecify.annotations.Nullable;

/**
 * Whether one rule surely speaks wherever another does. It is never said wrongly; it may go unsaid, since who belongs to whom
 * and what stands in a value set is not known here.
 */
final class Coverage {

    private Coverage() {}

    /** Whether the wider rule fires for every question for which the narrower one does. */
    static boolean covers(Provision wider, Provision narrower) {
        return wider.requester() instanceof RequesterCriteria asks
                && narrower.requester() instanceof RequesterCriteria asked
                && wider.resource() instanceof ResourceCriteria names
                && narrower.resource() instanceof ResourceCriteria named
                && coversRequester(asks, asked)
                && coversData(names, named)
                && coversLabels(names.labels(), wider.effect(), named.labels(), narrower.effect());
    }

    private static boolean coversRequester(RequesterCriteria wider, RequesterCriteria narrower) {
        return wider.period().contains(narrower.period())
                && holdsAll(wider.recipients(), narrower.recipients())
                && holdsAll(wider.actions(), narrower.actions())
                && coversPurposes(wider.purposes(), narrower.purposes());
    }

    /** Whether every purpose named is one of the wider ones or below it; naming none means all of them. */
    static boolean coversPurposes(Collection<PurposeOfUse> wider, Collection<PurposeOfUse> narrower) {
        return wider.isEmpty()
                || (!narrower.isEmpty()
                        && narrower.stream().allMatch(purpose -> wider.stream().anyMatch(purpose::isWithin)));
    }

    private static boolean coversData(ResourceCriteria wider, ResourceCriteria narrower) {
        return holdsAll(wider.origins(), narrower.origins())
                && coversClasses(wider.classes(), narrower.classes())
                && holdsAll(wider.codes().codes(), narrower.codes().codes(), wider.codes(), narrower.codes())
                && coversDates(wider.dataPeriod(), narrower.dataPeriod())
                && holdsAll(wider.data(), narrower.data());
    }

    private static boolean coversClasses(ResourceCriteria.DataClasses wider, ResourceCriteria.DataClasses narrower) {
        return wider.isEmpty()
                || (!narrower.isEmpty()
                        && wider.types().containsAll(narrower.types())
                        && wider.profiles().containsAll(narrower.profiles())
                        && (wider.types().contains("DocumentReference")
                                || wider.documents().containsAll(narrower.documents())));
    }

    private static boolean coversDates(@Nullable TimeSpan wider, @Nullable TimeSpan narrower) {
        return wider == null || (narrower != null && wider.contains(narrower));
    }

    /** One sensitivity is enough to tell, see {@link LabelSamples}; two do no harm. */
    private static boolean coversLabels(LabelCriteria wider, Effect says, LabelCriteria narrower, Effect said) {
        return LabelSamples.pairs(wider, narrower).stream()
                .allMatch(labels -> !narrower.match(said, labels).fires(said)
                        || wider.match(says, labels).fires(says));
    }

    private static boolean holdsAll(Collection<?> wider, Collection<?> narrower) {
        return wider.isEmpty() || (!narrower.isEmpty() && wider.containsAll(narrower));
    }

    private static boolean holdsAll(
            Set<?> wider,
            Set<?> narrower,
            ResourceCriteria.DataCodes widerCodes,
            ResourceCriteria.DataCodes narrowerCodes) {
        return widerCodes.isEmpty()
                || (!narrowerCodes.isEmpty()
                        && wider.containsAll(narrower)
                        && widerCodes.valueSets().containsAll(narrowerCodes.valueSets()));
    }
}
