package org.accordhie.audit.fhir;

import java.util.List;
import java.util.Optional;
import org.accordhie.audit.AccessRecord;
import org.accordhie.audit.AccessRecord.Outcome;
import org.accordhie.audit.RestfulInteraction;
import org.accordhie.audit.TrailReach;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;

/**
 * Further views of a record, which BALP has as events of other types: the decision that let data out, and the disclosure that
 * this was. They are made of the record when they are asked for, and are no events of their own: nothing is recorded twice.
 */
public final class BalpViews {

    private static final Coding SECURITY_ALERT = new Coding(Agents.DICOM, "110113", "Security Alert");
    private static final Coding BY_CONSENT =
            new Coding("https://profiles.ihe.net/ITI/BALP/CodeSystem/AuthZsubType", "AuthZ-Consent", null);
    private static final Coding AUTHORIZER = new Coding(
            "http://terminology.hl7.org/CodeSystem/extra-security-role-type", "authserver", "authorization server");
    private static final Coding EXPORT = new Coding(Agents.DICOM, "110106", "Export");
    private static final Coding DISCLOSE =
            new Coding("http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle", "disclose", null);

    private final AuditEventWriter writer;
    private final Agents agents;

    /**
     * Writes the views of one server's records.
     *
     * @param base the server's own address
     */
    public BalpViews(String base) {
        this.writer = new AuditEventWriter(base);
        this.agents = new Agents(base);
    }

    /**
     * The decision, as AuthZconsent. Empty where no consent was looked at, and where several patients are concerned: the record
     * keeps all their consents, but not whose is whose.
     */
    public Optional<AuditEvent> decision(AccessRecord accessed) {
        var consents = RestedOn.read(accessed.evidence()).consents();
        if (consents.isEmpty() || accessed.patients().size() != 1 || isOfUnknownOrigin(accessed)) {
            return Optional.empty();
        }
        var requester = accessed.requester();
        var event = writer.event(accessed, SECURITY_ALERT, "E");
        event.getMeta().addProfile(BalpProfiles.DECISION);
        event.addSubtype(BY_CONSENT.copy());
        Agents.client(event, accessed, Agents.APPLICATION);
        Agents.asks(Agents.principal(event, requester, Agents.RECIPIENT), requester);
        Agents.organization(event, requester);
        event.addAgent().setType(Agents.concept(AUTHORIZER)).setRequestor(false).setWho(agents.itself());
        accessed.patients().forEach(patient -> Entities.patient(event, patient));
        consents.forEach(consent -> Entities.consent(event, consent));
        if (!requester.tokenId().isEmpty()) {
            event.addEntity()
                    .setType(new Coding(Agents.TOKEN_HOLDERS, Agents.OAUTH_USER, null))
                    .getWhat()
                    .getIdentifier()
                    .setValue(Agents.token(requester));
        }
        return Optional.of(event);
    }

    /**
     * What was released to the requester's organisation, as PrivacyDisclosure.Source: one event for each patient. Each names the
     * record, and the resources where they are of that patient alone. Whether the law counts it is for the caller to say.
     */
    public List<AuditEvent> disclosures(AccessRecord accessed) {
        if (accessed.outcome() != Outcome.SUCCESS || isOfUnknownOrigin(accessed)) {
            return List.of();
        }
        return accessed.patients().stream()
                .sorted()
                .map(patient -> disclosure(accessed, patient))
                .toList();
    }

    private AuditEvent disclosure(AccessRecord accessed, String patient) {
        var requester = accessed.requester();
        var event = writer.event(accessed, EXPORT, "R");
        event.getMeta().addProfile(BalpProfiles.DISCLOSURE);
        event.addSubtype(DISCLOSE.copy());
        var interaction = accessed.call().interaction();
        if (!interaction.code().isEmpty()) {
            event.addSubtype(new Coding(RestfulInteraction.SYSTEM, interaction.code(), null));
        }
        agents.server(event, Agents.SOURCE_ROLE);
        Agents.client(event, accessed, Agents.DESTINATION_ROLE).setWho(new Reference(requester.organization()));
        Agents.asks(Agents.principal(event, requester, Agents.RECIPIENT), requester);
        Entities.patient(event, patient);
        Entities.resource(event, TrailReach.TYPE + "/" + accessed.id());
        if (accessed.patients().size() == 1) {
            accessed.resources().stream().sorted().forEach(resource -> Entities.resource(event, resource));
        }
        return event;
    }

    private static boolean isOfUnknownOrigin(AccessRecord accessed) {
        return accessed.call().address().isEmpty()
                || accessed.requester().organization().isEmpty();
    }
}
