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
    static List<Provision> readChildren(ProvisionComponent parent, String path) throws UnenforceableConsent {
        var provisions = new ArrayList<Provision>();
        for (int index = 0; index < parent.getProvision().size(); index++) {
            provisions.add(read(parent.getProvision().get(index), path + ".provision[" + index + "]"));
        }
        return provisions;
    }

    private static Provision read(ProvisionComponent component, String path) throws UnenforceableConsent {
        if (!hasType(component)) {
            throw new UnenforceableConsent(path, "has no type; say `permit` or `deny`");
        }
        return new Provision(
                path,
                effectOf(component),
                readRequester(component, path, periodOf(component)),
                readResource(component, path),
                readChildren(component, path));
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
    static RequesterCriteria readRequester(ProvisionComponent component, String path, TimeSpan period)
            throws UnenforceableConsent {
        Modifiers.refuse(component, path);
        return new RequesterCriteria(
                period,
                ActorReader.recipients(component, path),
                CriteriaReader.purposes(component, path),
                CriteriaReader.actions(component, path));
    }

    /** Which data it speaks of. */
    static ResourceCriteria readResource(ProvisionComponent component, String path) throws UnenforceableConsent {
        return new ResourceCriteria(
                ActorReader.origins(component, path),
                CriteriaReader.classes(component, path),
                CriteriaReader.codes(component, path),
                CriteriaReader.labels(component, path),
                component.hasDataPeriod() ? ClinicalDates.spanOf(component.getDataPeriod()) : null,
                CriteriaReader.data(component, path));
    }
}
