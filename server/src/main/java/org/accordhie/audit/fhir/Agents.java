package org.accordhie.audit.fhir;

import java.util.List;
import org.accordhie.audit.AccessRecord;
import org.accordhie.audit.RestfulInteraction;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentNetworkType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;

/** Writes who took part in an access. Source: IHE BALP 1.1, "RESTful activities" and "Security token". */
final class Agents {

    static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";

    /** The code system of the agent whose token it is. */
    static final String TOKEN_HOLDERS = "https://profiles.ihe.net/ITI/BALP/CodeSystem/UserAgentTypes";

    static final String OAUTH_USER = "UserOauthAgent";

    private static final String PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";

    static final Coding SOURCE_ROLE = new Coding(DICOM, "110153", "Source Role ID");
    static final Coding DESTINATION_ROLE = new Coding(DICOM, "110152", "Destination Role ID");
    static final Coding APPLICATION = new Coding(DICOM, "110150", "Application");
    static final Coding RECIPIENT = new Coding(PARTICIPATION, "IRCP", "information recipient");

    private static final Coding CUSTODIAN =
            new Coding("http://terminology.hl7.org/CodeSystem/provenance-participant-type", "custodian", "Custodian");
    private static final Coding AUTHOR = new Coding(PARTICIPATION, "AUT", "author (originator)");
    private static final Coding PROVIDER =
            new Coding("http://terminology.hl7.org/CodeSystem/v3-RoleClass", "PROV", "healthcare provider");
    private static final Coding TOKEN_USER = new Coding(TOKEN_HOLDERS, OAUTH_USER, null);

    private final String base;

    /**
     * Writes the agents of one server's events.
     *
     * @param base the server's own address
     */
    Agents(String base) {
        this.base = base;
    }

    /** The application, the exchange with the laws that it applied, the organisation, and the person where there is one. */
    void add(AuditEvent event, AccessRecord accessed, List<String> laws) {
        var requester = accessed.requester();
        var roles = Roles.of(accessed.call().interaction());
        var client = client(event, accessed, roles.client());
        if (roles.client() != APPLICATION && !requester.clientId().isEmpty()) {
            client.getType().addCoding(APPLICATION.copy());
        }
        var server = server(event, roles.server());
        laws.forEach(server::addPolicy);
        organization(event, requester);
        if (requester.user() == null) {
            asks(client, requester);
        } else {
            asks(principal(event, requester, roles.user()), requester);
        }
    }

    /** The application, as far as it is known: of a request without a token, its network address alone. */
    static AuditEventAgentComponent client(AuditEvent event, AccessRecord accessed, Coding role) {
        var client = event.addAgent().setType(concept(role)).setRequestor(false);
        if (!accessed.requester().clientId().isEmpty()) {
            client.getWho().getIdentifier().setValue(accessed.requester().clientId());
        }
        if (!accessed.call().address().isEmpty()) {
            client.getNetwork().setAddress(accessed.call().address()).setType(AuditEventAgentNetworkType._2);
        }
        return client;
    }

    /** The exchange. */
    AuditEventAgentComponent server(AuditEvent event, Coding role) {
        var server = event.addAgent().setType(concept(role)).setRequestor(false).setWho(itself());
        server.getNetwork().setAddress(base).setType(AuditEventAgentNetworkType._5);
        return server;
    }

    static void organization(AuditEvent event, Requester requester) {
        if (!requester.organization().isEmpty()) {
            event.addAgent()
                    .setType(concept(PROVIDER))
                    .setRequestor(false)
                    .setWho(new Reference(requester.organization()));
        }
    }

    /** Whose token it is: the person, or the application where it asks for itself. */
    static AuditEventAgentComponent principal(AuditEvent event, Requester requester, Coding role) {
        var who = new Reference();
        if (requester.user() == null) {
            who.getIdentifier().setValue(requester.clientId());
        } else {
            who.setReference(requester.user()).getIdentifier().setValue(requester.user());
        }
        var agent = event.addAgent().setType(concept(role)).setWho(who);
        if (!requester.tokenId().isEmpty()) {
            agent.getType().addCoding(TOKEN_USER.copy());
        }
        return agent;
    }

    /** There is one requestor, and the token is theirs. */
    static void asks(AuditEventAgentComponent requestor, Requester requester) {
        requestor.setRequestor(true);
        if (!requester.tokenId().isEmpty()) {
            requestor.addPolicy(token(requester));
        }
        requester.purposes().stream().sorted().forEach(purpose -> requestor.addPurposeOfUse(concept(purpose)));
    }

    /** The token, by its {@code jti}. Source: BALP, OAUTHaccessTokenUse.Minimal. */
    static String token(Requester requester) {
        return "urn:ietf:params:oauth:jti:" + requester.tokenId();
    }

    /** How the exchange names itself, as source and as agent. */
    Reference itself() {
        var server = new Reference();
        server.getIdentifier().setValue(base);
        return server;
    }

    static CodeableConcept concept(Coding coding) {
        return new CodeableConcept(coding.copy());
    }

    static CodeableConcept concept(PurposeOfUse purpose) {
        return new CodeableConcept(new Coding(PurposeOfUse.SYSTEM, purpose.name(), null));
    }

    /**
     * What the agents of an access are to it. In a query, it is the question that flows.
     *
     * @param client the application's
     * @param server the exchange's
     * @param user the person's
     */
    private record Roles(Coding client, Coding server, Coding user) {

        static Roles of(RestfulInteraction interaction) {
            return switch (interaction) {
                case READ, VREAD, HISTORY_INSTANCE, HISTORY_TYPE, HISTORY_SYSTEM, CAPABILITIES ->
                    new Roles(DESTINATION_ROLE, SOURCE_ROLE, RECIPIENT);
                case SEARCH_TYPE, SEARCH_SYSTEM, OPERATION, OTHER ->
                    new Roles(SOURCE_ROLE, DESTINATION_ROLE, RECIPIENT);
                case CREATE, UPDATE, PATCH, TRANSACTION, BATCH -> new Roles(SOURCE_ROLE, DESTINATION_ROLE, AUTHOR);
                case DELETE -> new Roles(APPLICATION, CUSTODIAN, AUTHOR);
            };
        }
    }
}
