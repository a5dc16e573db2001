package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.TimeSpan;
import org.jspecify.annotations.Nullable;
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
                    ? draft(before, some.consent())
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

    /** A new consent of the first patient beside those in force. */
    private static Draft draft(Rules before, ConsentPolicy policy) {
        var patient = Some.PATIENTS.get(0);
        var stored = new ArrayList<StoredConsent>();
        for (var each : before.of(patient)) {
            stored.add(consent("stored-" + stored.size(), patient, each));
        }
        return new Draft.OfConsent(consent("draft", patient, policy), stored);
    }

    private static StoredConsent consent(
            String id, String patient, @Nullable ConsentPolicy policy, String... identifiers) {
        var life = new Supersession.Version(
                "Consent/" + id,
                policy == null ? ConsentStatus.INACTIVE : ConsentStatus.ACTIVE,
                true,
                Set.of(identifiers),
                Set.of(),
                id.equals("draft") ? Instant.EPOCH.plusSeconds(1) : Instant.EPOCH,
                Instant.EPOCH);
        return new StoredConsent(id, 1, patient, life, policy, null);
    }

    @Test
    void aDraftTakesThePlaceOfTheConsentWithItsId() {
        var some = new Some(1);
        var stored = new ConsentPolicy.Uncomputable("Consent/a/_history/2", "unreadable");
        var other = new ConsentPolicy.Uncomputable("Consent/ab/_history/1", "unreadable");
        var drafted = some.denyingPolicy();
        var rules = new Rules(new ReleasePolicy(List.of()), Map.of("Patient/ann", List.of(stored, other)));
        var both = List.of(consent("a", "Patient/ann", stored), consent("ab", "Patient/ann", other));

        var replaced = new Draft.OfConsent(consent("a", "Patient/ann", drafted), both).appliedTo(rules);
        var ended = new Draft.OfConsent(consent("a", "Patient/ann", null), both).appliedTo(rules);
        var moved = new Draft.OfConsent(consent("a", "Patient/bob", drafted), both).appliedTo(rules);

        assertThat(replaced.of("Patient/ann")).containsExactly(other, drafted);
        assertThat(ended.of("Patient/ann")).containsExactly(other);
        assertThat(moved.of("Patient/ann")).containsExactly(other);
        assertThat(moved.of("Patient/bob")).containsExactly(drafted);
    }

    @Test
    void aDraftConcernsItsPatientAndThePatientOfTheConsentWithItsId() {
        var stored = new ConsentPolicy.Uncomputable("Consent/a/_history/2", "unreadable");
        var all = List.of(
                consent("a", "Patient/ann", stored),
                consent("b", "Patient/cat", stored),
                consent("c", "Patient/dan", stored));

        assertThat(new Draft.OfConsent(consent("a", "Patient/bob", null), all).patients())
                .containsExactlyInAnyOrder("Patient/ann", "Patient/bob");
    }

    @Test
    void aDraftSupersedesWhatItWouldSupersede() {
        var drafted = new Some(1).denyingPolicy();
        var older = new ConsentPolicy.Uncomputable("Consent/a/_history/2", "unreadable");
        var rules = new Rules(new ReleasePolicy(List.of()), Map.of("Patient/ann", List.of(older)));

        var after = new Draft.OfConsent(
                        consent("draft", "Patient/ann", drafted, "urn:x|1"),
                        List.of(consent("a", "Patient/ann", older, "urn:x|1")))
                .appliedTo(rules);

        assertThat(after.of("Patient/ann")).containsExactly(drafted);
    }

    @Test
    void aDraftNamesItsTeams() {
        var team = new RequesterCriteria(TimeSpan.ALWAYS, List.of("CareTeam/ward", "Device/app"), List.of(), List.of());
        var provision = new Provision("p", Effect.DENY, team, ResourceCriteria.ANYTHING, List.of());
        var rule = new ConsentPolicy.Computable(
                "Consent/a",
                TimeSpan.ALWAYS,
                List.of(),
                Effect.PERMIT,
                RequesterCriteria.ANYBODY,
                ResourceCriteria.ANYTHING,
                List.of(provision));

        assertThat(new Draft.OfConsent(consent("a", "Patient/ann", rule), List.of()).teams())
                .containsExactly("CareTeam/ward");
        assertThat(new Draft.OfLaw("a", new HardRule(HardRule.Kind.DEFAULT, "A law", rule)).teams())
                .containsExactly("CareTeam/ward");
        assertThat(new Draft.OfLaw("a", null).teams()).isEmpty();
    }

    @Test
    void aDraftTakesThePlaceOfTheLawWithItsId() {
        var rules = new Rules(Packs.US_OPT_OUT, Map.of());
        var law = Packs.US_OPT_OUT.rules().get(0);

        assertThat(new Draft.OfLaw("policy-us-part2", null)
                        .appliedTo(rules)
                        .policy()
                        .rules())
                .containsExactlyElementsOf(Packs.US_OPT_OUT.rules().stream()
                        .filter(each -> !each.rule().id().startsWith("Consent/policy-us-part2/"))
                        .toList())
                .hasSize(Packs.US_OPT_OUT.rules().size() - 1);
        assertThat(new Draft.OfLaw("", law).appliedTo(rules).policy().rules())
                .hasSize(Packs.US_OPT_OUT.rules().size() + 1);
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
