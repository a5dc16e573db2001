package org.accordhie.labels.fhir;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.accordhie.labels.fhir.ResourceParts.Part;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * The references by which a resource tells what another is about: whoever sees the prescription knows the drug, and whoever
 * sees the visit's diagnosis knows the condition. An encounter's labels are not taken over, or one sensitive finding would
 * hide the blood pressure of that day. A Provenance names everything of a push and tells nothing of it.
 */
public final class TellingReferences {

    /** Types whose labels go over to what refers to them, in the order in which they may refer to each other. */
    public static final List<String> TELLING = List.of("Condition", "Medication", "MedicationRequest");

    private TellingReferences() {}

    /** The place in the order in which resources must be labelled, so that what they refer to is labelled before. */
    public static int order(String type) {
        var place = TELLING.indexOf(type);
        return place < 0 ? TELLING.size() : place;
    }

    /** Whether what refers to this type takes its labels over. */
    public static boolean isTelling(String type) {
        return TELLING.contains(type);
    }

    /** The addresses, as {@code [type]/[id]}, that a resource takes labels over from. */
    public static Set<String> of(Resource resource) {
        var addresses = new LinkedHashSet<String>();
        ResourceParts.of(resource).forEach(part -> addresses.addAll(of(part)));
        return addresses;
    }

    static Set<String> of(Part part) {
        var addresses = new LinkedHashSet<String>();
        if (!part.whole().fhirType().equals("Provenance")) {
            collect(part, part.root(), addresses);
        }
        return addresses;
    }

    private static void collect(Part part, Base element, Set<String> addresses) {
        if (!part.holds(element)) {
            return;
        }
        if (element instanceof Reference reference && reference.hasReference()) {
            var id = reference.getReferenceElement();
            if (id.hasIdPart() && id.hasResourceType() && isTelling(id.getResourceType())) {
                addresses.add(id.getResourceType() + "/" + id.getIdPart());
            }
        }
        element.children().forEach(property -> property.getValues().forEach(child -> collect(part, child, addresses)));
    }
}
