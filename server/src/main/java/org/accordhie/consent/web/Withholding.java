package org.accordhie.consent.web;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.model.api.ResourceMetadataKeyEnum;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.consent.fhir.FactsReader;
import org.accordhie.redaction.fhir.ElementRemoval;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Resource;

/** Takes out of released resources what in them is not for the requester. What storage gave is never changed. */
final class Withholding {

    private static final List<ResourceMetadataKeyEnum<?>> OF_ENTRIES = List.of(
            ResourceMetadataKeyEnum.ENTRY_SEARCH_MODE,
            ResourceMetadataKeyEnum.ENTRY_SEARCH_SCORE,
            ResourceMetadataKeyEnum.ENTRY_TRANSACTION_METHOD);

    private final HiddenReferences references;
    private final FactsReader factsReader;
    private final ElementRemoval removal;

    Withholding(FhirContext context, HiddenReferences references, FactsReader factsReader) {
        this.references = references;
        this.factsReader = factsReader;
        this.removal = new ElementRemoval(context);
    }

    /**
     * What is told instead of resources.
     *
     * @param facts those of the resources, in their order
     * @return by identity; what is not there is told as it is stored
     */
    Map<IBaseResource, IBaseResource> of(Requester requester, List<Resource> told, List<ResourceFacts> facts) {
        var hidden = references.in(facts, requester);
        if (hidden.isEmpty()) {
            return Map.of();
        }
        var instead = new IdentityHashMap<IBaseResource, IBaseResource>();
        for (int index = 0; index < told.size(); index++) {
            var each = facts.get(index);
            if (HiddenReferences.isMasked(requester, each) && !Collections.disjoint(each.references(), hidden)) {
                instead.put(told.get(index), without(told.get(index), hidden));
            }
        }
        return instead;
    }

    /** The narrative goes along: nothing says that it does not tell of what is referred to. */
    private Resource without(Resource stored, Set<String> hidden) {
        var copy = copy(stored);
        Set<Base> gone = factsReader
                .references(copy)
                .filter(each -> hidden.contains(each.address()))
                .map(FactsReader.Referred::reference)
                .collect(Collectors.toCollection(() -> Collections.newSetFromMap(new IdentityHashMap<>())));
        removal.remove(copy, gone);
        if (copy instanceof DomainResource narrated) {
            narrated.setText(null);
        }
        return copy;
    }

    private static Resource copy(Resource stored) {
        var copy = stored.copy();
        OF_ENTRIES.forEach(key -> copyKey(key, stored, copy));
        return copy;
    }

    private static <T> void copyKey(ResourceMetadataKeyEnum<T> key, Resource stored, Resource copy) {
        var value = key.get(stored);
        if (value != null) {
            key.put(copy, value);
        }
    }
}
