package org.accordhie.consent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.accordhie.consent.Decision.Deny;
import org.accordhie.consent.Decision.Permit;
import org.accordhie.consent.Decision.Reason;
import org.accordhie.vocabulary.ResourceFacts;

/**
 * The policy decision point (PDP, XACML 3.0). A pure function of the request, the facts of the resource and the rules in
 * force; thread-safe.
 *
 * @param policy the rules of law and organisation
 */
public record DecisionPoint(ReleasePolicy policy) {

    /**
     * Decides about one resource.
     *
     * @param consents the active consents of each patient, by {@code Patient/[id]}
     */
    public Decision decide(
            AccessRequest request, ResourceFacts facts, Map<String, ? extends Collection<ConsentPolicy>> consents) {
        if (policy.isAuthor(request.requester(), facts)) {
            return new Permit(List.of(new Reason("the author organisation reads what it wrote", "", Effect.PERMIT)));
        }
        if (policy.isOwnRecord(request.requester(), facts)) {
            return new Permit(List.of(new Reason("a patient reads their own record", "", Effect.PERMIT)));
        }
        return decide(request, ReleaseRule.bind(policy, facts, consents));
    }

    /** Decides about every resource of a release class, but for what requesters may always read because it is theirs. */
    public Decision decide(AccessRequest request, ReleaseRule rule) {
        if (policy.always(rule.category(), request.requester())) {
            return new Permit(List.of(new Reason("always " + rule.category(), "", Effect.PERMIT)));
        }
        if (policy.never(rule.category())) {
            return new Deny(List.of(new Reason("never " + rule.category(), "", Effect.DENY)));
        }
        var reasons = new ArrayList<Reason>();
        for (var asked : request.asked()) {
            for (var consents : rule.patients()) {
                var decision = decide(request, rule, consents, asked);
                if (!decision.permits()) {
                    return decision;
                }
                reasons.addAll(decision.reasons());
            }
        }
        return reasons.isEmpty()
                ? new Deny(List.of(new Reason("no rule permits", "", Effect.DENY)))
                : new Permit(reasons);
    }

    /** Combines what the consents of one patient say: uncomputable, deny, permit, implicit deny, default, in this order. */
    private Decision decide(
            AccessRequest request, ReleaseRule rule, List<BoundConsent> consents, RequesterCriteria.Asked asked) {
        var spoken = consents.stream()
                .map(consent -> consent.speakTo(request.requester(), asked))
                .toList();
        for (var kind : List.of(Spoken.Kind.UNCOMPUTABLE, Spoken.Kind.DENY)) {
            if (says(spoken, kind)) {
                return new Deny(List.of(new Reason("consent: " + kind, pathOf(spoken, kind), Effect.DENY)));
            }
        }
        var permitted = says(spoken, Spoken.Kind.PERMIT);
        if (!permitted && says(spoken, Spoken.Kind.IMPLICIT_DENY)) {
            return new Deny(List.of(new Reason("consent: covers other data", "", Effect.DENY)));
        }
        if (!lifted(spoken).containsAll(rule.requiresConsent())) {
            return new Deny(List.of(new Reason("requires the patient's own consent", "", Effect.DENY)));
        }
        if (permitted) {
            return new Permit(
                    List.of(new Reason("consent: PERMIT", pathOf(spoken, Spoken.Kind.PERMIT), Effect.PERMIT)));
        }
        return policy.byDefault(rule.confidentiality(), asked)
                ? new Permit(List.of(new Reason("default", "", Effect.PERMIT)))
                : new Deny(List.of(new Reason("default", "", Effect.DENY)));
    }

    private static boolean says(List<Spoken> spoken, Spoken.Kind kind) {
        return spoken.stream().anyMatch(each -> each.kind() == kind);
    }

    private static String pathOf(List<Spoken> spoken, Spoken.Kind kind) {
        return spoken.stream()
                .filter(each -> each.kind() == kind)
                .map(Spoken::path)
                .findFirst()
                .orElse("");
    }

    private static Set<String> lifted(List<Spoken> spoken) {
        var lifts = new HashSet<String>();
        spoken.stream().filter(each -> each.kind() == Spoken.Kind.PERMIT).forEach(each -> lifts.addAll(each.lifts()));
        return lifts;
    }
}
