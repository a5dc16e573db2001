package org.accordhie.redaction.web;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.model.RequestPartitionId;
import ca.uhn.fhir.jpa.model.entity.ResourceTable;
import ca.uhn.fhir.jpa.searchparam.extractor.ISearchParamExtractor;
import ca.uhn.fhir.jpa.searchparam.extractor.ResourceIndexedSearchParams;
import ca.uhn.fhir.jpa.searchparam.extractor.SearchParamExtractorService;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.storage.TransactionDetails;
import org.accordhie.redaction.fhir.InlineLabels;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;

/**
 * Indexes of a resource what is left without its labelled elements: nobody finds a resource by them, neither those from whom
 * they are taken nor others, since an index is one for all.
 */
final class IndexOfOpenElements extends SearchParamExtractorService {

    private final FhirContext context;

    IndexOfOpenElements(FhirContext context) {
        this.context = context;
    }

    @Override
    public void extractFromResource(
            RequestPartitionId partition,
            RequestDetails request,
            ResourceIndexedSearchParams found,
            ResourceIndexedSearchParams existing,
            ResourceTable entity,
            IBaseResource resource,
            TransactionDetails transaction,
            boolean failOnInvalidReference,
            ISearchParamExtractor.ISearchParamFilter filter) {
        super.extractFromResource(
                partition,
                request,
                found,
                existing,
                entity,
                resource instanceof Resource whole ? InlineLabels.without(context, whole) : resource,
                transaction,
                failOnInvalidReference,
                filter);
    }
}
