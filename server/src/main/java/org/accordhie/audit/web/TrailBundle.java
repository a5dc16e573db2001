package org.accordhie.audit.web;

import ca.uhn.fhir.rest.api.Constants;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.audit.TrailQuery;
import org.accordhie.audit.TrailReach;
import org.accordhie.audit.fhir.AuditEventWriter;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;

/** A page of the trail as a searchset. Its links carry no right; each page is a search of its own. */
final class TrailBundle {

    private final String address;
    private final AuditEventWriter writer;

    /**
     * Writes the pages of one server.
     *
     * @param base the server's own address
     */
    TrailBundle(String base, AuditEventWriter writer) {
        this.address = base + "/" + TrailReach.TYPE;
        this.writer = writer;
    }

    /** The page that was asked for with these parameters. */
    Bundle of(Map<String, String[]> asked, TrailQuery query, TrailEnforcement.Reading reading) {
        var bundle = new Bundle().setType(BundleType.SEARCHSET).setTotal(reading.total());
        for (var accessed : reading.records()) {
            bundle.addEntry()
                    .setFullUrl(address + "/" + accessed.id())
                    .setResource(writer.write(accessed))
                    .getSearch()
                    .setMode(SearchEntryMode.MATCH);
        }
        var parameters = new LinkedHashMap<String, List<String>>();
        asked.forEach((name, values) -> parameters.put(name, List.of(values)));
        link(bundle, Constants.LINK_SELF, parameters);
        addPages(bundle, parameters, query, reading.at());
        return bundle;
    }

    private void addPages(Bundle bundle, Map<String, List<String>> parameters, TrailQuery query, Instant at) {
        var count = query.page().count();
        var offset = query.page().offset();
        if (count == 0) {
            return;
        }
        if (!query.endsBy(at)) {
            // What is recorded from now on, the reading of these pages among it, would push them on.
            parameters.merge(TrailCriteria.DATE, List.of("lt" + at), TrailBundle::both);
        }
        parameters.put(Constants.PARAM_COUNT, List.of(String.valueOf(count)));
        if (offset < bundle.getTotal() - count) {
            parameters.put(Constants.PARAM_OFFSET, List.of(String.valueOf(offset + count)));
            link(bundle, Constants.LINK_NEXT, parameters);
        }
        if (offset > 0) {
            parameters.put(Constants.PARAM_OFFSET, List.of(String.valueOf(Math.max(0, offset - count))));
            link(bundle, Constants.LINK_PREVIOUS, parameters);
        }
    }

    private void link(Bundle bundle, String relation, Map<String, List<String>> parameters) {
        var query = parameters.entrySet().stream()
                .flatMap(each -> each.getValue().stream().map(value -> encode(each.getKey()) + "=" + encode(value)))
                .collect(Collectors.joining("&"));
        bundle.addLink().setRelation(relation).setUrl(query.isEmpty() ? address : address + "?" + query);
    }

    private static List<String> both(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
