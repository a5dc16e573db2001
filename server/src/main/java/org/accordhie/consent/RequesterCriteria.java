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

    /** Whether a rule speaks to the requester. */
    Match match(Requester requester, Asked asked) {
        return Match.of(period.contains(asked.at())
                        && matchRecipient(requester)
                        && (actions.isEmpty() || actions.contains(asked.action())))
                .and(matchPurpose(asked));
    }

    private boolean matchRecipient(Requester requester) {
        return recipients.isEmpty()
                || recipients.stream().anyMatch(requester.organizations()::contains)
                || recipients.contains("Device/" + requester.clientId())
                || (requester.user() != null && recipients.contains(requester.user()));
    }

    private Match matchPurpose(Asked asked) {
        if (purposes.isEmpty()) {
            return Match.CERTAINLY;
        }
        // A request that does not say why might be for the purpose that is named.
        return asked.purpose()
                .map(asking -> Match.of(purposes.stream().anyMatch(asking::isWithin)))
                .orElse(Match.POSSIBLY);
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
