package org.accordhie.consent;

import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.accordhie.vocabulary.ResourceFacts;

/** A request, a resource, the law and the consents of the patients. */
record Case(
        AccessRequest request, ResourceFacts facts, ReleasePolicy policy, Map<String, List<ConsentPolicy>> consents) {

    static Case of(Some some) {
        return new Case(some.request(), some.facts(), some.policy(), some.consents());
    }

    Case about(ResourceFacts others) {
        return new Case(request, others, policy, consents);
    }

    Case under(ReleasePolicy law) {
        return new Case(request, facts, law, consents);
    }

    Case asked(AccessRequest otherwise) {
        return new Case(otherwise, facts, policy, consents);
    }

    Case with(UnaryOperator<List<ConsentPolicy>> change) {
        return new Case(
                request,
                facts,
                policy,
                consents.entrySet().stream()
                        .collect(toMap(Map.Entry::getKey, entry -> change.apply(entry.getValue()))));
    }

    Decision decide() {
        return DecisionPoint.decide(request, facts, new Rules(policy, consents));
    }

    boolean permits() {
        return decide().permits();
    }

    /** What determined the answer. */
    String rule() {
        var first = decide().reasons().get(0);
        return first.effect() + " " + first.rule();
    }
}
