package org.accordhie.fhirserver;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.model.api.Include;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import ca.uhn.fhir.rest.api.SearchTotalModeEnum;
import ca.uhn.fhir.rest.api.SortOrderEnum;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.api.SummaryEnum;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.MethodNotAllowedException;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry.SearchParamLookupContextEnum;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of a search. What is not known is refused, since a parameter that is ignored answers another question.
 * Source: FHIR R4, Search.
 */
final class SearchReader {

    private static final Set<String> META =
            Set.of("_id", "_lastUpdated", "_has", "_profile", "_security", "_tag", "_source");
    private static final Set<String> PRESENTATION = Set.of("_format", "_pretty", "_elements", "_summary");

    /** Source: FHIR R4, Search, {@code _total}; the last is HAPI's word for the one before it. */
    private static final Set<String> TOTALS = Set.of("none", "accurate", "estimate", "estimated");

    /** What leads a reverse chain to the parameter at its end. */
    private static final String REVERSED = "^(?:_has:[^:]*+:[^:]*+:)++";

    /** It asks for what a reference says of its target instead of leading there, of which HAPI keeps no index. */
    private static final String IDENTIFIER = ":identifier";

    private static final Pattern MODIFIER = Pattern.compile(":([^.:]*)");

    /**
     * Those that are carried out; the others ask for value sets or code systems, which HAPI would look for where a request
     * sees no such table. Source: FHIR R4, Search, Modifiers.
     */
    private static final Set<String> MODIFIERS = Set.of("missing", "exact", "contains", "text", "not");

    /** Carried out for addresses, which say by themselves what is above what. */
    private static final Set<String> OF_ADDRESSES = Set.of("above", "below");

    private static final String CONTAINS = ":contains";

    private final FhirContext context;
    private final MatchUrlService queries;
    private final ISearchParamRegistry parameters;
    private final AccordProperties.Limits limits;

    SearchReader(
            FhirContext context,
            MatchUrlService queries,
            ISearchParamRegistry parameters,
            AccordProperties.Limits limits) {
        this.context = context;
        this.queries = queries;
        this.parameters = parameters;
        this.limits = limits;
    }

    /**
     * Reads a search of one type.
     *
     * @throws InvalidRequestException naming the parameter
     */
    SearchParameterMap read(String type, Map<String, String[]> asked) {
        var criteria = new ArrayList<String>();
        var result = new Result();
        asked.forEach((name, values) -> {
            for (var value : values) {
                if (!readResultParameter(type, name, value, result)) {
                    criteria.add(criterion(type, name, value));
                }
            }
        });
        var search = translate(type, criteria);
        search.setIncludes(result.includes);
        search.setRevIncludes(result.reverseIncludes);
        search.setSort(result.sort());
        search.setCount(result.count == null ? limits.pageSize() : Math.min(result.count, limits.maxPageSize()));
        search.setOffset(result.offset);
        search.setSearchTotalMode(result.total);
        search.setSummaryMode(result.summary);
        // A page is a search of its own, so a link carries no right of whoever got it.
        search.setLoadSynchronous(true);
        return search;
    }

    /**
     * Reads a search of one type in the compartment of a patient.
     *
     * @param patient the id
     * @throws InvalidRequestException naming the parameter
     */
    SearchParameterMap readWithin(String patient, String type, Map<String, String[]> asked) {
        return read(type, asked).add(RequestedInteraction.COMPARTMENT, new ReferenceParam("Patient", null, patient));
    }

    private SearchParameterMap translate(String type, List<String> criteria) {
        try {
            return queries.translateMatchUrl(
                    type + "?" + String.join("&", criteria), context.getResourceDefinition(type));
        } catch (DataFormatException | IllegalArgumentException malformed) {
            if (criteria.size() > 1) {
                criteria.forEach(criterion -> translate(type, List.of(criterion)));
            }
            var name = criteria.isEmpty() ? "" : criteria.get(0).split("=", 2)[0];
            throw new InvalidRequestException(
                    "the value of `" + Parameters.safe(name) + "` has not the form of its type", malformed);
        }
    }

