package org.accordhie.disclosure.fhir;

import ca.uhn.fhir.context.FhirContext;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.disclosure.Basis;
import org.accordhie.disclosure.Disclosure;
import org.accordhie.disclosure.Disclosure.Content;
import org.accordhie.disclosure.Disclosure.Place;
import org.accordhie.disclosure.Disclosure.Reason;
import org.accordhie.disclosure.Part2;
import org.accordhie.disclosure.Recipient;
import org.accordhie.disclosure.Recipient.Standing;
import org.accordhie.disclosure.RecordedDisclosure;
import org.accordhie.vocabulary.PurposeOfUse;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/**
 * Reads an AuditEvent as the report of a disclosure: the shape of IHE BALP's Privacy Disclosure, Source, and of HL7 FAST's
 * consent audit event. What an accounting must tell and the event does not say is refused.
 */
public final class DisclosureReader {

    private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
    private static final String PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    private static final String DESTINATION_ROLE = "110152";
    private static final String RECIPIENT = "IRCP";
    private static final int LONGEST = 4000;

    private final FhirContext context;
    private final String base;

    /**
     * Reads for one server.
     *
     * @param base the server's own address, which references may carry
     */
    public DisclosureReader(FhirContext context, String base) {
        this.context = context;
        this.base = base;
    }

    /**
     * The report.
     *
     * @param now it cannot be of a later disclosure
     */
    public RecordedDisclosure read(AuditEvent event, @Nullable Reference consent, Instant now)
            throws UnreadableDisclosure {
        if (event.hasOutcome() && event.getOutcome() != AuditEventOutcome._0) {
            throw new UnreadableDisclosure("what was refused or failed disclosed nothing", "AuditEvent.outcome");
        }
        var patient = patient(event);
        var disclosure = new Disclosure(
                UUID.randomUUID().toString(),
                when(event, now),
                recipient(event),
                reason(event, consent),
                event.getAgent().stream().anyMatch(AuditEventAgentComponent::hasMedia) ? Place.OTHER : Place.ELECTRONIC,
                List.of(new Content(description(event), 1, isPart2(event), false)));
        var identifier = event.getIdElement().getIdPart();
        var plain = event.copy();
        plain.setId((String) null);
        return new RecordedDisclosure(
                disclosure,
                patient,
                identifier,
                consent == null ? null : context.newJsonParser().encodeToString(consent),
                context.newJsonParser().encodeResourceToString(plain));
    }

    private static Instant when(AuditEvent event, Instant now) throws UnreadableDisclosure {
        var said = event.hasPeriod() && event.getPeriod().hasStart()
                ? event.getPeriod().getStart()
                : event.getRecorded();
        if (said == null) {
            throw new UnreadableDisclosure("must say when it was", "AuditEvent.recorded");
        }
        if (said.toInstant().isAfter(now)) {
            throw new UnreadableDisclosure("must not be in the future", "AuditEvent.recorded");
        }
        return said.toInstant();
    }

    private String patient(AuditEvent event) throws UnreadableDisclosure {
        var patients = event.getEntity().stream()
                .map(AuditEventEntityComponent::getWhat)
                .map(this::local)
                .filter(reference -> reference.startsWith("Patient/"))
                .map(DisclosureReader::versionless)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (patients.size() != 1) {
            throw new UnreadableDisclosure("must be about one patient, as `Patient/[id]`", "AuditEvent.entity.what");
        }
        return patients.iterator().next();
    }

