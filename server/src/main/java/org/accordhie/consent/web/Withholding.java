package org.accordhie.consent.web;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.model.api.ResourceMetadataKeyEnum;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.accordhie.consent.NamedElement;
import org.accordhie.consent.fhir.FactsReader;
import org.accordhie.consent.fhir.NamedElements;
import org.accordhie.consent.fhir.RedisclosureNotice;
import org.accordhie.fhirserver.StoredText;
import org.accordhie.redaction.fhir.ElementRemoval;
import org.accordhie.redaction.fhir.InlineLabels;
import org.accordhie.vocabulary.ElementLabels;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.SecurityLabel;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Resource;

/** Takes out of released resources what in them is not for the requester. What storage gave is never changed. */
final class Withholding {

    private static final List<ResourceMetadataKeyEnum<?>> OF_ENTRIES = List.of(
            ResourceMetadataKeyEnum.ENTRY_SEARCH_MODE,
            ResourceMetadataKeyEnum.ENTRY_SEARCH_SCORE,
            ResourceMetadataKeyEnum.ENTRY_TRANSACTION_METHOD);

    private final FhirContext context;
    private final HiddenReferences references;
    private final FactsReader factsReader;
    private final ElementRemoval removal;

    Withholding(FhirContext context, HiddenReferences references, FactsReader factsReader) {
        this.context = context;
        this.references = references;
        this.factsReader = factsReader;
        this.removal = new ElementRemoval(context);
    }

    /**
     * A resource about to be told.
     *
     * @param stored as storage gave it
     * @param facts its facts
     * @param redacted the labels of the elements that must be taken out
     * @param removed the elements that must be taken out by name
     */
    record Released(Resource stored, ResourceFacts facts, Set<ElementLabels> redacted, Set<NamedElement> removed) {

        /** With the whole resource, where more of it is needed than its facts. */
        private Released whole(FhirContext context) {
            return new Released(StoredText.whole(stored, context), facts, redacted, removed);
        }

        /** Whether policies keep something of it back; a narrative may tell it where no element does. */
        boolean isBounded() {
            return NamedElements.concern(stored, removed);
        }
    }

    /**
     * What is told instead of resources, by identity; what is not there is told as it is stored.
     *
     * @param there what can be referred to of all that they refer to; empty where it is to be asked for
     */
    Map<Resource, Resource> of(Requester requester, List<Released> told, Optional<Set<String>> there) {
        var hidden = references.in(told.stream().map(Released::facts).toList(), requester, there);
        var instead = new IdentityHashMap<Resource, Resource>();
        for (var each : told) {
            var isMasked = HiddenReferences.isMasked(requester, each.facts())
                    && !Collections.disjoint(each.facts().allReferences(), hidden);
            var isNoticed = RedisclosureNotice.isDue(requester, each.facts(), each.redacted());
            var isChanged = isMasked || isNoticed || !each.redacted().isEmpty();
            // What is told as it is stored need not be parsed.
            var whole = isChanged || !each.removed().isEmpty() ? each.whole(context) : each;
            if (isChanged || whole.isBounded()) {
                instead.put(each.stored(), told(whole, isMasked ? hidden : Set.of(), isMasked, isNoticed));
            }
        }
        return instead;
    }

    private Resource told(Released each, Set<String> hidden, boolean isMasked, boolean isNoticed) {
        var isBounded = isMasked || !each.redacted().isEmpty() || each.isBounded();
        var copy = isBounded ? without(each, hidden) : copy(each.stored());
        if (isNoticed) {
            RedisclosureNotice.add(copy.getMeta());
        }
        return copy;
    }

    /** The narrative goes along: nothing says that it does not tell of what is taken out. */
    private Resource without(Released told, Set<String> hidden) {
        var copy = copy(told.stored());
        var gone = InlineLabels.elements(copy, InlineLabels.in(copy), told.redacted()::contains);
        gone.addAll(NamedElements.in(copy, told.removed()));
        factsReader
                .references(copy)
                .filter(each -> hidden.contains(each.address()))
                .forEach(each -> gone.add(each.reference()));
        removal.remove(copy, gone);
        if (copy instanceof DomainResource narrated) {
            narrated.setText(null);
        }
        if (!told.redacted().isEmpty() || told.isBounded()) {
            mark(copy.getMeta());
        }
        return copy;
    }

    /** A reference to what is hidden leaves no mark, which would tell of it. */
    private static void mark(Meta meta) {
        meta.addSecurity(SecurityLabel.INTEGRITY_SYSTEM, SecurityLabel.SUBSETTED, null);
        meta.addSecurity(SecurityLabel.INTEGRITY_SYSTEM, SecurityLabel.REDACTED, null);
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
