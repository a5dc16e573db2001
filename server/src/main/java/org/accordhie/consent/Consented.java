package org.accordhie.consent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.vocabulary.ResourceFacts;

/**
 * What one patient's consents say to one question, put together. Source: {@code docs/consent.md}, "In which order".
 *
 * @param answer uncomputable, deny, permit, implicit deny, not applicable: the first of these that a consent says
 * @param path the provision that says so
 * @param explicit whether a denial names breaking the glass itself
 * @param permits the consents that permit, with what they name
 */
record Consented(Finding.Answer answer, String path, boolean explicit, List<Permit> permits) {

    private static final Consented NOTHING_SAID = new Consented(Finding.Answer.NOT_APPLICABLE, "", false, List.of());

    /** A permit: under which law, and what it names. */
    private record Permit(List<String> bases, Finding finding) {}

    static Consented of(Collection<ConsentPolicy> consents, Question question) {
        if (consents.isEmpty()) {
            return NOTHING_SAID;
        }
        Finding strongest = Finding.NOT_APPLICABLE;
        var explicit = false;
        var permits = new ArrayList<Permit>(0);
        for (var consent : consents) {
            var finding = Evaluation.of(consent, question);
            explicit |= finding.explicit();
            strongest = weight(finding) > weight(strongest) ? finding : strongest;
            if (finding.answer() == Finding.Answer.PERMIT && consent instanceof Computable computable) {
                permits.add(new Permit(computable.bases(), finding));
            }
        }
        return new Consented(strongest.answer(), strongest.path(), explicit, permits);
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
        return permits.stream().anyMatch(permit -> permit.bases().stream().anyMatch(law::contains));
    }

    private boolean namesAll(Finding asks, ResourceFacts facts) {
        for (var sensitivity : facts.sensitivities()) {
            if (concerns(asks, sensitivity)
                    && permits.stream().noneMatch(permit -> permit.finding().namesSensitivity(sensitivity))) {
                return false;
            }
        }
        return !asks.namesType(facts.type())
                || permits.stream().anyMatch(permit -> permit.finding().namesType(facts.type()));
    }

    /** Whether the law is about a sensitivity, or about one that it may stand for. */
    private static boolean concerns(Finding asks, String sensitivity) {
        return asks.criteria().stream()
                .anyMatch(each -> each instanceof ResourceCriteria criteria
                        && criteria.labels().touches(sensitivity));
    }
}
