package org.accordhie.audit.fhir;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.accordhie.audit.AccessRecord;
import org.accordhie.audit.RestfulInteraction;
import org.accordhie.vocabulary.BreakGlass;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/**
 * Writes what an access was about. Source: IHE BALP 1.1, which knows its entities apart by their type: the one query of a
 * search, and the one resource of anything else, is a System Object, and nothing else may be.
 */
final class Entities {

    private static final String TYPES = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
    private static final String ROLES = "http://terminology.hl7.org/CodeSystem/object-role";

    private static final Coding PERSON = new Coding(TYPES, "1", "Person");
    private static final Coding SYSTEM_OBJECT = new Coding(TYPES, "2", "System Object");
    private static final Coding OTHER = new Coding(TYPES, "4", "Other");
    private static final Coding REQUEST_ID =
            new Coding("https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType", "XrequestId", null);

    private static final Coding PATIENT = new Coding(ROLES, "1", "Patient");
    private static final Coding DOMAIN_RESOURCE = new Coding(ROLES, "4", "Domain Resource");
    private static final Coding SECURITY_RESOURCE = new Coding(ROLES, "13", "Security Resource");
    private static final Coding QUERY = new Coding(ROLES, "24", "Query");

    private Entities() {}

    /** The address, the patients, the resources, the consents that decided, and the request's own id. */
    static void add(AuditEvent event, AccessRecord accessed, List<String> consents) {
        var call = accessed.call();
        if (!call.query().isEmpty()) {
            // Of what was refused, the address is the only trace.
            query(event, call.query(), isSearch(call.interaction()) ? SYSTEM_OBJECT : OTHER);
        }
        accessed.patients().stream().sorted().forEach(patient -> patient(event, patient, accessed));
        accessed.resources().stream()
                .sorted()
                .forEach(resource -> entity(
                                event, isOfOne(call.interaction()) ? SYSTEM_OBJECT : type(resource), DOMAIN_RESOURCE)
                        .setWhat(new Reference(resource)));
        consents.forEach(consent -> consent(event, consent).setRole(SECURITY_RESOURCE.copy()));
        if (call.request() != null) {
            event.addEntity()
                    .setType(REQUEST_ID.copy())
                    .getWhat()
                    .getIdentifier()
                    .setValue(call.request().toString());
        }
    }

    private static void query(AuditEvent event, String address, Coding type) {
        var query = entity(event, type, QUERY);
        query.setQuery(address.getBytes(StandardCharsets.UTF_8));
        try {
            query.setDescription(printable(URLDecoder.decode(address, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException malformed) {
            // It stands there as it was asked.
            query.setDescription(printable(address));
        }
    }

    /** FHIR's strings hold no control characters but these three. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\\t\\r\\n]]", "\uFFFD");
    }

    private static void patient(AuditEvent event, String patient, AccessRecord accessed) {
        var entity = patient(event, patient);
        BreakGlass glass = accessed.breakGlass();
        if (glass != null && glass.patient().equals(patient)) {
            entity.addDetail().setType("emergency").setValue(new StringType(glass.reason()));
        }
    }

    static AuditEventEntityComponent patient(AuditEvent event, String patient) {
        return entity(event, PERSON, PATIENT).setWhat(new Reference(patient));
    }

    static AuditEventEntityComponent consent(AuditEvent event, String version) {
        return event.addEntity().setType(type(version)).setWhat(new Reference(version));
    }

    static AuditEventEntityComponent resource(AuditEvent event, String reference) {
        return entity(event, type(reference), DOMAIN_RESOURCE).setWhat(new Reference(reference));
    }

    private static AuditEventEntityComponent entity(AuditEvent event, Coding type, Coding role) {
        return event.addEntity().setType(type.copy()).setRole(role.copy());
    }

    private static Coding type(String reference) {
        return new Coding("http://hl7.org/fhir/resource-types", reference.split("/", 2)[0], null);
    }

    private static boolean isSearch(RestfulInteraction interaction) {
        return interaction == RestfulInteraction.SEARCH_TYPE || interaction == RestfulInteraction.SEARCH_SYSTEM;
    }

    /** Whether it is about one resource, which BALP calls its data. */
    private static boolean isOfOne(RestfulInteraction interaction) {
        return switch (interaction) {
            case READ, VREAD, CREATE, UPDATE, PATCH, DELETE -> true;
            default -> false;
        };
    }
}
