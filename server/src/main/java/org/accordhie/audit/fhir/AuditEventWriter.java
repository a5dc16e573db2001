package org.accordhie.audit.fhir;

import java.util.Date;
import org.accordhie.audit.AccessRecord;
import org.accordhie.audit.AccessRecord.Outcome;
import org.accordhie.audit.RestfulInteraction;
import org.accordhie.audit.TrailReach;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;

/**
 * Writes a record of the trail as an AuditEvent, after the patterns of IHE BALP 1.1, and claims those that it meets. A record is
 * one event, with all its patients; what BALP has under other types of event is in {@link BalpViews}.
 */
public final class AuditEventWriter {

    /** The code system of {@code AuditEvent.type}. */
    public static final String TYPES = "http://terminology.hl7.org/CodeSystem/audit-event-type";

    /** The one code of that system that the trail has. */
    public static final String REST = "rest";

    private static final Coding APPLICATION_SERVER =
            new Coding("http://terminology.hl7.org/CodeSystem/security-source-type", "4", "Application Server");

    private final String base;
    private final Agents agents;

    /**
     * Writes the events of one server.
     *
     * @param base the server's own address
     */
    public AuditEventWriter(String base) {
        this.base = base;
        this.agents = new Agents(base);
    }

    /** The record as an AuditEvent of one version. */
    public AuditEvent write(AccessRecord accessed) {
        var interaction = accessed.call().interaction();
        var rested = RestedOn.read(accessed.evidence());
        var event = event(accessed, new Coding(TYPES, REST, "Restful Operation"), interaction.action());
        event.setId(new IdType(TrailReach.TYPE, accessed.id().toString(), "1"));
        event.getMeta()
                .setVersionId("1")
                .setLastUpdatedElement(event.getRecordedElement().copy());
        BalpProfiles.metBy(accessed).forEach(event.getMeta()::addProfile);
        if (!interaction.code().isEmpty()) {
            event.addSubtype(new Coding(RestfulInteraction.SYSTEM, interaction.code(), null));
        }
        agents.add(
                event,
                accessed,
                rested.laws().stream().map(law -> base + "/" + law).toList());
        Entities.add(event, accessed, rested.consents());
        return event;
    }

    /** What every event of a record says, whatever its type. */
    AuditEvent event(AccessRecord accessed, Coding type, String action) {
        var at = new InstantType(Date.from(accessed.at()));
        at.setTimeZoneZulu(true);
        var event = new AuditEvent();
        event.setType(type.copy());
        event.setAction(AuditEventAction.fromCode(action));
        event.setRecordedElement(at);
        event.setOutcome(AuditEventOutcome.fromCode(accessed.outcome().code()));
        if (accessed.outcome() != Outcome.SUCCESS) {
            event.setOutcomeDesc(description(accessed));
        }
        accessed.requester().purposes().stream()
                .sorted()
                .forEach(purpose -> event.addPurposeOfEvent(Agents.concept(purpose)));
        event.getSource().setSite(base).setObserver(agents.itself()).addType(APPLICATION_SERVER.copy());
        return event;
    }

    /** In words that are the same for each kind, whoever asked for whatever. */
    private static String description(AccessRecord accessed) {
        var status = accessed.status();
        return switch (status) {
            case 0 -> accessed.outcome() == Outcome.REFUSED ? "refused" : "failed";
            case 401 -> "no valid token";
            case 403 -> "not permitted";
            case 404, 410 -> "nothing there that the requester may see";
            default -> status < 500 ? "the request was not acceptable" : "the server failed";
        };
    }
}
