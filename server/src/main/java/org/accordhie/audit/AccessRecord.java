package org.accordhie.audit;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.accordhie.vocabulary.BreakGlass;
import org.accordhie.vocabulary.Requester;
import org.jspecify.annotations.Nullable;

/**
 * One access, as the audit trail keeps it. Source: IHE BALP, PatientRead, PatientQuery, Create, Update, Delete.
 *
 * @param id the record's own id
 * @param at when the access was decided
 * @param call what was asked for, and from where
 * @param outcome how it ended
 * @param status the HTTP status of what was refused or failed; 0 for what was carried out
 * @param requester who asked and why; {@link #NOBODY} where no valid token says so
 * @param patients the patients concerned, as {@code Patient/[id]}
 * @param resources the resources released or written, as {@code [type]/[id]/_history/[version]}
 * @param breakGlass the emergency that the requester declared; null for none
 * @param evidence what the decision rests on, as JSON; empty where nothing was decided
 */
public record AccessRecord(
        UUID id,
        Instant at,
        Call call,
        Outcome outcome,
        int status,
        Requester requester,
        Set<String> patients,
        Set<String> resources,
        @Nullable BreakGlass breakGlass,
        String evidence) {

    /** The requester of a request without a valid token. */
    public static final Requester NOBODY =
            new Requester("", "", "", Set.of(), null, null, Set.of(), Set.of(), Set.of());

    /** An access that was carried out, in no declared emergency and without a decision about each resource. */
    public AccessRecord(
            UUID id, Instant at, Call call, Requester requester, Set<String> patients, Set<String> resources) {
        this(id, at, call, Outcome.SUCCESS, 0, requester, patients, resources, null, "");
    }

    public AccessRecord {
        patients = Set.copyOf(patients);
        resources = Set.copyOf(resources);
    }

    /** The same record, without what was asked for, from where and in whose words, and without what the decision rests on. */
    public AccessRecord withoutCircumstances() {
        return new AccessRecord(id, at, call.ofItsKind(), outcome, status, requester, patients, resources, null, "");
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
