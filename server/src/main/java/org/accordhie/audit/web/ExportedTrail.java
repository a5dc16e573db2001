package org.accordhie.audit.web;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.accordhie.audit.TrailQuery;
import org.accordhie.audit.TrailReach;
import org.accordhie.audit.TrailSpan;
import org.accordhie.audit.TrailSpan.Mark;
import org.accordhie.audit.fhir.AuditEventWriter;
import org.accordhie.audit.fhir.TrailExport;
import org.accordhie.audit.jpa.TrailRows;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.smart.AccessGrant;
import org.accordhie.vocabulary.Interaction;
import org.hl7.fhir.r4.model.AuditEvent;
import org.springframework.stereotype.Component;

/** Tells an export of the trail by the rule that holds for its routes. */
@Component
final class ExportedTrail implements TrailExport {

    private final TrailEnforcement enforcement;
    private final TrailRows rows;
    private final AuditEventWriter writer;

    ExportedTrail(TrailEnforcement enforcement, TrailRows rows, AccordProperties properties) {
        this.enforcement = enforcement;
        this.rows = rows;
        this.writer = new AuditEventWriter(properties.baseUrl().toString());
    }

    @Override
    public List<Mark> list(AccessGrant grant, TrailSpan span, Mark after, int limit) {
        rows.open(TrailReach.of(grant, Interaction.SEARCH_TYPE));
        return rows.after(after, span, limit);
    }

    @Override
    public List<AuditEvent> read(RequestedInteraction asked, List<UUID> events) {
        var ids = new TrailQuery.Condition(
                TrailQuery.Element.ID, events.stream().map(UUID::toString).collect(Collectors.toUnmodifiableSet()));
        var query = new TrailQuery(
                List.of(ids), List.of(), TrailQuery.Order.OLDEST_FIRST, new TrailQuery.Page(events.size(), 0));
        return enforcement.read(asked, (at, reach) -> rows.search(reach.within(query))).records().stream()
                .map(writer::write)
                .toList();
    }
}
