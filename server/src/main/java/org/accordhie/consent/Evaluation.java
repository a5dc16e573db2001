package org.accordhie.consent;

import java.util.List;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates one consent, or one rule of law in the same language, to what it says to one question. The criteria may be known
 * beforehand on either side: the evaluation is the same. Source: {@code docs/consent.md}, "One consent".
 */
final class Evaluation {

    private Evaluation() {}

    static Finding of(ConsentPolicy policy, Question question) {
        if (!(policy instanceof Computable consent)) {
            return NoRule.UNCOMPUTABLE;
        }
        if (!consent.validity().contains(question.asking().at())) {
            return NoRule.NOT_APPLICABLE;
        }
        var exception = decisive(consent.provisions(), question);
        return exception == null ? base(consent, question) : exception;
    }

    private static Finding base(Computable consent, Question question) {
        var permits = consent.base() == Effect.PERMIT;
        if (!consent.requester().match(question).fires(consent.base())) {
            return NoRule.NOT_APPLICABLE;
        }
        if (consent.resource().match(consent.base(), question).fires(consent.base())) {
            return consent;
        }
        return permits ? NoRule.OTHER_DATA : NoRule.NOT_APPLICABLE;
    }

    /** Among the provisions that apply a deny beats a permit; all are read, so that the answer takes no longer or shorter. */
    private static @Nullable Finding decisive(List<Provision> siblings, Question question) {
        Finding strongest = null;
        for (int index = 0; index < siblings.size(); index++) {
            strongest = Finding.stronger(strongest, speak(siblings.get(index), question));
        }
        return strongest;
    }

    /**
     * An exception beats the rule it is an exception to. Inside a rule that only possibly applies a permit is not certain and a
     * deny is possible: a deny stands whatever its exceptions say, and of a permit only the denials in it count.
     */
    private static @Nullable Finding speak(Provision rule, Question question) {
        var match = rule.requester().match(question);
        if (match != Match.NO) {
            match = match.and(rule.resource().match(rule.effect(), question));
        }
        if (match == Match.NO) {
            return null;
        }
        var exception = decisive(rule.provisions(), question);
        if (match == Match.CERTAINLY) {
            return exception == null ? rule : exception;
        }
        var denial = exception != null && exception.denies() ? exception : null;
        return rule.denies() ? Finding.stronger(rule, denial) : denial;
    }
}
