package org.accordhie.consent;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.TimeSpan;
import org.jspecify.annotations.Nullable;

/**
 * Who a rule speaks to, when and why. Criteria are and'ed, the values of one or'ed; an empty one holds for everybody.
 *
 * @param period when the rule holds
 * @param recipients references of organisations (each with all below it), practitioners, roles, care teams, patients,
 *     related persons and clients, sorted
 * @param purposes purposes of use, each with those below it, sorted
 * @param actions codes of consentaction, sorted
 */
public record RequesterCriteria(
        TimeSpan period, List<String> recipients, List<PurposeOfUse> purposes, List<String> actions)
        implements ContextCriteria {

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

    @Override
    public boolean namesBreakGlass() {
        return purposes.contains(PurposeOfUse.BTG);
    }

    @Override
    public Match match(Question question) {
        var asking = question.asking();
        if (!period.contains(asking.at())
                || !matchRecipient(asking.requester())
                || !(actions.isEmpty() || actions.contains(asking.action()))) {
            return Match.NO;
        }
        return matchPurpose(question.purpose());
    }

    /** Whether it names the requester, or nobody. */
    boolean matchRecipient(Requester requester) {
        for (int index = 0; index < recipients.size(); index++) {
            if (requester.isNamedBy(recipients.get(index))) {
                return true;
            }
        }
        return recipients.isEmpty();
    }

    /** A request that does not say why might be for the purpose that is named. */
    Match matchPurpose(@Nullable PurposeOfUse asked) {
        if (purposes.isEmpty()) {
            return Match.CERTAINLY;
        }
        if (asked == null) {
            return Match.POSSIBLY;
        }
        for (int index = 0; index < purposes.size(); index++) {
            if (asked.isWithin(purposes.get(index))) {
                return Match.CERTAINLY;
            }
        }
        return Match.NO;
    }
}
