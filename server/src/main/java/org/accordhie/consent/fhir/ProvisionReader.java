package org.accordhie.consent.fhir;

import java.util.ArrayList;
import java.util.List;
import org.accordhie.consent.Effect;
import org.accordhie.consent.Provision;
import org.accordhie.consent.RequesterCriteria;
import org.accordhie.consent.ResourceCriteria;
import org.accordhie.vocabulary.TimeSpan;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Period;
import org.jspecify.annotations.Nullable;

/** Reads provisions, to any depth. */
final class ProvisionReader {

    private ProvisionReader() {}

    /** The exceptions under a provision. */
    static List<Provision> readChildren(ProvisionComponent parent, String path, Problems problems) {
        var provisions = new ArrayList<Provision>();
        for (int index = 0; index < parent.getProvision().size(); index++) {
            provisions.add(read(parent.getProvision().get(index), path + ".provision[" + index + "]", problems));
        }
        return provisions;
    }

    private static Provision read(ProvisionComponent component, String path, Problems problems) {
        if (!hasType(component)) {
            problems.add(
                    path,
                    "has no type, and can be read in two ways: as an exception that permits, then write `permit` as its"
                            + " type; or as one that denies, then write `deny`");
        }
        return new Provision(
                path,
                effectOf(component),
                readRequester(component, path, periodOf(component, path, problems), problems),
                readResource(component, path, problems),
                readChildren(component, path, problems));
    }

    static boolean hasType(ProvisionComponent component) {
        return component.getType() != null && component.getType() != ConsentProvisionType.NULL;
    }

    static Effect effectOf(ProvisionComponent component) {
        return component.getType() == ConsentProvisionType.PERMIT ? Effect.PERMIT : Effect.DENY;
    }

    /** When it holds. */
    static TimeSpan periodOf(ProvisionComponent component, String path, Problems problems) {
        var span = component.hasPeriod() ? spanOf(component.getPeriod(), path + ".period", problems) : null;
        return span == null ? TimeSpan.ALWAYS : span;
    }

    /** Source: FHIR R4, invariant per-1. */
    private static @Nullable TimeSpan spanOf(Period period, String path, Problems problems) {
        var span = ClinicalDates.spanOf(period);
        if (span != null
                && span.from() != null
                && span.until() != null
                && span.until().isBefore(span.from())) {
            problems.add(path, "ends before it begins");
        }
        return span;
    }

    /** Who it speaks to, when it holds, and why. */
    static RequesterCriteria readRequester(
            ProvisionComponent component, String path, TimeSpan period, Problems problems) {
        Modifiers.check(component, path, problems);
        return new RequesterCriteria(
                period,
                ActorReader.recipients(component, path, problems),
                CriteriaReader.purposes(component, path, problems),
                CriteriaReader.actions(component, path, problems));
    }

    /** Which data it speaks of. */
    static ResourceCriteria readResource(ProvisionComponent component, String path, Problems problems) {
        return new ResourceCriteria(
                ActorReader.origins(component, path),
                CriteriaReader.classes(component, path, problems),
                CriteriaReader.codes(component, path, problems),
                CriteriaReader.labels(component, path, problems),
                component.hasDataPeriod() ? spanOf(component.getDataPeriod(), path + ".dataPeriod", problems) : null,
                CriteriaReader.data(component, path, problems));
    }
}
