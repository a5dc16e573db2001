package org.accordhie.consent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.accordhie.consent.Decision.Deny;
import org.accordhie.consent.Decision.Permit;
import org.accordhie.consent.Decision.Reason;
import org.accordhie.consent.Finding.Answer;
import org.accordhie.consent.HardRule.Kind;
import org.accordhie.vocabulary.ElementLabels;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;
import org.jspecify.annotations.Nullable;

/**
 * The policy decision point (PDP, XACML 3.0): a pure function of the request, the facts of the resource and the rules in force.
 *
 * <p>Source: {@code docs/consent.md}, "In which order". Thread-safe, holds no state.
 */
public final class DecisionPoint {

    private DecisionPoint() {}

    /**
     * Decides about one resource. A labelled element is decided as the resource would be if it carried the label itself; what
     * is denied so must be taken out of it. What policies take out, they do where they decide at all.
     */
    public static Decision decide(AccessRequest request, ResourceFacts facts, Rules rules) {
        var decision = decideWhole(request, facts, rules);
        if (!(decision instanceof Permit permit)) {
            return decision;
        }
        var duties = new HashSet<Obligation>();
        var labels = redacted(request, facts, rules);
        if (!labels.isEmpty()) {
            duties.add(new Obligation.Redact(labels));
        }
        var removed =
                settled(request.requester(), facts) == null ? rules.policy().removed(request) : Set.<NamedElement>of();
        if (!removed.isEmpty()) {
            duties.add(new Obligation.Remove(removed));
        }
        return duties.isEmpty() ? permit : new Permit(permit.reasons(), duties);
    }

    private static Set<ElementLabels> redacted(AccessRequest request, ResourceFacts facts, Rules rules) {
        var denied = new HashSet<ElementLabels>();
        for (var part : facts.labels().inline()) {
            if (!decideWhole(request, facts.with(part), rules).permits()) {
                denied.add(part.labels());
            }
        }
        return denied;
    }

    private static Decision decideWhole(AccessRequest request, ResourceFacts facts, Rules rules) {
        var settled = settled(request.requester(), facts);
        if (settled != null) {
            return settled;
        }
        var patients = new ArrayList<Collection<ConsentPolicy>>(facts.patients().size());
        for (var patient : facts.patients()) {
            patients.add(rules.of(patient));
        }
        return decideEach(request.about(facts.patients()), facts, patients, rules.policy());
    }

    /**
     * Decides about every resource of a release class, but for what requesters may always read because of what they are to it.
     *
     * @param request as it would be about resources of one patient; its emergency is taken to be about these
     */
    public static Decision decide(AccessRequest request, ReleaseRule rule, ReleasePolicy policy) {
        var facts = rule.facts();
        var settled = settledByCategory(request.requester(), facts);
        return settled == null ? decideEach(request, facts, rule.patients(), policy) : settled;
    }

    /** What holds whatever laws and consents say; null where they are asked. */
    static @Nullable Decision settled(Requester requester, ResourceFacts facts) {
        var relation = Relation.of(requester, facts);
        return relation == Relation.NONE ? settledByCategory(requester, facts) : permit(relation.rule());
    }

    private static @Nullable Decision settledByCategory(Requester requester, ResourceFacts facts) {
        var category = Category.of(facts);
        if (category.always(requester)) {
            return permit("always " + category);
        }
        return category.never() ? deny("never " + category, "") : null;
    }

    private static Decision decideEach(
            AccessRequest request,
            ResourceFacts facts,
            List<? extends Collection<ConsentPolicy>> patients,
            ReleasePolicy policy) {
        Decision decided = null;
        for (var purpose : purposesOf(request)) {
            var question = new Question(request, purpose, facts);
            decided = stricter(decided, decide(question, patients, policy));
        }
        return decided == null ? deny("no purpose", "") : decided;
    }

    /**
     * Each purpose must be permitted; a request that names none asks once, without. Breaking the glass without declaring an
     * emergency must be permitted as emergency treatment too.
     */
    static Collection<@Nullable PurposeOfUse> purposesOf(AccessRequest request) {
        var named = request.requester().purposes();
        if (named.isEmpty()) {
            return Collections.singletonList(null);
        }
        if (request.breakGlass() != null || !named.contains(PurposeOfUse.BTG)) {
            return Collections.unmodifiableCollection(named);
        }
        var asked = EnumSet.copyOf(named);
        asked.add(PurposeOfUse.ETREAT);
        return Collections.unmodifiableCollection(asked);
    }

    /** Decides for one purpose. */
    static Decision decide(
            Question question, List<? extends Collection<ConsentPolicy>> patients, ReleasePolicy policy) {
        var never = policy.denying(Kind.NEVER, question);
        if (never != null) {
            return deny("never: " + never.title(), "");
        }
        var always = policy.permitting(Kind.ALWAYS, question);
        if (always != null) {
            return permit("always: " + always.title());
        }
        Decision decided = null;
        for (var consents : patients) {
            decided = stricter(decided, decide(question, Consented.of(consents, question), policy));
        }
        return decided == null ? deny("no rule permits", "") : decided;
    }

    /** Combines what the consents of one patient say: uncomputable, deny, permit, implicit deny, default, in this order. */
    static Decision decide(Question question, Consented consented, ReleasePolicy policy) {
        var missing = policy.unanswered(question, consented);
        var refused = refusal(consented, missing);
        if (refused == null && consented.answer() == Answer.PERMIT) {
            return new Permit(List.of(new Reason("consent: PERMIT", consented.path(), Effect.PERMIT)));
        }
        if (refused == null && policy.permitsByDefault(question)) {
            return permit("default");
        }
        if (missing == null && breaksGlass(question, consented, policy)) {
            return permit("break-glass");
        }
        return refused == null ? deny("default", "") : refused;
    }

    private static @Nullable Decision refusal(Consented consented, @Nullable HardRule missing) {
        return switch (consented.answer()) {
            case UNCOMPUTABLE, DENY -> deny("consent: " + consented.answer(), consented.path());
            case IMPLICIT_DENY -> deny("consent: covers other data", "");
            case PERMIT, NOT_APPLICABLE ->
                missing == null ? null : deny("requires the patient's own consent: " + missing.title(), "");
        };
    }

    /** An emergency passes what the patient has denied or not said, but not a denial that names it, nor what is unreadable. */
    private static boolean breaksGlass(Question question, Consented consented, ReleasePolicy policy) {
        return consented.answer() != Answer.UNCOMPUTABLE
                && !consented.explicit()
                && question.asking().breaksGlassFor(question.purpose())
                && policy.permitsBreakGlass(question.asking(), question.resource());
    }

    static Decision stricter(@Nullable Decision one, Decision other) {
        if (one == null || (one.permits() && !other.permits())) {
            return other;
        }
        if (!one.permits()) {
            return one;
        }
        var reasons = new ArrayList<>(one.reasons());
        reasons.addAll(other.reasons());
        return new Permit(reasons);
    }

    private static Permit permit(String rule) {
        return new Permit(List.of(new Reason(rule, "", Effect.PERMIT)));
    }

    private static Deny deny(String rule, String path) {
        return new Deny(List.of(new Reason(rule, path, Effect.DENY)));
    }
}
