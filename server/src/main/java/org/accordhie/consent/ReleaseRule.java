package org.accordhie.consent;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ResourceFacts;

/**
 * What is left of all rules once everything about a resource has been filled in: resources with equal release rules are
 * released together, whoever asks. A stored release rule is a <em>release class</em>.
 *
 * @param category what the policy needs to know of the resource's type
 * @param confidentiality the resource's confidentiality
 * @param requiresConsent its sensitivities that need the patient's own yes, sorted
 * @param patients for each patient the resource names, what is left of their consents
 */
public record ReleaseRule(
        ReleasePolicy.Category category,
        Confidentiality confidentiality,
        List<String> requiresConsent,
        List<List<BoundConsent>> patients) {

    public ReleaseRule {
        requiresConsent = List.copyOf(requiresConsent);
        patients = patients.stream().map(List::copyOf).toList();
    }

    /**
     * Fills the resource in.
     *
     * @param consents the active consents of each patient, by {@code Patient/[id]}
     */
    public static ReleaseRule bind(
            ReleasePolicy policy, ResourceFacts facts, Map<String, ? extends Collection<ConsentPolicy>> consents) {
        return new ReleaseRule(
                policy.categoryOf(facts),
                facts.confidentiality(),
                facts.sensitivities().stream().filter(policy::requiresConsent).toList(),
                facts.patients().stream()
                        .map(patient -> bind(consents.get(patient), facts))
                        .distinct()
                        .sorted(Comparator.comparing(List::toString))
                        .toList());
    }

    private static List<BoundConsent> bind(
            @org.jspecify.annotations.Nullable Collection<ConsentPolicy> consents, ResourceFacts facts) {
        if (consents == null) {
            return List.of();
        }
        return consents.stream()
                .map(consent -> BoundConsent.bind(consent, facts))
                .distinct()
                .sorted(Comparator.comparing(BoundConsent::toString))
                .toList();
    }
}
