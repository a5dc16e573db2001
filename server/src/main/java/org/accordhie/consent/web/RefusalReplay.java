package org.accordhie.consent.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.accordhie.consent.AccessRequest;
import org.accordhie.consent.DecisionPoint;
import org.accordhie.consent.ReleasePolicy;
import org.accordhie.consent.Rules;
import org.accordhie.consent.jpa.RecordedReleases.Release;
import org.accordhie.consent.jpa.StoredFacts;
import org.accordhie.consent.web.Replay.Outcome;
import org.accordhie.consent.web.Replay.Replayed;
import org.accordhie.smart.GrantedScopes;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;

/**
 * Decides refused reads once more: of the version that was current then, with the laws that were in force and the consents that
 * were stored. A refused read keeps no versions of consents, since to look for them would take longer where there is something.
 */
final class RefusalReplay {

    /** What was written within this time before may not have been seen, being committed later than it says. */
    private static final Duration UNSEEN = Duration.ofMinutes(2);

    private final StoredFacts stored;
    private final RulesInTime rules;

    RefusalReplay(StoredFacts stored, RulesInTime rules) {
        this.stored = stored;
        this.rules = rules;
    }

    /**
     * Decides one once more, in the running transaction.
     *
     * @param policy the laws that it was decided with
     * @param refused what was asked for, as {@code [type]/[id]}
     */
    Replayed of(Release release, DecisionEvidence evidence, ReleasePolicy policy, String refused) {
        var requester = evidence.requester(release.requester());
        var isReleased = List.of(release.at(), release.at().minus(UNSEEN)).stream()
                .allMatch(instant -> isReleased(release, evidence, requester, policy, refused, instant));
        return new Replayed(refused, isReleased ? Outcome.RELEASED : Outcome.AGREES);
    }

    private boolean isReleased(
            Release release,
            DecisionEvidence evidence,
            Requester requester,
            ReleasePolicy policy,
            String refused,
            Instant instant) {
        var facts = factsAt(refused, instant);
        if (facts.isEmpty() || !isInScope(evidence, facts.get())) {
            return false;
        }
        var consents = rules.consentsAt(facts.get().patients(), instant);
        var request = new AccessRequest(requester, AccessRequest.ACCESS, instant, release.breakGlass());
        return DecisionPoint.decide(request, facts.get(), new Rules(policy, consents))
                .permits();
    }

    private Optional<ResourceFacts> factsAt(String refused, Instant instant) {
        var address = refused.split("/", 2);
        return stored.at(address[0], address[1], instant);
    }

    private static boolean isInScope(DecisionEvidence evidence, ResourceFacts facts) {
        var context = evidence.context();
        return GrantedScopes.parse(evidence.scopes())
                .grantOf("r", facts.type())
                .opens(context != null && facts.compartments().contains(context), Set.of());
    }
}
