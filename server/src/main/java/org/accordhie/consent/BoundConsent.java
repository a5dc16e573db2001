package org.accordhie.consent;

import java.util.List;
import java.util.Optional;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.TimeSpan;

/**
 * What is left of a consent once everything about a resource has been filled in: rules about who asks, when and why.
 *
 * <p>Two resources for which the same is left are released together, whoever asks; that is what makes release classes few.
 *
 * @param computable false denies everybody
 * @param validity when it is in force
 * @param base what the root says
 * @param requester who the root speaks to
 * @param coversData whether the root's own data criteria hold
 * @param lifts sensitivities for which the root is the patient's own yes
 * @param rules the provisions that cover the resource
 */
public record BoundConsent(
        boolean computable,
        TimeSpan validity,
        Effect base,
        RequesterCriteria requester,
        boolean coversData,
        List<String> lifts,
        List<Rule> rules) {

    public BoundConsent {
        lifts = List.copyOf(lifts);
        rules = List.copyOf(rules);
    }

    /**
     * A provision that covers the resource.
     *
     * @param path where it stands in the consent
     * @param effect what it says
     * @param certain false for a permit that only possibly covers the resource: then nothing but the denials in it count
     * @param requester who it speaks to
     * @param lifts sensitivities for which it is the patient's own yes
     * @param rules the exceptions to it that cover the resource
     */
    public record Rule(
            String path,
            Effect effect,
            boolean certain,
            RequesterCriteria requester,
            List<String> lifts,
            List<Rule> rules) {

        public Rule {
            lifts = List.copyOf(lifts);
            rules = List.copyOf(rules);
        }

        /** Whether it, or an exception at any depth, denies. */
        private boolean denies() {
            return effect == Effect.DENY || rules.stream().anyMatch(Rule::denies);
        }
    }

    /** Fills the resource in. */
    static BoundConsent bind(ConsentPolicy policy, ResourceFacts facts) {
        if (policy instanceof ConsentPolicy.Computable consent) {
            return new BoundConsent(
                    true,
                    consent.validity(),
                    consent.base(),
                    consent.requester(),
                    consent.resource().match(consent.base(), facts).fires(consent.base()),
                    lifted(consent.base(), consent.resource(), facts),
                    bind(consent.provisions(), facts));
        }
        return new BoundConsent(
                false, TimeSpan.ALWAYS, Effect.DENY, RequesterCriteria.ANYBODY, true, List.of(), List.of());
    }

    private static List<Rule> bind(List<Provision> provisions, ResourceFacts facts) {
        return provisions.stream()
                .flatMap(provision -> bind(provision, facts).stream())
                .toList();
    }

    private static Optional<Rule> bind(Provision provision, ResourceFacts facts) {
        var denies = provision.effect() == Effect.DENY;
        var covers = provision.resource().match(provision.effect(), facts);
        var certain = covers == Match.CERTAINLY;
        var rule = new Rule(
                provision.path(),
                provision.effect(),
                certain || denies,
                provision.requester(),
                lifted(provision.effect(), provision.resource(), facts),
                certain || !denies ? bind(provision.provisions(), facts) : List.of());
        return Optional.of(rule).filter(bound -> covers != Match.NO && (bound.certain() || bound.denies()));
    }

    private static List<String> lifted(Effect effect, ResourceCriteria criteria, ResourceFacts facts) {
        return effect == Effect.DENY
                ? List.of()
                : facts.sensitivities().stream().filter(criteria::names).toList();
    }

    /** What the consent says to the requester; see {@code docs/consent.md}, "One consent". */
    Spoken speakTo(Requester requester, RequesterCriteria.Asked asked) {
        if (!computable) {
            return new Spoken(Spoken.Kind.UNCOMPUTABLE, "", List.of());
        }
        if (!validity.contains(asked.at())) {
            return Spoken.NOTHING;
        }
        return decisive(rules, requester, asked).orElseGet(() -> base(requester, asked));
    }

    private Spoken base(Requester requester, RequesterCriteria.Asked asked) {
        if (!this.requester.match(requester, asked).fires(base)) {
            return Spoken.NOTHING;
        }
        if (coversData) {
            return Spoken.of(base, "Consent.provision", lifts);
        }
        return base == Effect.PERMIT
                ? new Spoken(Spoken.Kind.IMPLICIT_DENY, "Consent.provision", List.of())
                : Spoken.NOTHING;
    }

    /** Among the rules that speak to the requester a deny beats a permit. */
    private static Optional<Spoken> decisive(List<Rule> rules, Requester requester, RequesterCriteria.Asked asked) {
        var spoken = rules.stream()
                .flatMap(rule -> speak(rule, requester, asked).stream())
                .toList();
        var deny =
                spoken.stream().filter(each -> each.kind() == Spoken.Kind.DENY).findFirst();
        return deny.isPresent() ? deny : Spoken.merge(spoken);
    }

    /**
     * An exception beats the rule it is an exception to. Inside a rule that only possibly applies a permit is not certain and a
     * deny is possible: a deny stands whatever its exceptions say, and of a permit only the denials in it count.
     */
    private static Optional<Spoken> speak(Rule rule, Requester requester, RequesterCriteria.Asked asked) {
        var match = rule.requester().match(requester, asked).and(rule.certain() ? Match.CERTAINLY : Match.POSSIBLY);
        if (match == Match.NO) {
            return Optional.empty();
        }
        var itself = Spoken.of(rule.effect(), rule.path(), rule.lifts());
        var exception = decisive(rule.rules(), requester, asked);
        if (match == Match.CERTAINLY) {
            return Optional.of(exception.orElse(itself));
        }
        return rule.effect() == Effect.DENY
                ? Optional.of(itself)
                : exception.filter(each -> each.kind() == Spoken.Kind.DENY);
    }
}
