package org.accordhie.consent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.SmallSet;

/**
 * What one patient's consents say to one question, put together. Source: {@code docs/consent.md}, "In which order".
 *
 * @param answer uncomputable, deny, permit, implicit deny, not applicable: the first of these that a consent says
 * @param path the provision that says so
 * @param explicit whether a denial names breaking the glass itself
 * @param permits what permits
 * @param laws the laws and policies that each consent which permits is given under
 */
record Consented(Finding.Answer answer, String path, boolean explicit, List<Finding> permits, List<List<String>> laws) {

    private static final Consented NOTHING_SAID =
            new Consented(Finding.Answer.NOT_APPLICABLE, "", false, List.of(), List.of());

    static Consented of(Collection<ConsentPolicy> consents, Question question) {
        if (consents.isEmpty()) {
            return NOTHING_SAID;
        }
        Finding strongest = NoRule.NOT_APPLICABLE;
        var explicit = false;
        var permits = new ArrayList<Finding>(consents.size());
        var laws = new ArrayList<List<String>>(1);
        for (var consent : consents) {
            var finding = Evaluation.of(consent, question);
            explicit |= finding.explicit();
            strongest = weight(finding) > weight(strongest) ? finding : strongest;
            if (finding.answer() == Finding.Answer.PERMIT && consent instanceof Computable computable) {
                permits.add(finding);
                if (!laws.contains(computable.bases())) {
                    laws.add(computable.bases());
                }
            }
        }
        return new Consented(strongest.answer(), strongest.path(), explicit, permits, laws);
    }

    private static int weight(Finding finding) {
        return switch (finding.answer()) {
            case UNCOMPUTABLE -> 4;
            case DENY -> 3;
            case PERMIT -> 2;
            case IMPLICIT_DENY -> 1;
            case NOT_APPLICABLE -> 0;
        };
    }

    /**
     * Whether the patient has said the yes that a rule of law asks for: by permits that name each label, or the class, which
     * the rule is about, or by one given under that very law. A rule about no label and no class is answered by any permit.
     *
     * @param law where the law stands
     * @param asks what the law says of the resource
     */
    boolean answers(List<String> law, Finding asks, ResourceFacts facts) {
        return isGivenUnder(law) || (!permits.isEmpty() && namesAll(asks, facts));
    }

    private boolean isGivenUnder(List<String> law) {
        for (int index = 0; index < laws.size(); index++) {
            if (!Collections.disjoint(law, laws.get(index))) {
                return true;
            }
        }
        return false;
    }

    private boolean namesAll(Finding asks, ResourceFacts facts) {
        var sensitivities = facts.sensitivities();
        for (int index = 0; index < sensitivities.size(); index++) {
            var sensitivity = SmallSet.get(sensitivities, index);
            if (asks.touches(sensitivity) && !isNamed(sensitivity)) {
                return false;
            }
        }
        return (!asks.touches(facts.confidentiality()) || isNamed(facts.confidentiality()))
                && (!asks.namesType(facts.type()) || isNamedType(facts.type()));
    }

    private boolean isNamed(String sensitivity) {
        for (int index = 0; index < permits.size(); index++) {
            if (permits.get(index).namesSensitivity(sensitivity)) {
                return true;
            }
        }
        return false;
    }

    private boolean isNamed(Confidentiality level) {
        for (int index = 0; index < permits.size(); index++) {
            if (permits.get(index).namesConfidentiality(level)) {
                return true;
            }
        }
        return false;
    }

    private boolean isNamedType(String type) {
        for (int index = 0; index < permits.size(); index++) {
            if (permits.get(index).namesType(type)) {
                return true;
            }
        }
        return false;
    }
}
