package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.accordhie.consent.HardRule.Kind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What holds whatever rules of law and organisation are in force; a failure names its seed. */
@DisplayName("the laws of the decision, about rules of law")
class LawOfTheLandTest {

    @Test
    void anAddedRuleThatForbidsRevealsNothing() {
        Seeds.forAll(seed -> {
            var some = new Some(seed);
            var question = Case.of(some);

            var stricter = question.under(plus(question.policy(), some.hardRule(Kind.NEVER)));

            assertThat(stricter.permits() && !question.permits()).isFalse();
        });
    }

    @Test
    void anAddedRuleThatNeedsAYesRevealsNothing() {
        Seeds.forAll(seed -> {
            var some = new Some(seed);
            var question = Case.of(some);

            var stricter = question.under(plus(question.policy(), some.hardRule(Kind.REQUIRES_CONSENT)));

            assertThat(stricter.permits() && !question.permits()).isFalse();
        });
    }

    @Test
    void anAddedRuleThatAlwaysPermitsHidesNothing() {
        Seeds.forAll(seed -> {
            var some = new Some(seed);
            var question = Case.of(some);

            var wider = question.under(plus(question.policy(), some.hardRule(Kind.ALWAYS)));

            assertThat(question.permits() && !wider.permits()).isFalse();
        });
    }

    @Test
    void withoutRulesOnlyAConsentPermits() {
        Seeds.forAll(seed -> {
            var question = Case.of(new Some(seed)).under(new ReleasePolicy(List.of()));

            var decision = question.decide();

            assertThat(decision.permits() && !isSettled(question) && !everyReasonIs("consent: PERMIT", decision))
                    .isFalse();
        });
    }

    private static boolean isSettled(Case question) {
        return DecisionPoint.settled(question.request().requester(), question.facts()) != null;
    }

    private static boolean everyReasonIs(String rule, Decision decision) {
        return decision.reasons().stream().allMatch(reason -> reason.rule().equals(rule));
    }

    @Test
    void theOrderOfRulesDoesNotMatter() {
        Seeds.forAll(seed -> {
            var some = new Some(seed);
            var question = Case.of(some);

            var shuffled = question.under(
                    new ReleasePolicy(some.shuffled(question.policy().rules())));

            assertThat(shuffled.permits()).isEqualTo(question.permits());
        });
    }

    @Test
    void aRuleTwiceIsARuleOnce() {
        Seeds.forAll(seed -> {
            var question = Case.of(new Some(seed));
            var rules = question.policy().rules();

            var doubled = question.under(new ReleasePolicy(
                    Stream.concat(rules.stream(), rules.stream()).toList()));

            assertThat(doubled.decide()).isEqualTo(question.decide());
        });
    }

    /** Said with the same purposes: who asks for breaking the glass besides treatment asks for more, and may be refused it. */
    @Test
    void aDeclaredEmergencyHidesNothing() {
        Seeds.forAll(seed -> {
            var question = Case.of(new Some(seed));

            var undeclared = question.asked(question.request().withoutBreakGlass());

            assertThat(undeclared.permits() && !question.permits()).isFalse();
        });
    }

    @Test
    void anEmergencyOfAnotherPatientChangesNothing() {
        Seeds.forAll(seed -> {
            var question = Case.of(new Some(seed));
            var emergency = question.request().breakGlass();
            if (emergency != null && !question.facts().patients().contains(emergency.patient())) {
                var undeclared = question.asked(question.request().withoutBreakGlass());

                assertThat(question.decide()).isEqualTo(undeclared.decide());
            }
        });
    }

    /** Whatever the emergency, and whatever else is said: only what is always permitted is. */
    @Test
    void whatCannotBeComputedDeniesUnderAnyRules() {
        Seeds.forAll(seed -> {
            var question = Case.of(new Some(seed));

            var decision = question.with(consents -> plus(consents, new ConsentPolicy.Uncomputable("Consent/x", "")))
                    .decide();

            assertThat(decision.permits() && !isSettled(question) && !everyReasonIs("always: a law", decision))
                    .isFalse();
        });
    }

    @Test
    void everyReasonSaysWhatTheDecisionSays() {
        Seeds.forAll(seed -> {
            var decision = Case.of(new Some(seed)).decide();

            assertThat(decision.reasons())
                    .extracting(Decision.Reason::effect)
                    .containsOnly(decision.permits() ? Effect.PERMIT : Effect.DENY);
        });
    }

    private static ReleasePolicy plus(ReleasePolicy policy, HardRule added) {
        return new ReleasePolicy(plus(policy.rules(), added));
    }

    private static <T> List<T> plus(List<T> all, T added) {
        var more = new ArrayList<>(all);
        more.add(added);
        return more;
    }
}
