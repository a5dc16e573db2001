package org.accordhie.fhirserver;

import ca.uhn.fhir.jpa.dao.ISearchBuilder;
import ca.uhn.fhir.jpa.dao.SearchBuilderFactory;
import ca.uhn.fhir.jpa.model.dao.JpaPid;
import org.hl7.fhir.instance.model.api.IBaseResource;

/** Makes HAPI's searches such that they load what they found unparsed, where {@link Unparsed} says so. Thread-safe. */
final class TextSearches extends SearchBuilderFactory<JpaPid> {

    private final StoredReads stored;
    private final AccordProperties.Limits limits;

    TextSearches(StoredReads stored, AccordProperties.Limits limits) {
        this.stored = stored;
        this.limits = limits;
    }

    @Override
    public ISearchBuilder<JpaPid> newSearchBuilder(String type, Class<? extends IBaseResource> resourceType) {
        return new TextSearch(
                super.newSearchBuilder(type, resourceType),
                () -> super.newSearchBuilder(type, resourceType),
                stored,
                limits.maxPageSize());
    }
}
