package org.accordhie.consent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.consent.ResourceCriteria.DataClasses;
import org.accordhie.consent.ResourceCriteria.DataCodes;
import org.accordhie.vocabulary.BreakGlass;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.TimeSpan;
import org.jspecify.annotations.Nullable;

/** What a decision is made from, to be made again with one thing otherwise. */
record Hypothesis(AccessRequest request, ResourceFacts facts, Rules rules) {

    boolean permits() {
        return DecisionPoint.decide(request, facts, rules).permits();
    }

    Hypothesis withPurpose(PurposeOfUse purpose) {
        return asking(request.requester().asking(Set.of(purpose)), request.at(), null);
    }

    Hypothesis inEmergency(String patient) {
        return asking(
                request.requester().asking(Set.of(PurposeOfUse.BTG)),
                request.at(),
                new BreakGlass(patient, "as an assumption"));
    }

    Hypothesis at(Instant instant) {
        return asking(request.requester(), instant, request.breakGlass());
    }

    Hypothesis by(Requester other) {
        return asking(other, request.at(), request.breakGlass());
    }

    private Hypothesis asking(Requester requester, Instant at, @Nullable BreakGlass emergency) {
        return new Hypothesis(new AccessRequest(requester, request.action(), at, emergency), facts, rules);
    }

    Hypothesis withoutConsents(Set<String> ids) {
        var left = new HashMap<String, Collection<ConsentPolicy>>();
        rules.consents()
                .forEach((patient, theirs) -> left.put(
                        patient,
                        theirs.stream().filter(each -> !ids.contains(each.id())).toList()));
        return under(new Rules(rules.policy(), left));
    }

    Hypothesis withoutLaw(String id) {
        Predicate<HardRule> others = law -> !law.rule().id().equals(id);
        return under(new Rules(
                new ReleasePolicy(rules.policy().rules().stream().filter(others).toList()), rules.consents()));
    }

    /** With a consent of each patient that lets everybody have data of this type, by name of these labels. */
    Hypothesis withConsent(Set<String> labels) {
        var more = new HashMap<String, Collection<ConsentPolicy>>(rules.consents());
        for (var patient : facts.patients()) {
            var theirs = new ArrayList<>(rules.of(patient));
            theirs.add(permitting(labels));
            more.put(patient, theirs);
        }
        return under(new Rules(rules.policy(), more));
    }

    private ConsentPolicy permitting(Set<String> labels) {
        var levels = labels.stream()
                .flatMap(label -> Confidentiality.ofCode(label).stream())
                .collect(Collectors.toSet());
        var sensitivities = labels.stream()
                .filter(label -> Confidentiality.ofCode(label).isEmpty())
                .collect(Collectors.toSet());
        var criteria = new LabelCriteria(sensitivities, levels);
        var kind = new DataClasses(Set.of(facts.type()), Set.of(), Set.of());
        return new Computable(
                "",
                TimeSpan.ALWAYS,
                List.of(),
                Effect.PERMIT,
                RequesterCriteria.ANYBODY,
                new ResourceCriteria(Set.of(), kind, DataCodes.ANY, criteria, null, Set.of()),
                List.of());
    }

    private Hypothesis under(Rules others) {
        return new Hypothesis(request, facts, others);
    }
}
