package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.accordhie.consent.Change.AnotherConsent;
import org.accordhie.consent.Change.AnotherOrganization;
import org.accordhie.consent.Change.AnotherPurpose;
import org.accordhie.consent.Change.AnotherTime;
import org.accordhie.consent.Change.Emergency;
import org.accordhie.consent.Change.WithoutConsents;
import org.accordhie.consent.Change.WithoutLaw;
import org.accordhie.vocabulary.BreakGlass;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each change is carried out here a second time, and must flip the outcome. */
@DisplayName("what would have changed a decision")
class CounterfactualsTest {

    private static final int CASES = 3_000;

    @Test
    void changesIt() {
        var kinds = new HashSet<Class<?>>();
        Seeds.forAll(CASES, seed -> {
            var some = new Some(seed);
            var request = some.request();
            var facts = some.facts();
            var rules = new Rules(some.policy(), some.consents());
            var others = List.of(some.requester(), some.requester());
            var permitted = DecisionPoint.decide(request, facts, rules).permits();

            for (var each : Counterfactuals.of(request, facts, rules, others)) {
                kinds.add(each.change().getClass());
                assertThat(each.permitted()).isEqualTo(!permitted);
                assertThat(outcome(each.change(), request, facts, rules, others))
                        .as("%s", each)
                        .contains(!permitted);
            }
        });
        assertThat(kinds).hasSize(7);
    }

    /** Of another organisation there may be several requesters, of whom one must make the difference. */
    private static Set<Boolean> outcome(
            Change change, AccessRequest request, ResourceFacts facts, Rules rules, List<Requester> others) {
        if (change instanceof AnotherOrganization other) {
            return others.stream()
                    .filter(each -> each.organization().equals(other.organization()))
                    .map(each -> permits(
                            new AccessRequest(each, request.action(), request.at(), request.breakGlass()),
                            facts,
                            rules))
                    .collect(java.util.stream.Collectors.toSet());
        }
        return Set.of(permits(asked(change, request), facts, ruled(change, rules, facts)));
    }

    private static boolean permits(AccessRequest request, ResourceFacts facts, Rules rules) {
        return DecisionPoint.decide(request, facts, rules).permits();
    }

    private static AccessRequest asked(Change change, AccessRequest request) {
        var requester = request.requester();
        if (change instanceof AnotherPurpose other) {
            return new AccessRequest(requester.asking(Set.of(other.purpose())), request.action(), request.at());
        }
        if (change instanceof Emergency emergency) {
            return new AccessRequest(
                    requester.asking(Set.of(PurposeOfUse.BTG)),
                    request.action(),
                    request.at(),
                    new BreakGlass(emergency.patient(), "test"));
        }
        if (change instanceof AnotherTime time) {
            return new AccessRequest(requester, request.action(), time.at(), request.breakGlass());
        }
        return request;
    }

    private static Rules ruled(Change change, Rules rules, ResourceFacts facts) {
        var consents = new HashMap<String, List<ConsentPolicy>>();
        rules.consents().forEach((patient, theirs) -> consents.put(patient, new ArrayList<>(theirs)));
        if (change instanceof WithoutConsents without) {
            consents.values()
                    .forEach(theirs -> theirs.removeIf(each -> without.ids().contains(each.id())));
        }
        if (change instanceof AnotherConsent consent) {
            var level = Set.of(facts.confidentiality());
            var named = new HashSet<>(consent.labels());
            var labels = named.remove(facts.confidentiality().name())
                    ? new LabelCriteria(named, level)
                    : new LabelCriteria(named, Set.of());
            var yes = new ConsentPolicy.Computable(
                    "Consent/yes",
                    org.accordhie.vocabulary.TimeSpan.ALWAYS,
                    List.of(),
                    Effect.PERMIT,
                    RequesterCriteria.ANYBODY,
                    new ResourceCriteria(
                            Set.of(),
                            new ResourceCriteria.DataClasses(Set.of(facts.type()), Set.of(), Set.of()),
                            ResourceCriteria.DataCodes.ANY,
                            labels,
                            null,
                            Set.of()),
                    List.of());
            facts.patients()
                    .forEach(patient -> consents.computeIfAbsent(patient, none -> new ArrayList<>())
                            .add(yes));
        }
        var laws = new ArrayList<>(rules.policy().rules());
        if (change instanceof WithoutLaw without) {
            laws.removeIf(law -> law.rule().id().equals(without.id()));
        }
        return new Rules(new ReleasePolicy(laws), consents);
    }
}
