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
                readRequester(component, path, periodOf(component), problems),
                readResource(component, path, problems),
                readChildren(component, path, problems));
    }

    static boolean hasType(ProvisionComponent component) {
        return component.getType() != null && component.getType() != ConsentProvisionType.NULL;
    }

    static Effect effectOf(ProvisionComponent component) {
        return component.getType() == ConsentProvisionType.PERMIT ? Effect.PERMIT : Effect.DENY;
    }

    static TimeSpan periodOf(ProvisionComponent component) {
        var span = component.hasPeriod() ? ClinicalDates.spanOf(component.getPeriod()) : null;
        return span == null ? TimeSpan.ALWAYS : span;
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
                component.hasDataPeriod() ? ClinicalDates.spanOf(component.getDataPeriod()) : null,
                CriteriaReader.data(component, path, problems));
    }
}