    private Recipient recipient(AuditEvent event) throws UnreadableDisclosure {
        var recipients =
                event.getAgent().stream().filter(DisclosureReader::receives).toList();
        if (recipients.size() != 1) {
            throw new UnreadableDisclosure(
                    "must have one agent who received it, of type 110152 (Destination Role ID) or IRCP",
                    "AuditEvent.agent");
        }
        var agent = recipients.get(0);
        var name = agent.hasName()
                ? agent.getName()
                : Objects.requireNonNullElse(agent.getWho().getDisplay(), "");
        var reference = versionless(local(agent.getWho()));
        if (name.isBlank() && reference.isEmpty()) {
            throw new UnreadableDisclosure("must name who received it", "AuditEvent.agent.name");
        }
        var address = Objects.requireNonNullElse(agent.getLocation().getDisplay(), "");
        var standing = reference.equals(patient(event)) ? Standing.INDIVIDUAL : Standing.ANOTHER;
        return new Recipient(reference, bounded(name), bounded(address), standing);
    }

    private static boolean receives(AuditEventAgentComponent agent) {
        return agent.getType().hasCoding(DICOM, DESTINATION_ROLE)
                || agent.getType().hasCoding(PARTICIPATION, RECIPIENT);
    }

    private static Reason reason(AuditEvent event, @Nullable Reference consent) throws UnreadableDisclosure {
        var purposes = new HashSet<PurposeOfUse>();
        var bases = new HashSet<Basis>();
        for (var coding : event.getPurposeOfEvent().stream()
                .map(CodeableConcept::getCoding)
                .flatMap(List::stream)
                .toList()) {
            if (PurposeOfUse.SYSTEM.equals(coding.getSystem())) {
                purposes.add(PurposeOfUse.ofCode(code(coding)).orElseThrow(DisclosureReader::unknownPurpose));
            } else if (Basis.SYSTEM.equals(coding.getSystem())) {
                bases.add(Basis.ofCode(code(coding)).orElseThrow(DisclosureReader::unknownPurpose));
            }
        }
        if (bases.size() > 1 || (purposes.isEmpty() && bases.isEmpty())) {
            throw unknownPurpose();
        }
        var otherwise = consent == null ? Basis.NOT_STATED : Basis.CONSENT;
        return new Reason(purposes, bases.stream().findFirst().orElse(otherwise), false);
    }

    private static String code(Coding coding) {
        return Objects.requireNonNullElse(coding.getCode(), "");
    }

    private static UnreadableDisclosure unknownPurpose() {
        return new UnreadableDisclosure(
                "must have a purpose of " + PurposeOfUse.SYSTEM + ", or one basis of " + Basis.SYSTEM,
                "AuditEvent.purposeOfEvent");
    }

    private String description(AuditEvent event) throws UnreadableDisclosure {
        var said = event.getEntity().stream()
                .filter(entity -> !local(entity.getWhat()).startsWith("Patient/"))
                .map(entity -> entity.hasDescription() ? entity.getDescription() : entity.getName())
                .filter(text -> text != null && !text.isBlank())
                .collect(Collectors.joining("; "));
        if (said.isEmpty()) {
            throw new UnreadableDisclosure(
                    "must say what was disclosed, in an entity other than the patient",
                    "AuditEvent.entity.description");
        }
        return bounded(said);
    }

    private static boolean isPart2(AuditEvent event) {
        return event.getEntity().stream()
                .flatMap(entity -> entity.getSecurityLabel().stream())
                .map(DisclosureReader::code)
                .anyMatch(Part2::covers);
    }

    /** Empty where it refers to nothing here. */
    private String local(Reference reference) {
        var said = Objects.requireNonNullElse(reference.getReference(), "");
        var relative = said.startsWith(base + "/") ? said.substring(base.length() + 1) : said;
        return relative.matches("[A-Z][A-Za-z]*/[A-Za-z0-9.-]{1,64}(/_history/.*)?") ? relative : "";
    }

    private static String versionless(String reference) {
        return Stream.of(reference.split("/_history/", 2)).findFirst().orElse("");
    }

    private static String bounded(String text) throws UnreadableDisclosure {
        if (text.length() > LONGEST) {
            throw new UnreadableDisclosure("has a text of more than " + LONGEST + " characters", "AuditEvent");
        }
        return text.strip();
    }
}