    private String criterion(String type, String name, String value) {
        var plain = name.split("[:.]", 2)[0];
        var parameter = parameters.getActiveSearchParam(type, plain, SearchParamLookupContextEnum.SEARCH);
        var known = plain.startsWith("_")
                ? META.contains(plain)
                : parameter != null && !SearchForms.isUnanswered(type, plain);
        if (!known) {
            throw new InvalidRequestException("unknown search parameter `" + Parameters.safe(plain) + "` for " + type);
        }
        if (name.endsWith(IDENTIFIER)) {
            throw new InvalidRequestException("the modifier `identifier` of search parameter `" + Parameters.safe(plain)
                    + "` is not supported; a chain finds what a reference leads to: `" + Parameters.safe(plain)
                    + ".identifier`");
        }
        if (name.endsWith(CONTAINS)) {
            // HAPI says so too, or first that one of a chain's types lacks the parameter: which is chance.
            throw new MethodNotAllowedException("the modifier `contains` is not supported on this server");
        }
        if (!modifiersAreKnown(name.replaceFirst(REVERSED, ""), parameter)) {
            throw new InvalidRequestException("unknown modifier of search parameter `" + Parameters.safe(plain) + "`");
        }
        if (parameter != null && name.equals(plain) && !SearchForms.canBe(parameter.getParamType(), value)) {
            throw new InvalidRequestException(
                    "the value of `" + Parameters.safe(plain) + "` has not the form of its type");
        }
        return encode(name) + "=" + encode(value);
    }

    private static boolean modifiersAreKnown(String name, @Nullable RuntimeSearchParam parameter) {
        var ofAddresses = parameter != null && parameter.getParamType() == RestSearchParameterTypeEnum.URI;
        return MODIFIER.matcher(name)
                .results()
                .map(modifier -> modifier.group(1))
                .allMatch(modifier -> MODIFIERS.contains(modifier)
                        || ResourceTypes.STORED.contains(modifier)
                        || (ofAddresses && OF_ADDRESSES.contains(modifier)));
    }

    private boolean readResultParameter(String type, String name, String value, Result result) {
        var iterates = name.endsWith(":iterate") || name.endsWith(":recurse");
        switch (iterates ? name.substring(0, name.indexOf(':')) : name) {
            case "_include" -> result.includes.add(include(value, iterates));
            case "_revinclude" -> result.reverseIncludes.add(include(value, iterates));
            case "_sort" -> sorts(type, value, result);
            case "_count" -> result.count = Parameters.number(name, value);
            case "_offset" -> result.offset = Parameters.offset(value);
            case "_total" -> result.total = total(name, value);
            case "_summary" -> result.summary = Parameters.known(name, SummaryEnum.fromCode(value));
            default -> {
                return PRESENTATION.contains(name);
            }
        }
        return true;
    }

    /**
     * Where another is asked for, HAPI makes one up, from which what is included and hidden has been taken away. Instead these are
     * told how many there are as those are who ask for nothing ({@link TextSearch}).
     */
    private static @Nullable SearchTotalModeEnum total(String name, String value) {
        Parameters.known(name, TOTALS.contains(value) ? value : null);
        return value.equals("accurate") ? SearchTotalModeEnum.ACCURATE : null;
    }

    private Include include(String value, boolean iterates) {
        var parts = value.split(":", -1);
        if (!value.equals("*") && !value.endsWith(":*")) {
            var known = parts.length >= 2
                    && ResourceTypes.SERVED.contains(parts[0])
                    && parameters.getActiveSearchParam(parts[0], parts[1], SearchParamLookupContextEnum.SEARCH) != null;
            if (!known) {
                throw new InvalidRequestException("`_include` and `_revinclude` are `[type]:[reference parameter]`,"
                        + " with an optional `:[target type]`");
            }
        }
        return new Include(value, iterates);
    }

    private void sorts(String type, String value, Result result) {
        for (var key : value.split(",", -1)) {
            var descends = key.startsWith("-");
            var name = descends ? key.substring(1) : key;
            var parameter = parameters.getActiveSearchParam(type, name, SearchParamLookupContextEnum.SEARCH);
            // Sorting by a reference would order what is visible by what may be hidden.
            if (parameter == null || parameter.getParamType() == RestSearchParameterTypeEnum.REFERENCE) {
                throw new InvalidRequestException("cannot sort " + type + " by `" + Parameters.safe(name) + "`");
            }
            result.sorts.add(new SortSpec(name, descends ? SortOrderEnum.DESC : SortOrderEnum.ASC));
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The parameters that shape the answer, collected. */
    private static final class Result {
        private final Set<Include> includes = new java.util.LinkedHashSet<>();
        private final Set<Include> reverseIncludes = new java.util.LinkedHashSet<>();
        private final List<SortSpec> sorts = new ArrayList<>();
        private @Nullable Integer count;
        private int offset;
        private @Nullable SearchTotalModeEnum total;
        private @Nullable SummaryEnum summary;

        /** Ends with an order of all rows ({@link OrderOfIds}), without which pages of equal rows could overlap. */
        SortSpec sort() {
            var last = new SortSpec(Constants.PARAM_PID);
            for (int index = sorts.size() - 1; index >= 0; index--) {
                last = sorts.get(index).setChain(last);
            }
            return last;
        }
    }
}
