package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.stream.Stream;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.consent.HardRule.Kind;
import org.accordhie.vocabulary.PurposeOfUse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A proof stands by itself: what it records leads to what it says came out. */
@DisplayName("the proof of a decision")
class ProofTest {

    private static final int CASES = 5_000;

    private record Case(Proof proof, Decision decision, ReleasePolicy policy) {

        static Case of(long seed) {
            var some = new Some(seed);
            var request = some.request();
            var facts = some.facts();
            var rules = new Rules(some.policy(), some.consents());
            return new Case(
                    Explanation.of(request, facts, rules), DecisionPoint.decide(request, facts, rules), rules.policy());
        }

        Question question(Proof.OfPurpose purpose) {
            var facts = proof.resource();
            return new Question(proof.request().about(facts.patients()), purpose.purpose(), facts);
        }
    }

    @Test
    void saysWhatTheDecisionPointSays() {
        Seeds.forAll(CASES, seed -> {
            var asked = Case.of(seed);

            assertThat(asked.proof().decision()).isEqualTo(asked.decision());
            assertThat(asked.proof().at()).isEqualTo(asked.proof().request().at());
            assertThat(asked.proof().deciders()).isNotEmpty();
            if (asked.proof().settled() == null) {
                assertThat(asked.proof().purposes().stream()
                                .allMatch(purpose -> purpose.decision().permits()))
                        .isEqualTo(asked.decision().permits());
            }
        });
    }

    @Test
    void recordsTruthValuesThatGiveTheFindingAgain() {
        Seeds.forAll(CASES, seed -> {
            var asked = Case.of(seed);
            for (var purpose : asked.proof().purposes()) {
                var recorded = new Recorded(asked.proof().resource());
                said(purpose).forEach(said -> {
                    var again = Evaluation.of(recorded.consent(said), asked.question(purpose));

                    assertThat(again.answer()).isEqualTo(said.finding().answer());
                    assertThat(again.path()).isEqualTo(said.finding().path());
                    assertThat(again.explicit()).isEqualTo(said.finding().explicit());
                });
            }
        });
    }

    private static Stream<Proof.Said> said(Proof.OfPurpose purpose) {
        return Stream.concat(
                purpose.laws().stream().map(Proof.Law::said),
                purpose.patients().stream().flatMap(patient -> patient.consents().stream()));
    }

    @Test
    void goesIntoARuleOnlyWhereItsOwnCriteriaMayHold() {
        Seeds.forAll(
                CASES,
                seed -> Case.of(seed).proof().purposes().stream()
                        .flatMap(ProofTest::said)
                        .flatMap(said -> Stream.ofNullable(said.root()))
                        .flatMap(root -> root.exceptions().stream())
                        .forEach(ProofTest::assertGoneInto));
    }

    private static void assertGoneInto(Proof.Rule rule) {
        if (rule.match() == Match.NO) {
            assertThat(rule.exceptions()).isEmpty();
        }
        assertThat(rule.match())
                .isEqualTo(Stream.concat(rule.requester().stream(), rule.resource().stream())
                        .map(Check::match)
                        .min(Match::compareTo)
                        .orElseThrow());
        rule.exceptions().forEach(ProofTest::assertGoneInto);
    }

    @Test
    void recordsEnoughToDecideAgain() {
        Seeds.forAll(CASES, seed -> {
            var asked = Case.of(seed);
            for (var purpose : asked.proof().purposes()) {
                var question = asked.question(purpose);
                // In an emergency the law is asked about breaking the glass as well, which is another question.
                if (!question.asking().breaksGlassFor(purpose.purpose()) || purpose.purpose() == PurposeOfUse.BTG) {
                    var again = decideAgain(asked, purpose, question);

                    assertThat(again.permits()).isEqualTo(purpose.decision().permits());
                    assertThat(again.reasons().get(0))
                            .isEqualTo(purpose.decision().reasons().get(0));
                }
            }
        });
    }

    private static Decision decideAgain(Case asked, Proof.OfPurpose purpose, Question question) {
        var recorded = new Recorded(asked.proof().resource());
        var laws = new ArrayList<HardRule>();
        for (int index = 0; index < purpose.laws().size(); index++) {
            var law = purpose.laws().get(index);
            var stated = asked.policy().rules().get(index);
            // What a law asks a yes for is a list of labels, not a truth value.
            laws.add(
                    law.kind() == Kind.REQUIRES_CONSENT
                            ? stated
                            : new HardRule(law.kind(), law.title(), (Computable) recorded.consent(law.said())));
        }
        var patients = purpose.patients().stream()
                .map(patient ->
                        patient.consents().stream().map(recorded::consent).toList())
                .toList();
        return DecisionPoint.decide(question, patients, new ReleasePolicy(laws));
    }

    @Test
    void namesTheGroundThatTheReasonNames() {
        var met = new EnumMap<Ground, Integer>(Ground.class);
        Seeds.forAll(CASES, seed -> {
            var proof = Case.of(seed).proof();
            for (var purpose : proof.purposes()) {
                for (var patient : purpose.patients()) {
                    met.merge(patient.ground(), 1, Integer::sum);
                    assertThat(patient.decision().reasons().get(0).rule())
                            .startsWith(
                                    switch (patient.ground()) {
                                        case UNCOMPUTABLE -> "consent: UNCOMPUTABLE";
                                        case DENIED -> "consent: DENY";
                                        case REQUIRES_CONSENT -> "requires the patient's own consent";
                                        case PERMITTED -> "consent: PERMIT";
                                        case OTHER_DATA -> "consent: covers other data";
                                        case DEFAULT -> "default";
                                        case BREAK_GLASS -> "break-glass";
                                        default -> "none of these";
                                    });
                }
            }
        });
        assertThat(met).hasSize(7);
    }

    @Test
    void reachesAnExceptionOnlyWhereItsRuleMayApply() {
        Seeds.forAll(
                CASES,
                seed -> Case.of(seed).proof().purposes().stream()
                        .flatMap(ProofTest::said)
                        .map(Proof.Said::root)
                        .filter(root -> root != null)
                        .flatMap(root -> root.exceptions().stream())
                        .forEach(ProofTest::assertReached));
    }

    private static void assertReached(Proof.Rule rule) {
        if (rule.match() == Match.NO) {
            assertThat(rule.exceptions()).isEmpty();
        }
        rule.exceptions().forEach(ProofTest::assertReached);
    }

    @Test
    void hasATruthValueForEveryCriterion() {
        var criteria = Stream.of(Criterion.values())
                .filter(each -> !each.element().isEmpty())
                .toList();
        Seeds.forAll(
                1_000,
                seed -> Case.of(seed).proof().purposes().stream()
                        .flatMap(ProofTest::said)
                        .map(Proof.Said::root)
                        .filter(root -> root != null)
                        .forEach(root -> assertThat(Stream.concat(root.requester().stream(), root.resource().stream())
                                        .map(Check::criterion))
                                .containsExactlyElementsOf(criteria)));
    }
}
