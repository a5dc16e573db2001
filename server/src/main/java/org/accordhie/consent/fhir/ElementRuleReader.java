package org.accordhie.consent.fhir;

import java.util.ArrayList;
import java.util.List;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.consent.ContextCriteria;
import org.accordhie.consent.DataCriteria;
import org.accordhie.consent.Effect;
import org.accordhie.consent.ElementRule;
import org.accordhie.consent.NamedElement;
import org.accordhie.consent.Provision;
import org.accordhie.consent.RequesterCriteria;
import org.accordhie.consent.ResourceCriteria;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.StringType;

/** Reads which elements a policy takes out. FHIR R4 has no element for it. */
final class ElementRuleReader {

    /** On a provision that permits, an element that is taken out of what its requesters get. */
    static final String REDACT = "https://accordhie.org/fhir/StructureDefinition/redact";

    private static final String ROOT = "Consent.provision";

    private ElementRuleReader() {}

    /**
     * One provision with what it was read to.
     *
     * @param component as it is written
     * @param path where it stands
     * @param effect what it says
     * @param resource which data it speaks of
     * @param criteria who it speaks to, and who those speak to which it stands in
     * @param isOfAnything whether what it stands in names no data
     */
    private record Place(
            ProvisionComponent component,
            String path,
            Effect effect,
            DataCriteria resource,
            List<ContextCriteria> criteria,
            boolean isOfAnything) {

        boolean namesNoData() {
            return isOfAnything && resource.equals(ResourceCriteria.ANYTHING);
        }

        Place at(int index, Provision provision, List<ContextCriteria> outer, boolean ofAnything) {
            var all = new ArrayList<>(outer);
            all.add(provision.requester());
            return new Place(
                    component.getProvision().get(index),
                    provision.path(),
                    provision.effect(),
                    provision.resource(),
                    all,
                    ofAnything);
        }
    }

    /** Adds a problem for every place of a patient's consent that would take elements out. */
    static void refuse(Consent consent, Problems problems) {
        if (consent.hasExtension(REDACT)) {
            problems.add("Consent.extension", "takes elements out, which policies alone do");
        }
        refuse(consent.getProvision(), ROOT, problems);
    }

    private static void refuse(ProvisionComponent component, String path, Problems problems) {
        if (component.hasExtension(REDACT)) {
            problems.add(path + ".extension", "takes elements out, which policies alone do");
        }
        for (int index = 0; index < component.getProvision().size(); index++) {
            refuse(component.getProvision().get(index), path + ".provision[" + index + "]", problems);
        }
    }

    /**
     * Reads what a policy takes out.
     *
     * @param rule what it was read to
     * @throws UnenforceableConsent with the place and the reason
     */
    static List<ElementRule> read(Consent consent, Computable rule) throws UnenforceableConsent {
        if (consent.hasExtension(REDACT)) {
            throw new UnenforceableConsent("Consent.extension", "belongs on a provision that permits");
        }
        var found = new ArrayList<ElementRule>();
        var root =
                new Place(consent.getProvision(), ROOT, rule.base(), rule.resource(), List.of(rule.requester()), true);
        read(root, found);
        // The root's criteria bound what it says itself, and not its exceptions.
        for (int index = 0; index < rule.provisions().size(); index++) {
            readAll(
                    root.at(index, rule.provisions().get(index), List.of(), true),
                    rule.provisions().get(index),
                    found);
        }
        return found;
    }

    private static void readAll(Place place, Provision provision, List<ElementRule> found) throws UnenforceableConsent {
        read(place, found);
        for (int index = 0; index < provision.provisions().size(); index++) {
            var exception = provision.provisions().get(index);
            readAll(place.at(index, exception, place.criteria(), place.namesNoData()), exception, found);
        }
    }

    private static void read(Place place, List<ElementRule> found) throws UnenforceableConsent {
        var elements = elementsOf(place);
        if (elements.isEmpty()) {
            return;
        }
        if (place.effect() != Effect.PERMIT) {
            throw new UnenforceableConsent(
                    place.path() + ".extension", "takes elements out, which only a provision that permits can");
        }
        if (!place.namesNoData()) {
            throw new UnenforceableConsent(
                    place.path(),
                    "takes elements out, so it may say by recipients, purposes, actions and period only when it holds");
        }
        if (place.component().hasProvision()) {
            throw new UnenforceableConsent(place.path() + ".provision", "must be absent where elements are taken out");
        }
        found.add(new ElementRule(
                place.criteria().stream().map(RequesterCriteria.class::cast).toList(), elements));
    }

    private static List<NamedElement> elementsOf(Place place) throws UnenforceableConsent {
        var elements = new ArrayList<NamedElement>();
        var extensions = place.component().getExtension();
        for (int index = 0; index < extensions.size(); index++) {
            var extension = extensions.get(index);
            if (REDACT.equals(extension.getUrl())) {
                var name = extension.getValue() instanceof StringType text ? String.valueOf(text.getValue()) : "";
                elements.add(NamedElements.read(name, place.path() + ".extension[" + index + "]"));
            }
        }
        return elements;
    }
}
