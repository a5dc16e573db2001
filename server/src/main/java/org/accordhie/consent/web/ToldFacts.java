package org.accordhie.consent.web;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Optional;
import org.accordhie.consent.jpa.StoredFacts;
import org.accordhie.fhirserver.StoredText;
import org.accordhie.fhirserver.StoredVersion;
import org.accordhie.vocabulary.ResourceFacts;
import org.hl7.fhir.r4.model.Resource;

/**
 * The facts of resources about to be told: what was extracted when they were written, whichever way they were read. Thread-safe.
 */
final class ToldFacts {

    private final FhirContext context;
    private final StoredFacts stored;

    ToldFacts(FhirContext context, StoredFacts stored) {
        this.context = context;
        this.stored = stored;
    }

    /** Those of each. What was read with its facts brings them along; those of the others are found by one query. */
    List<ResourceFacts> of(List<Resource> told) {
        var parsed = told.stream()
                .filter(each -> StoredText.of(each).isEmpty())
                .map(ToldFacts::address)
                .toList();
        var found = parsed.isEmpty() ? List.<ResourceFacts>of() : stored.versions(parsed);
        var remaining = found.iterator();
        return told.stream()
                .map(each -> StoredText.of(each)
                        .map(text -> StoredFacts.of(text.facts()))
                        .orElseGet(remaining::next))
                .toList();
    }

    /** What was read with the one resource that is told; empty for others. */
    static Optional<StoredText.Beside> beside(List<Resource> told) {
        return told.size() == 1 ? StoredText.of(told.get(0)).map(StoredText::beside) : Optional.empty();
    }

    private static StoredFacts.Address address(Resource resource) {
        return new StoredFacts.Address(
                resource.fhirType(), resource.getIdElement().getIdPart(), StoredVersion.of(resource));
    }

    /** The resource with everything that it says. */
    Resource whole(Resource resource) {
        return StoredText.whole(resource, context);
    }
}
