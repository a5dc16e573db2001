package org.accordhie.audit;

import java.util.Set;
import org.accordhie.smart.AccessGrant;
import org.accordhie.smart.ScopeContext;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.Interaction;

/**
 * How far into the audit trail a requester sees: the rule. What is out of reach is as if it had never been recorded.
 *
 * <p>Privacy officers see every record, as far as their scopes reach; a patient's own app sees the records that concern that
 * patient and nobody else; everybody else sees none, also of what they did themselves.
 *
 * @param extent which records
 * @param patient the patient whom {@code ABOUT} and {@code ALONE} mean, as {@code Patient/[id]}; else empty
 */
public record TrailReach(Extent extent, String patient) {

    /** The type under which the trail is read. */
    public static final String TYPE = "AuditEvent";

    private static final TrailReach NOTHING = new TrailReach(Extent.NOTHING, "");

    /** Which records are in reach. */
    public enum Extent {
        /** Every one. */
        WHOLE,
        /** Those that concern the patient, whomever else they concern: the patient's compartment. */
        ABOUT,
        /** Those that concern the patient and nobody else. */
        ALONE,
        NOTHING
    }

    /** The reach of a requester in this interaction with AuditEvent. */
    public static TrailReach of(AccessGrant grant, Interaction interaction) {
        var contexts = grant.scopes().contextsFor(interaction, TYPE);
        var own = grant.requester().patient();
        if (own != null) {
            return contexts.contains(ScopeContext.PATIENT) ? new TrailReach(Extent.ALONE, own) : NOTHING;
        }
        if (!grant.requester().is(ExchangeRole.PRIVACY_OFFICER)) {
            return NOTHING;
        }
        if (contexts.contains(ScopeContext.USER) || contexts.contains(ScopeContext.SYSTEM)) {
            return new TrailReach(Extent.WHOLE, "");
        }
        var patient = grant.launch().patient();
        return contexts.contains(ScopeContext.PATIENT) && patient != null
                ? new TrailReach(Extent.ABOUT, patient)
                : NOTHING;
    }

    /** The search as far as it is in reach, where that can be said as a condition: {@link #holds} has the last word. */
    public TrailQuery within(TrailQuery query) {
        if (patient.isEmpty()) {
            return query;
        }
        var visible = extent == Extent.ALONE
                ? query.with(query.conditions().stream()
                        .map(TrailReach::ofWhatIsShown)
                        .toList())
                : query;
        return visible.and(new TrailQuery.Condition(TrailQuery.Element.PATIENT, Set.of(patient)));
    }

    /** What is not shown to the patient is not found by them either. */
    private static TrailQuery.Condition ofWhatIsShown(TrailQuery.Condition asked) {
        return switch (asked.element()) {
            case ADDRESS, WHOLE_ADDRESS -> new TrailQuery.Condition(asked.element(), Set.of());
            case ENTITY -> new TrailQuery.Condition(TrailQuery.Element.RELEASED, asked.values());
            default -> asked;
        };
    }

    /** Whether the record is in reach. */
    public boolean holds(AccessRecord accessed) {
        return switch (extent) {
            case WHOLE -> true;
            case ABOUT -> accessed.patients().contains(patient);
            case ALONE -> accessed.patients().equals(Set.of(patient));
            case NOTHING -> false;
        };
    }

    /** What is shown of a record in reach: to the patient not what was asked and how, which may name others too. */
    public AccessRecord shown(AccessRecord accessed) {
        return extent == Extent.ALONE ? accessed.withoutCircumstances() : accessed;
    }
}
