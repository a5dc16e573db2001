package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.consent.HardRule.Kind;
import org.accordhie.vocabulary.BreakGlass;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.ResourceFacts.Labels;
import org.accordhie.vocabulary.ResourceFacts.Origin;
import org.accordhie.vocabulary.TimeSpan;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a release policy")
class ReleasePolicyTest {

    private static final ResourceFacts NOTE = new ResourceFacts(
            "Observation",
            "1",
            1,
            Set.of("Patient/ann"),
            Set.of("Patient/ann"),
            Set.of(),
            Set.of(),
            Set.of(),
            new Labels(Set.of(), Confidentiality.N),
            null,
            Origin.EXCHANGE,
            Set.of());

    private static AccessRequest asking(PurposeOfUse purpose) {
        var requester = new Requester(
                "app", "", "Organization/a", Set.of("Organization/a"), null, null, Set.of(), Set.of(), Set.of(purpose));
        var emergency = purpose == PurposeOfUse.BTG ? new BreakGlass("Patient/ann", "unconscious") : null;
        return new AccessRequest(requester, AccessRequest.ACCESS, Instant.EPOCH, emergency);
    }

    private static Computable rule(Effect base, RequesterCriteria requester, Provision... provisions) {
        return new Computable(
                "Consent/1/_history/1",
                TimeSpan.ALWAYS,
                List.of(),
                base,
                requester,
                ResourceCriteria.ANYTHING,
                List.of(provisions));
    }

    private static RequesterCriteria speakingTo(String... actors) {
        return new RequesterCriteria(TimeSpan.ALWAYS, List.of(actors), List.of(), List.of());
    }

    @Test
    void thatIsClosedReleasesNothingWhateverPatientsSay() {
        var closed = ReleasePolicy.closed("unreadable");
        var consents = Map.of("Patient/ann", List.<ConsentPolicy>of(rule(Effect.PERMIT, RequesterCriteria.ANYBODY)));

        for (var purpose : List.of(PurposeOfUse.TREAT, PurposeOfUse.BTG)) {
            assertThat(DecisionPoint.decide(asking(purpose), NOTE, new Rules(closed, consents))
                            .reasons())
                    .containsExactly(new Decision.Reason("never: unreadable", "", Effect.DENY));
        }
    }

    @Test
    void knowsTheTeamsThatItsRulesName() {
        var exception = new Provision(
                "p", Effect.DENY, speakingTo("CareTeam/b", "PractitionerRole/c"), ResourceCriteria.ANYTHING, List.of());
        var policy = new ReleasePolicy(List.of(
                new HardRule(Kind.DEFAULT, "a", rule(Effect.PERMIT, speakingTo("CareTeam/a", "Organization/a"))),
                new HardRule(Kind.NEVER, "b", rule(Effect.DENY, RequesterCriteria.ANYBODY, exception))));

        assertThat(policy.recipients(List.of("CareTeam/"))).containsExactlyInAnyOrder("CareTeam/a", "CareTeam/b");
        assertThat(policy.recipients(List.of("Device/"))).isEmpty();
    }

    /** Part 2 lets an emergency pass; it does not open what no default opens. */
    @Test
    void breaksGlassByADefaultOnly() {
        var part2 = new ReleasePolicy(List.of(Packs.US_OPT_OUT.rules().get(1)));
        var none = Map.<String, List<ConsentPolicy>>of();

        assertThat(DecisionPoint.decide(asking(PurposeOfUse.BTG), NOTE, new Rules(part2, none))
                        .permits())
                .isFalse();
        assertThat(DecisionPoint.decide(asking(PurposeOfUse.BTG), NOTE, new Rules(Packs.US_OPT_OUT, none))
                        .permits())
                .isTrue();
    }
}
