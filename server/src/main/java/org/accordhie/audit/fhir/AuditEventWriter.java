package org.accordhie.audit.fhir;

import java.nio.charset.StandardCharsets;
import java.util.Date;
import org.accordhie.audit.AccessRecord;
import org.accordhie.audit.RestfulInteraction;
import org.accordhie.audit.TrailReach;
import org.accordhie.vocabulary.PurposeOfUse;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentNetworkType;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Reference;

/**
 * Writes a record of the trail as an AuditEvent, after the patterns of IHE BALP 1.1: PatientRead, PatientQuery, Create,
 * Update, Delete.
 *
 * <p>It claims none of these profiles. They ask for the client's network address, which is not recorded, and for one event
 * for each patient of a search, where there is one for them all.
 */
public final class AuditEventWriter {

    /** The code system of {@code AuditEvent.type}. */
    public static final String TYPES = "http://terminology.hl7.org/CodeSystem/audit-event-type";

    /** The one code of that system that the trail has. */
    public static final String REST = "rest";

    private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
    private static final String PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    private static final String ENTITY_TYPE = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
    private static final String OBJECT_ROLE = "http://terminology.hl7.org/CodeSystem/object-role";

    private static final Coding SOURCE_ROLE = new Coding(DICOM, "110153", "Source Role ID");
    private static final Coding DESTINATION_ROLE = new Coding(DICOM, "110152", "Destination Role ID");
    private static final Coding APPLICATION = new Coding(DICOM, "110150", "Application");
    private static final Coding CUSTODIAN =
            new Coding("http://terminology.hl7.org/CodeSystem/provenance-participant-type", "custodian", "Custodian");
    private static final Coding RECIPIENT = new Coding(PARTICIPATION, "IRCP", "information recipient");
    private static final Coding AUTHOR = new Coding(PARTICIPATION, "AUT", "author (originator)");
    private static final Coding PROVIDER =
            new Coding("http://terminology.hl7.org/CodeSystem/v3-RoleClass", "PROV", "healthcare provider");
    private static final Coding APPLICATION_SERVER =
            new Coding("http://terminology.hl7.org/CodeSystem/security-source-type", "4", "Application Server");

    private final String base;

    /**
     * Writes the events of one server.
     *
     * @param base the server's own address
     */
    public AuditEventWriter(String base) {
        this.base = base;
    }

    /** The record as an AuditEvent of one version. */
    public AuditEvent write(AccessRecord accessed) {
        var interaction = accessed.call().interaction();
        var at = new InstantType(Date.from(accessed.at()));
        at.setTimeZoneZulu(true);
        var event = new AuditEvent();
        event.setId(new IdType(TrailReach.TYPE, accessed.id().toString(), "1"));
        event.getMeta().setVersionId("1").setLastUpdatedElement(at);
        event.setType(new Coding(TYPES, REST, "Restful Operation"));
        if (!interaction.code().isEmpty()) {
            event.addSubtype(new Coding(RestfulInteraction.SYSTEM, interaction.code(), null));
        }
        event.setAction(AuditEventAction.fromCode(interaction.action()));
        event.setRecordedElement(at.copy());
        event.setOutcome(AuditEventOutcome.fromCode(accessed.outcome().code()));
        accessed.requester().purposes().stream().sorted().forEach(purpose -> event.addPurposeOfEvent(concept(purpose)));
        addAgents(event, accessed, Roles.of(interaction));
        event.getSource().setSite(base).setObserver(server()).addType(APPLICATION_SERVER.copy());
        addEntities(event, accessed);
        return event;
    }

    private void addAgents(AuditEvent event, AccessRecord accessed, Roles roles) {
        var requester = accessed.requester();
        var client = event.addAgent().setType(concept(roles.client()));
        client.getWho().getIdentifier().setValue(requester.clientId());
        event.addAgent()
                .setType(concept(roles.server()))
                .setRequestor(false)
                .setWho(server())
                .getNetwork()
                .setAddress(base)
                .setType(AuditEventAgentNetworkType._5);
        event.addAgent().setType(concept(PROVIDER)).setRequestor(false).setWho(new Reference(requester.organization()));
        var user = requester.user() == null
                ? null
                : event.addAgent().setType(concept(roles.user())).setWho(new Reference(requester.user()));
        client.setRequestor(user == null);
        asks(user == null ? client : user, accessed);
    }

    /** There is one requestor, and the token is theirs. */
    private static void asks(AuditEventAgentComponent requestor, AccessRecord accessed) {
        var requester = accessed.requester();
        requestor.setRequestor(true);
        if (!requester.tokenId().isEmpty()) {
            requestor.addPolicy(requester.tokenId());
        }
        requester.purposes().stream().sorted().forEach(purpose -> requestor.addPurposeOfUse(concept(purpose)));
    }

    private static void addEntities(AuditEvent event, AccessRecord accessed) {
        if (!accessed.call().query().isEmpty()) {
            // Of what was refused, the address is the only trace.
            entity(event, "2", "System Object", "24", "Query")
                    .setQuery(accessed.call().query().getBytes(StandardCharsets.UTF_8));
        }
        accessed.patients().stream()
                .sorted()
                .forEach(patient -> entity(event, "1", "Person", "1", "Patient").setWhat(new Reference(patient)));
        accessed.resources().stream()
                .sorted()
                .forEach(resource -> entity(event, "2", "System Object", "4", "Domain Resource")
                        .setWhat(new Reference(resource)));
    }

    private static AuditEvent.AuditEventEntityComponent entity(
            AuditEvent event, String type, String typeName, String role, String roleName) {
        return event.addEntity()
                .setType(new Coding(ENTITY_TYPE, type, typeName))
                .setRole(new Coding(OBJECT_ROLE, role, roleName));
    }

    private Reference server() {
        var server = new Reference();
        server.getIdentifier().setValue(base);
        return server;
    }

    private static CodeableConcept concept(Coding coding) {
        return new CodeableConcept(coding.copy());
    }

    private static CodeableConcept concept(PurposeOfUse purpose) {
        return new CodeableConcept(new Coding(PurposeOfUse.SYSTEM, purpose.name(), null));
    }

    /**
     * What the agents of an access are to it. Source: IHE BALP 1.1; in a query, it is the question that flows.
     *
     * @param client the application's
     * @param server the exchange's
     * @param user the person's
     */
    private record Roles(Coding client, Coding server, Coding user) {

        static Roles of(RestfulInteraction interaction) {
            return switch (interaction) {
                case READ, VREAD, HISTORY_INSTANCE, HISTORY_TYPE, HISTORY_SYSTEM ->
                    new Roles(DESTINATION_ROLE, SOURCE_ROLE, RECIPIENT);
                case SEARCH_TYPE, SEARCH_SYSTEM, OPERATION, CAPABILITIES, OTHER ->
                    new Roles(SOURCE_ROLE, DESTINATION_ROLE, RECIPIENT);
                case CREATE, UPDATE, PATCH, TRANSACTION, BATCH -> new Roles(SOURCE_ROLE, DESTINATION_ROLE, AUTHOR);
                case DELETE -> new Roles(APPLICATION, CUSTODIAN, AUTHOR);
            };
        }
    }
}
