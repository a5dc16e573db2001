package org.accordhie.intake;

import java.util.Set;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.Requester;

/** Who may write what, whatever its scopes say. Thread-safe, holds no state. */
public final class WriteRules {

    private static final Set<String> BY_THE_EXCHANGE_ALONE = Set.of("AuditEvent");

    /** What decides who sees what: consents, and the codes that they mean. */
    private static final Set<String> BY_PRIVACY_OFFICERS = Set.of("CodeSystem", "Consent", "ValueSet");

    private WriteRules() {}

    /** Consents and terminology are the privacy officers'; audit events are the exchange's own; the rest is for sources. */
    public static boolean permit(Requester requester, String resourceType) {
        if (BY_THE_EXCHANGE_ALONE.contains(resourceType)) {
            return false;
        }
        return requester.is(
                BY_PRIVACY_OFFICERS.contains(resourceType) ? ExchangeRole.PRIVACY_OFFICER : ExchangeRole.SOURCE);
    }
}
