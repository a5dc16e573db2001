package org.accordhie.audit;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.accordhie.vocabulary.BreakGlass;
import org.accordhie.vocabulary.Interaction;
import org.accordhie.vocabulary.Requester;
import org.jspecify.annotations.Nullable;

/**
 * One access, as the audit trail keeps it. Source: IHE BALP, PatientRead, PatientQuery, Create, Update, Delete.
 *
 * @param id the record's own id
 * @param at when the access was decided
 * @param interaction what was asked for
 * @param resourceType the type named in the address
 * @param outcome how it ended
 * @param requester who asked and why
 * @param query the address asked for, without the server's base
 * @param patients the patients concerned, as {@code Patient/[id]}
 * @param resources the resources released or written, as {@code [type]/[id]/_history/[version]}
 * @param breakGlass the emergency that the requester declared; null for none
 */
public record AccessRecord(
        UUID id,
        Instant at,
        Interaction interaction,
        String resourceType,
        Outcome outcome,
        Requester requester,
        String query,
        Set<String> patients,
        Set<String> resources,
        @Nullable BreakGlass breakGlass) {

    /** An access in no declared emergency. */
    public AccessRecord(
            UUID id,
            Instant at,
            Interaction interaction,
            String resourceType,
            Outcome outcome,
            Requester requester,
            String query,
            Set<String> patients,
            Set<String> resources) {
        this(id, at, interaction, resourceType, outcome, requester, query, patients, resources, null);
    }

    public AccessRecord {
        patients = Set.copyOf(patients);
        resources = Set.copyOf(resources);
    }

    /** The same record, without what was asked for. */
    public AccessRecord withoutQuery() {
        return new AccessRecord(
                id, at, interaction, resourceType, outcome, requester, "", patients, resources, breakGlass);
    }

    /** How an access ended. Source of the codes: FHIR R4, code system audit-event-outcome. */
    public enum Outcome {
        /** Carried out; a search that found nothing is carried out too. */
        SUCCESS("0"),
        /** Not permitted, or nothing there to permit. */
        REFUSED("4"),
        /** The request was bad, or the server failed. */
        FAILED("8");

        private final String code;

        Outcome(String code) {
            this.code = code;
        }

        /** As {@code AuditEvent.outcome} has it. */
        public String code() {
            return code;
        }
    }
}
