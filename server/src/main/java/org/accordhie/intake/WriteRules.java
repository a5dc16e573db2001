package org.accordhie.intake;

import java.util.Set;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.Interaction;
import org.accordhie.vocabulary.Requester;

/** Who may write what, whatever its scopes say. Thread-safe, holds no state. */
public final class WriteRules {

    private static final Set<String> BY_THE_EXCHANGE_ALONE = Set.of("AuditEvent");

    /** What decides who sees what: consents, and the codes that they mean. */
    private static final Set<String> BY_PRIVACY_OFFICERS = Set.of("CodeSystem", "Consent", "ValueSet");

    /** A source's are entries of the directory, an officer's say who takes part. */
    private static final String ORGANIZATION = "Organization";

    /** What leaves a consent there, to be looked up. */
    private static final Set<Interaction> CHANGES = Set.of(Interaction.CREATE, Interaction.UPDATE, Interaction.PATCH);

    private WriteRules() {}

    /**
     * Consents and terminology are the privacy officers'; audit events are the exchange's own; organisations are written by
     * both, and the rest is for sources. A patient's own app writes consents too, but only some, see {@link #permitConsent}.
     */
    public static boolean permit(Requester requester, String resourceType) {
        if (BY_THE_EXCHANGE_ALONE.contains(resourceType)) {
            return false;
        }
        if (resourceType.equals("Consent") && requester.patient() != null) {
            return true;
        }
        if (resourceType.equals(ORGANIZATION) && requester.is(ExchangeRole.PRIVACY_OFFICER)) {
            return true;
        }
        return requester.is(
                BY_PRIVACY_OFFICERS.contains(resourceType) ? ExchangeRole.PRIVACY_OFFICER : ExchangeRole.SOURCE);
    }

    /**
     * An officer writes every consent. A patient's own app gives and revokes those of this patient, and deletes none, so that
     * what was once agreed can be looked up.
     *
     * @param patients every patient whose consent it is, before the write and after, as {@code Patient/[id]}
     */
    public static boolean permitConsent(Requester requester, Interaction interaction, Set<String> patients) {
        if (requester.is(ExchangeRole.PRIVACY_OFFICER)) {
            return true;
        }
        return requester.patient() != null
                && patients.equals(Set.of(requester.patient()))
                && CHANGES.contains(interaction);
    }
}
