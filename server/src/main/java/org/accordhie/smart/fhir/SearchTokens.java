package org.accordhie.smart.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamToken;
import ca.uhn.fhir.jpa.searchparam.extractor.ISearchParamExtractor;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry.SearchParamLookupContextEnum;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.accordhie.redaction.fhir.InlineLabels;
import org.accordhie.smart.GranularParameters;
import org.accordhie.smart.SearchToken;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;

/**
 * The codes by which granular scopes choose among resources, found as HAPI's own search index finds them. The one extractor, used
 * when a resource is written and when it leaves. Thread-safe.
 */
public final class SearchTokens {

    private final FhirContext context;
    private final ISearchParamExtractor extractor;
    private final ISearchParamRegistry parameters;

    public SearchTokens(FhirContext context, ISearchParamExtractor extractor, ISearchParamRegistry parameters) {
        this.context = context;
        this.extractor = extractor;
        this.parameters = parameters;
    }

    /** Those of a resource, but for its labelled elements, by which nothing is searched. */
    public Set<SearchToken> of(IBaseResource whole) {
        var tokens = new HashSet<SearchToken>();
        var resource = whole instanceof Resource some ? InlineLabels.without(context, some) : whole;
        for (var name : GranularParameters.of(resource.fhirType())) {
            var parameter =
                    parameters.getActiveSearchParam(resource.fhirType(), name, SearchParamLookupContextEnum.INDEX);
            if (parameter != null) {
                extractor.extractSearchParamTokens(resource, parameter).stream()
                        .filter(ResourceIndexedSearchParamToken.class::isInstance)
                        .map(ResourceIndexedSearchParamToken.class::cast)
                        .filter(token -> token.getValue() != null)
                        .map(token -> new SearchToken(
                                name, Objects.requireNonNullElse(token.getSystem(), ""), token.getValue()))
                        .forEach(tokens::add);
            }
        }
        return tokens;
    }

    /** The numbers under which an index holds them. */
    public static Long[] numbersOf(Collection<SearchToken> tokens) {
        return tokens.stream()
                .flatMap(token -> token.hashes().stream())
                .distinct()
                .sorted()
                .toArray(Long[]::new);
    }
}
