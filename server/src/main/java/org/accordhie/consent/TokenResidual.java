package org.accordhie.consent;

import java.util.List;
import org.accordhie.vocabulary.ResourceFacts;

/**
 * What an access token still forbids of one patient's data: a second, narrower bound that whoever made the token put on it.
 * It never opens what the decision hides.
 *
 * <p>Source: IHE Privacy Consent on FHIR (PCF), {@code residual} of the token extension {@code ihe_pcf}: what a {@code forbid}
 * speaks of stays away unless a {@code permit} speaks of it too. A forbid speaks of what it possibly matches, a permit of what
 * it certainly does.
 *
 * @param patient whose data, as {@code Patient/[id]}
 * @param rules in any order
 */
public record TokenResidual(String patient, List<TokenRule> rules) {

    public TokenResidual {
        rules = List.copyOf(rules);
    }

    /**
     * One rule of it.
     *
     * @param effect {@link Effect#DENY} for a forbid
     * @param data which data it speaks of; of its criteria a token can state labels, the date and single resources
     */
    public record TokenRule(Effect effect, ResourceCriteria data) {

        boolean speaksOf(Question question) {
            return data.match(effect, question).fires(effect);
        }
    }

    /** Whether it keeps a resource away. */
    public boolean forbids(ResourceFacts facts) {
        return facts.patients().contains(patient) && says(Effect.DENY, facts) && !says(Effect.PERMIT, facts);
    }

    private boolean says(Effect effect, ResourceFacts facts) {
        var question = new Question(null, null, facts);
        return rules.stream().anyMatch(rule -> rule.effect() == effect && rule.speaksOf(question));
    }
}
