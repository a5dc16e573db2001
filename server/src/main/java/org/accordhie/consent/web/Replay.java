package org.accordhie.consent.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.accordhie.consent.AccessRequest;
import org.accordhie.consent.ConsentPolicy;
import org.accordhie.consent.DecisionPoint;
import org.accordhie.consent.Explanation;
import org.accordhie.consent.ReleasePolicy;
import org.accordhie.consent.Rules;
import org.accordhie.consent.StoredConsent;
import org.accordhie.consent.jpa.RecordedReleases.Release;
import org.accordhie.consent.jpa.StoredFacts;

/**
 * Decides recorded releases and refused reads once more, from the versions that they rested on, and says where something else comes out. Codes, value
 * sets and labels are those of today: a release whose resource was labelled anew since may differ for that reason.
 */
final class Replay {

    private final StoredFacts stored;
    private final RulesInTime rules;
    private final RefusalReplay refusals;

    Replay(StoredFacts stored, RulesInTime rules) {
        this.stored = stored;
        this.rules = rules;
        this.refusals = new RefusalReplay(stored, rules);
    }

    /** What a decision made once more came to. */
    enum Outcome {
        AGREES("the same comes out, for the same reasons"),
        OTHER_REASONS("released all the same, for other reasons"),
        HIDDEN("it would be hidden"),
        RELEASED("it was refused and would be released"),
        GONE("a version that the decision rested on is no longer there");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /**
     * One resource that was decided about once more.
     *
     * @param resource its version, as {@code [type]/[id]/_history/[version]}
     * @param outcome what came out
     */
    record Replayed(String resource, Outcome outcome) {}

    /** Decides a release or a refused read once more, resource by resource, in the running transaction. */
    List<Replayed> of(Release release) {
        var evidence = DecisionEvidence.read(release.evidence());
        var then = rulesOf(evidence);
        var refused = evidence.refused();
        if (refused != null) {
            return List.of(then.map(rules -> refusals.of(release, evidence, rules.policy(), refused))
                    .orElse(new Replayed(refused, Outcome.GONE)));
        }
        if (then.isEmpty()) {
            return release.resources().stream()
                    .map(resource -> new Replayed(resource, Outcome.GONE))
                    .toList();
        }
        var request = requestOf(release, evidence);
        return evidence.decided().stream()
                .flatMap(decided -> decided.of().stream()
                        .map(place -> again(request, release.resources().get(place), then.get(), decided)))
                .toList();
    }

    /** How many resources of a release were released because some version of the consent permits them. */
    int permittedBy(String consent, Release release) {
        var evidence = DecisionEvidence.read(release.evidence());
        var then = rulesOf(evidence);
        if (then.isEmpty()) {
            return 0;
        }
        var request = requestOf(release, evidence);
        return (int) release.resources().stream()
                .flatMap(resource -> stored.version(resource).stream())
                .filter(facts -> Explanation.of(request, facts, then.get()).deciders().stream()
                        .anyMatch(decider -> decider.rule().startsWith(consent + "/_history/")))
                .count();
    }

    private static AccessRequest requestOf(Release release, DecisionEvidence evidence) {
        return new AccessRequest(
                evidence.requester(release.requester()), AccessRequest.ACCESS, release.at(), release.breakGlass());
    }

    /** The rules as they were then; empty if a version of them is gone. */
    private Optional<Rules> rulesOf(DecisionEvidence evidence) {
        var laws = evidence.laws().stream().map(rules::law).toList();
        var consents = evidence.consents().stream().map(rules::consent).toList();
        if (Stream.concat(laws.stream(), consents.stream()).anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        return Optional.of(new Rules(
                new ReleasePolicy(laws.stream().flatMap(Optional::stream).toList()),
                byPatient(consents.stream().flatMap(Optional::stream).toList())));
    }

    private Replayed again(AccessRequest request, String resource, Rules then, DecisionEvidence.Decided decided) {
        var facts = stored.version(resource);
        if (facts.isEmpty()) {
            return new Replayed(resource, Outcome.GONE);
        }
        var decision = DecisionPoint.decide(request, facts.get(), then);
        if (!decision.permits()) {
            return new Replayed(resource, Outcome.HIDDEN);
        }
        var isSame =
                decision.reasons().equals(decided.by()) && decision.duties().size() == decided.duties();
        return new Replayed(resource, isSame ? Outcome.AGREES : Outcome.OTHER_REASONS);
    }

    private static Map<String, List<ConsentPolicy>> byPatient(List<StoredConsent> consents) {
        var byPatient = new HashMap<String, List<ConsentPolicy>>();
        for (var consent : consents) {
            var policy = consent.policy();
            if (policy != null) {
                byPatient
                        .computeIfAbsent(consent.patient(), patient -> new ArrayList<>())
                        .add(policy);
            }
        }
        return byPatient;
    }
}
