package org.accordhie.fhirserver;

import ca.uhn.fhir.jpa.dao.ISearchBuilder;
import ca.uhn.fhir.jpa.dao.SearchBuilderFactory;
import ca.uhn.fhir.jpa.model.dao.JpaPid;
import org.hl7.fhir.instance.model.api.IBaseResource;

/** Makes HAPI's searches such that they load what they found unparsed, where {@link Unparsed} says so. Thread-safe. */
final class TextSearches extends SearchBuilderFactory<JpaPid> {

    private final StoredReads stored;

    TextSearches(StoredReads stored) {
        this.stored = stored;
    }

    @Override
    public ISearchBuilder<JpaPid> newSearchBuilder(String type, Class<? extends IBaseResource> resourceType) {
        return new TextSearch(
                super.newSearchBuilder(type, resourceType), () -> super.newSearchBuilder(type, resourceType), stored);
    }
}
