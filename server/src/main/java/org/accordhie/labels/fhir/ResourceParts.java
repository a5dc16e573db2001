package org.accordhie.labels.fhir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.accordhie.redaction.fhir.InlineLabels;
import org.accordhie.vocabulary.ElementLabels;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Resource;

/**
 * A resource in parts that are released apart: what is open, and each element that carries labels. What such an element says
 * need not be a label of the whole, as far as it carries that label itself.
 */
final class ResourceParts {

    private ResourceParts() {}

    /**
     * One part.
     *
     * @param whole the resource
     * @param root the element where it begins
     * @param others where other parts begin
     * @param carried its labels
     */
    record Part(Resource whole, Base root, Set<Base> others, ElementLabels carried) {

        /** Whether an element is looked at with this part. */
        boolean holds(Base element) {
            return element == root || !(others.contains(element) || InlineLabels.isLabel(element));
        }
    }

    static List<Part> of(Resource resource) {
        var labelled = InlineLabels.in(resource);
        if (labelled.isEmpty()) {
            return List.of(new Part(resource, resource, Set.of(), ElementLabels.NONE));
        }
        Set<Base> roots = Collections.newSetFromMap(new IdentityHashMap<>());
        labelled.forEach(each -> roots.add(each.element()));
        var parts = new ArrayList<Part>();
        labelled.forEach(each -> parts.add(new Part(resource, each.element(), roots, each.labels())));
        narrativeOf(resource)
                .filter(roots::add)
                .ifPresent(narrative -> parts.add(new Part(resource, narrative, roots, all(labelled))));
        parts.add(new Part(resource, resource, roots, ElementLabels.NONE));
        return parts;
    }

    private static ElementLabels all(List<InlineLabels.Labelled> labelled) {
        return labelled.stream().map(InlineLabels.Labelled::labels).reduce(ElementLabels.NONE, ElementLabels::with);
    }

    /** It is told to nobody for whom an element is taken out, so it carries what all of them carry. */
    private static java.util.Optional<Narrative> narrativeOf(Resource resource) {
        return resource instanceof DomainResource narrated && narrated.hasText()
                ? java.util.Optional.of(narrated.getText())
                : java.util.Optional.empty();
    }
}
