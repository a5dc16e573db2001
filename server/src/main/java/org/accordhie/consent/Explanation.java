package org.accordhie.consent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.consent.ConsentPolicy.Uncomputable;
import org.accordhie.consent.Finding.Answer;
import org.accordhie.consent.HardRule.Kind;
import org.accordhie.consent.Proof.Decider;
import org.accordhie.consent.Proof.Law;
import org.accordhie.consent.Proof.OfPatient;
import org.accordhie.consent.Proof.OfPurpose;
import org.accordhie.consent.Proof.Rule;
import org.accordhie.consent.Proof.Said;
import org.accordhie.vocabulary.ResourceFacts;
import org.jspecify.annotations.Nullable;

/**
 * Decides and keeps the proof: the way of the {@link DecisionPoint}, over the same rules, asked criterion by criterion.
 * Thread-safe, holds no state.
 */
public final class Explanation {

    private Explanation() {}

    /** Decides about one resource, and says why. */
    public static Proof of(AccessRequest request, ResourceFacts facts, Rules rules) {
        var decision = DecisionPoint.decide(request, facts, rules);
        var settled = settled(request, facts);
        if (settled != null) {
            return new Proof(request, facts, decision, settled, List.of());
        }
        var asked = request.about(facts.patients());
        var purposes = new ArrayList<OfPurpose>();
        for (var purpose : DecisionPoint.purposesOf(asked)) {
            purposes.add(ofPurpose(new Question(asked, purpose, facts), rules));
        }
        return new Proof(request, facts, decision, null, purposes);
    }

    private static @Nullable Decider settled(AccessRequest request, ResourceFacts facts) {
        var relation = Relation.of(request.requester(), facts);
        if (relation != Relation.NONE) {
            return new Decider(Ground.RELATION, "", relation.rule(), "");
        }
        var category = Category.of(facts);
        return category.always(request.requester()) || category.never()
                ? new Decider(Ground.CATEGORY, "", category.name(), "")
                : null;
    }

    private static OfPurpose ofPurpose(Question question, Rules rules) {
        var policy = rules.policy();
        var byPatient = new TreeMap<String, Collection<ConsentPolicy>>();
        question.resource().patients().forEach(patient -> byPatient.put(patient, rules.of(patient)));
        var decision = DecisionPoint.decide(question, List.copyOf(byPatient.values()), policy);
        var laws = policy.rules().stream()
                .map(law -> new Law(law.kind(), law.title(), said(law.rule(), question)))
                .toList();
        return new OfPurpose(
                question.purpose(), decision, laws, settled(question, policy), ofPatients(question, byPatient, policy));
    }

    private static @Nullable Decider settled(Question question, ReleasePolicy policy) {
        var never = policy.denying(Kind.NEVER, question);
        if (never != null) {
            return decider(Ground.NEVER, never, question);
        }
        var always = policy.permitting(Kind.ALWAYS, question);
        return always == null ? null : decider(Ground.ALWAYS, always, question);
    }

    private static List<OfPatient> ofPatients(
            Question question, Map<String, Collection<ConsentPolicy>> byPatient, ReleasePolicy policy) {
        return byPatient.entrySet().stream()
                .map(each -> ofPatient(each.getKey(), each.getValue(), question, policy))
                .toList();
    }

    private static OfPatient ofPatient(
            String patient, Collection<ConsentPolicy> consents, Question question, ReleasePolicy policy) {
        var consented = Consented.of(consents, question);
        var decision = DecisionPoint.decide(question, consented, policy);
        var missing = policy.unanswered(question, consented);
        var ground = decision.permits()
                ? permittedBy(consented.answer(), policy.permitsByDefault(question))
                : refusedBy(consented.answer(), missing);
        var said = consents.stream().map(each -> said(each, question)).toList();
        return new OfPatient(patient, decision, ground, deciders(ground, said, missing, question, policy), said);
    }

    private static Ground permittedBy(Answer answer, boolean byDefault) {
        return switch (answer) {
            case PERMIT -> Ground.PERMITTED;
            case NOT_APPLICABLE -> byDefault ? Ground.DEFAULT : Ground.BREAK_GLASS;
            case DENY, IMPLICIT_DENY, UNCOMPUTABLE -> Ground.BREAK_GLASS;
        };
    }

    private static Ground refusedBy(Answer answer, @Nullable HardRule missing) {
        return switch (answer) {
            case UNCOMPUTABLE -> Ground.UNCOMPUTABLE;
            case DENY -> Ground.DENIED;
            case IMPLICIT_DENY -> Ground.OTHER_DATA;
            case PERMIT, NOT_APPLICABLE -> missing == null ? Ground.DEFAULT : Ground.REQUIRES_CONSENT;
        };
    }

    private static List<Decider> deciders(
            Ground ground, List<Said> said, @Nullable HardRule missing, Question question, ReleasePolicy policy) {
        return switch (ground) {
            case UNCOMPUTABLE -> saying(ground, Answer.UNCOMPUTABLE, said);
            case DENIED -> saying(ground, Answer.DENY, said);
            case OTHER_DATA -> saying(ground, Answer.IMPLICIT_DENY, said);
            case PERMITTED -> saying(ground, Answer.PERMIT, said);
            case REQUIRES_CONSENT -> missing == null ? List.of() : List.of(decider(ground, missing, question));
            case DEFAULT -> List.of(byDefault(question, policy));
            default -> List.of(new Decider(ground, "", "", ""));
        };
    }

    private static List<Decider> saying(Ground ground, Answer answer, List<Said> said) {
        return said.stream()
                .filter(each -> each.finding().answer() == answer)
                .map(each -> new Decider(ground, each.id(), "", each.finding().path()))
                .distinct()
                .toList();
    }

    private static Decider byDefault(Question question, ReleasePolicy policy) {
        var denying = policy.denying(Kind.DEFAULT, question);
        var law = denying == null ? policy.permitting(Kind.DEFAULT, question) : denying;
        return law == null ? new Decider(Ground.DEFAULT, "", "", "") : decider(Ground.DEFAULT, law, question);
    }

    private static Decider decider(Ground ground, HardRule law, Question question) {
        return new Decider(
                ground,
                law.rule().id(),
                law.title(),
                Evaluation.of(law.rule(), question).path());
    }

    private static Said said(ConsentPolicy policy, Question question) {
        var finding = Evaluation.of(policy, question);
        if (policy instanceof Uncomputable unreadable) {
            return new Said(unreadable.id(), List.of(), finding, null, unreadable.reason());
        }
        var consent = (Computable) policy;
        if (!consent.validity().contains(question.asking().at())) {
            return new Said(consent.id(), consent.bases(), finding, null, "");
        }
        var root = new Rule(
                Finding.ROOT,
                consent.base(),
                TruthValues.of(consent.requester(), question),
                TruthValues.of(consent.resource(), consent.base(), question),
                reached(consent.provisions(), question));
        return new Said(consent.id(), consent.bases(), finding, root, "");
    }

    private static List<Rule> reached(List<Provision> provisions, Question question) {
        return provisions.stream().map(each -> reached(each, question)).toList();
    }

    private static Rule reached(Provision provision, Question question) {
        var alone = new Rule(
                provision.path(),
                provision.effect(),
                TruthValues.of(provision.requester(), question),
                TruthValues.of(provision.resource(), provision.effect(), question),
                List.of());
        return alone.match() == Match.NO
                ? alone
                : new Rule(
                        alone.path(),
                        alone.effect(),
                        alone.requester(),
                        alone.resource(),
                        reached(provision.provisions(), question));
    }
}
