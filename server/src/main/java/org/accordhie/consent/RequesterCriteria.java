package org.accordhie.consent;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.TimeSpan;

/**
 * The half of a provision that speaks of who asks, when and why. Criteria are and'ed, the values of one or'ed; an empty one
 * holds for everybody.
 *
 * @param period when the rule holds
 * @param recipients references of organisations (each with all below it), practitioners and clients, sorted
 * @param purposes purposes of use, each with those below it, sorted
 * @param actions codes of consentaction, sorted
 */
public record RequesterCriteria(
        TimeSpan period, List<String> recipients, List<PurposeOfUse> purposes, List<String> actions) {

    /** Holds for everybody. */
    public static final RequesterCriteria ANYBODY =
            new RequesterCriteria(TimeSpan.ALWAYS, List.of(), List.of(), List.of());

    public RequesterCriteria {
        recipients = sorted(recipients);
        purposes = sorted(purposes);
        actions = sorted(actions);
    }

    private static <T extends Comparable<T>> List<T> sorted(Collection<T> values) {
        return Set.copyOf(values).stream().sorted().toList();
    }

    /** Whether a rule of this effect speaks to the requester: a deny if it possibly does, a permit if it certainly does. */
    boolean match(Effect effect, Requester requester, Asked asked) {
        return period.contains(asked.at())
                && matchRecipient(requester)
                && matchPurpose(effect, asked)
                && (actions.isEmpty() || actions.contains(asked.action()));
    }

    private boolean matchRecipient(Requester requester) {
        return recipients.isEmpty()
                || recipients.stream().anyMatch(requester.organizations()::contains)
                || recipients.contains("Device/" + requester.clientId())
                || (requester.user() != null && recipients.contains(requester.user()));
    }

    private boolean matchPurpose(Effect effect, Asked asked) {
        if (purposes.isEmpty()) {
            return true;
        }
        // A request that does not say why might be for the purpose that is denied.
        return asked.purpose()
                .map(asking -> purposes.stream().anyMatch(asking::isWithin))
                .orElse(effect == Effect.DENY);
    }

    /**
     * One purpose of a request at one instant.
     *
     * @param action code of consentaction
     * @param purpose empty where the token does not say
     * @param at the instant of the request
     */
    record Asked(String action, java.util.Optional<PurposeOfUse> purpose, Instant at) {}
}
