package org.accordhie.audit.web;

import ca.uhn.fhir.rest.api.QualifiedParamList;
import ca.uhn.fhir.rest.api.SearchTotalModeEnum;
import ca.uhn.fhir.rest.api.SummaryEnum;
import ca.uhn.fhir.rest.param.ParameterUtil;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.accordhie.audit.RecordedSpan;
import org.accordhie.audit.TrailQuery;
import org.accordhie.audit.TrailQuery.Condition;
import org.accordhie.audit.TrailQuery.Order;
import org.accordhie.audit.TrailQuery.Page;
import org.accordhie.audit.TrailReach;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.fhirserver.Parameters;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceSearchParamComponent;

/**
 * Reads the parameters of a search of AuditEvent. What is not known is refused, as in every search of this exchange.
 * Source: FHIR R4, Search, and AuditEvent.
 */
final class TrailParameters {

    private static final Set<String> PRESENTATION = Set.of("_format", "_pretty", "_elements");

    private final AccordProperties.Limits limits;
    private final TrailCriteria criteria;

    /**
     * Reads the searches of one server.
     *
     * @param base the server's own address, which references may carry
     */
    TrailParameters(String base, AccordProperties.Limits limits) {
        this.limits = limits;
        this.criteria = new TrailCriteria(base);
    }

    /** What the CapabilityStatement tells of them. */
    List<CapabilityStatementRestResourceSearchParamComponent> capabilities() {
        return criteria.capabilities();
    }

    /**
     * Reads a search.
     *
     * @throws InvalidRequestException naming the parameter
     */
    TrailQuery read(Map<String, String[]> asked) {
        var search = new Search(limits.pageSize());
        asked.forEach((name, values) -> {
            for (var value : values) {
                if (!search.readResultParameter(name, value, limits.maxPageSize())) {
                    readCriterion(name, value, search);
                }
            }
        });
        var count = search.countsOnly ? 0 : search.count;
        return new TrailQuery(search.conditions, search.recorded, search.order, new Page(count, search.offset));
    }

    private void readCriterion(String name, String value, Search search) {
        var values = QualifiedParamList.splitQueryStringByCommasIgnoreEscape(null, value).stream()
                .map(ParameterUtil::unescape)
                .toList();
        if (name.equals(TrailCriteria.DATE)) {
            search.recorded.add(values.stream()
                    .map(each -> RecordedSpan.parse(each).orElseThrow(() -> TrailCriteria.malformed(name)))
                    .toList());
        } else {
            search.conditions.add(criteria.read(name, values));
        }
    }

    /** What was read so far. */
    private static final class Search {
        private final List<Condition> conditions = new ArrayList<>();
        private final List<List<RecordedSpan>> recorded = new ArrayList<>();
        private Order order = Order.NEWEST_FIRST;
        private int count;
        private int offset;
        private boolean countsOnly;

        Search(int count) {
            this.count = count;
        }

        private boolean readResultParameter(String name, String value, int most) {
            switch (name) {
                case "_count" -> count = Math.min(Parameters.number(name, value), most);
                case "_offset" -> offset = Parameters.offset(value);
                // The total is always exact.
                case "_total" -> Parameters.known(name, SearchTotalModeEnum.fromCode(value));
                case "_summary" ->
                    countsOnly = Parameters.known(name, SummaryEnum.fromCode(value)) == SummaryEnum.COUNT;
                case "_sort" -> order = order(value);
                default -> {
                    return PRESENTATION.contains(name);
                }
            }
            return true;
        }

        private static Order order(String value) {
            return switch (value) {
                case "date" -> Order.OLDEST_FIRST;
                case "-date" -> Order.NEWEST_FIRST;
                default ->
                    throw new InvalidRequestException(
                            "cannot sort " + TrailReach.TYPE + " by `" + Parameters.safe(value) + "`");
            };
        }
    }
}
