package org.accordhie.consent;

import java.util.List;
import java.util.Optional;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.vocabulary.TimeSpan;

/**
 * What is left of a consent once the resource, or the requester, has been filled in. What cannot come to anything any more is
 * left out, so that consents which differ only in that become equal: two resources for which the same is left are released
 * together, which is what keeps release classes few.
 */
final class PartialEvaluation {

    private static final Computable NOTHING_LEFT = new Computable(
            "",
            TimeSpan.ALWAYS,
            List.of(),
            Effect.DENY,
            new ContextCriteria.Known(Match.NO, false),
            DataCriteria.Known.COVERED,
            List.of());

    private PartialEvaluation() {}

    /** Fills the resource in: what is left is about who asks, when and why. */
    static ConsentPolicy withResource(ConsentPolicy policy, Question resource) {
        return policy instanceof Computable consent
                ? new Computable(
                        "",
                        consent.validity(),
                        consent.bases(),
                        consent.base(),
                        consent.requester(),
                        settled(consent.base(), consent.resource().bind(consent.base(), resource)),
                        withResource(consent.provisions(), resource))
                : new ConsentPolicy.Uncomputable("", "");
    }

    private static List<Provision> withResource(List<Provision> provisions, Question resource) {
        return provisions.stream()
                .flatMap(rule -> withResource(rule, resource).stream())
                .toList();
    }

    private static Optional<Provision> withResource(Provision rule, Question resource) {
        var known = rule.resource().bind(rule.effect(), resource);
        var exceptions = known.match() == Match.NO ? List.<Provision>of() : withResource(rule.provisions(), resource);
        var alone = rule.effect() == Effect.DENY && exceptions.isEmpty();
        var bound = new Provision(
                rule.path(),
                rule.effect(),
                rule.requester(),
                alone ? settled(rule.effect(), known) : known,
                exceptions);
        return kept(bound, known.match());
    }

    /** Where nothing but firing matters, how surely is no difference. */
    private static DataCriteria.Known settled(Effect effect, DataCriteria.Known known) {
        return new DataCriteria.Known(Match.of(known.match().fires(effect)), known.named());
    }

    /** Fills the request in: what is left, the residual, is about the data. Source: IHE PCF, residual. */
    static ConsentPolicy withRequester(ConsentPolicy policy, Question request) {
        if (!(policy instanceof Computable consent)) {
            return policy;
        }
        if (!consent.validity().contains(request.asking().at())) {
            return NOTHING_LEFT;
        }
        return new Computable(
                consent.id(),
                TimeSpan.ALWAYS,
                consent.bases(),
                consent.base(),
                consent.requester().bind(request),
                consent.resource(),
                withRequester(consent.provisions(), request));
    }

    private static List<Provision> withRequester(List<Provision> provisions, Question request) {
        return provisions.stream()
                .flatMap(rule -> withRequester(rule, request).stream())
                .toList();
    }

    private static Optional<Provision> withRequester(Provision rule, Question request) {
        var known = rule.requester().bind(request);
        var bound = new Provision(
                rule.path(),
                rule.effect(),
                known,
                rule.resource(),
                known.match() == Match.NO ? List.of() : withRequester(rule.provisions(), request));
        return kept(bound, known.match());
    }

    /** Of a permit that only possibly applies nothing but the denials in it counts. */
    private static Optional<Provision> kept(Provision bound, Match match) {
        return Optional.of(bound)
                .filter(rule -> match == Match.CERTAINLY || (match == Match.POSSIBLY && rule.mayDeny()));
    }
}
