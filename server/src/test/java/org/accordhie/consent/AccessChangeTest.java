package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.accordhie.vocabulary.ResourceFacts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a draft would change is found class by class; here every resource is decided by itself. */
@DisplayName("what a draft would change")
class AccessChangeTest {

    private static final int CASES = 2_000;

    @Test
    void isTheDifferenceOfTheDecisions() {
        Seeds.forAll(CASES, seed -> {
            var some = new Some(seed);
            var record = IntStream.range(0, 8).mapToObj(each -> some.facts()).toList();
            var before = new Rules(some.policy(), some.consents());
            var draft = some.maybe(2)
                    ? new Draft.OfConsent("", Some.PATIENTS.get(0), some.consent())
                    : new Draft.OfLaw("law", some.maybe(2) ? null : lastOf(some.policy()));
            var after = draft.appliedTo(before);
            var request = some.request().withoutBreakGlass();

            var change = AccessChange.between(before, after, record, List.of(request), 3)
                    .get(0);

            assertThat(change.gained().count()).isEqualTo(count(record, request, before, after));
            assertThat(change.lost().count()).isEqualTo(count(record, request, after, before));
            assertThat(change.gained().examples())
                    .hasSize(Math.min(3, change.gained().count()));
            assertThat(change.isNone())
                    .isEqualTo(change.gained().count() + change.lost().count() == 0);
        });
    }

    private static HardRule lastOf(ReleasePolicy policy) {
        return policy.rules().get(policy.rules().size() - 1);
    }

    private static int count(List<ResourceFacts> record, AccessRequest request, Rules without, Rules with) {
        return (int) record.stream()
                .filter(facts -> !DecisionPoint.decide(request, facts, without).permits()
                        && DecisionPoint.decide(request, facts, with).permits())
                .count();
    }

    @Test
    void aDraftTakesThePlaceOfTheConsentWithItsId() {
        var some = new Some(1);
        var stored = new ConsentPolicy.Uncomputable("Consent/a/_history/2", "unreadable");
        var other = new ConsentPolicy.Uncomputable("Consent/ab/_history/1", "unreadable");
        var drafted = some.denyingPolicy();
        var rules = new Rules(new ReleasePolicy(List.of()), Map.of("Patient/ann", List.of(stored, other)));

        var replaced = new Draft.OfConsent("a", "Patient/ann", drafted).appliedTo(rules);
        var ended = new Draft.OfConsent("a", "Patient/ann", null).appliedTo(rules);
        var moved = new Draft.OfConsent("a", "Patient/bob", drafted).appliedTo(rules);

        assertThat(replaced.of("Patient/ann")).containsExactly(other, drafted);
        assertThat(ended.of("Patient/ann")).containsExactly(other);
        assertThat(moved.of("Patient/ann")).containsExactly(other);
        assertThat(moved.of("Patient/bob")).containsExactly(drafted);
    }

    @Test
    void aDraftTakesThePlaceOfTheLawWithItsId() {
        var rules = new Rules(Packs.US_OPT_OUT, Map.of());
        var law = Packs.US_OPT_OUT.rules().get(0);

        assertThat(new Draft.OfLaw("policy-us-part2", null)
                        .appliedTo(rules)
                        .policy()
                        .rules())
                .containsExactly(law);
        assertThat(new Draft.OfLaw("", law).appliedTo(rules).policy().rules()).hasSize(3);
    }

    @Test
    void aSummaryCountsWhatIsDecided() {
        Seeds.forAll(CASES, seed -> {
            var some = new Some(seed);
            var record = IntStream.range(0, 8).mapToObj(each -> some.facts()).toList();
            var rules = new Rules(some.policy(), some.consents());
            var request = some.request();

            var summary = AccessSummary.of(request, record, rules);

            var visible = (int) record.stream()
                    .filter(facts -> DecisionPoint.decide(request, facts, rules).permits())
                    .count();
            assertThat(summary.all()).isEqualTo(new AccessSummary.Tally(visible, 8 - visible));
            assertThat(summary.byType().values().stream()
                            .mapToInt(AccessSummary.Tally::visible)
                            .sum())
                    .isEqualTo(visible);
            assertThat(summary.reasons().stream()
                            .mapToInt(AccessSummary.Reason::count)
                            .sum())
                    .isEqualTo(8);
        });
    }
}
