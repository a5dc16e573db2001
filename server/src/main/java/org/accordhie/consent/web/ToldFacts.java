package org.accordhie.consent.web;

import ca.uhn.fhir.context.FhirContext;
import org.accordhie.consent.fhir.FactsReader;
import org.accordhie.consent.jpa.StoredFacts;
import org.accordhie.fhirserver.StoredText;
import org.accordhie.vocabulary.ResourceFacts;
import org.hl7.fhir.r4.model.Resource;

/**
 * The facts of resources about to be told: of those that were not parsed, what was extracted when they were written; of the
 * others, what they say now. Thread-safe.
 */
final class ToldFacts {

    private final FhirContext context;
    private final FactsReader reader;

    ToldFacts(FhirContext context, FactsReader reader) {
        this.context = context;
        this.reader = reader;
    }

    ResourceFacts of(Resource resource) {
        return StoredText.of(resource).map(text -> StoredFacts.of(text.facts())).orElseGet(() -> reader.read(resource));
    }

    /** The resource with everything that it says. */
    Resource whole(Resource resource) {
        return StoredText.whole(resource, context);
    }
}
