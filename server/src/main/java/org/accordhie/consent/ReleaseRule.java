package org.accordhie.consent;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.ResourceFacts.Labels;
import org.accordhie.vocabulary.ResourceFacts.Origin;
import org.accordhie.vocabulary.TimeSpan;

/**
 * What is left of the patients' consents once everything about a resource has been filled in, beside the little that the rules
 * of law look at: resources with equal release rules are released together, whoever asks. A stored release rule is a
 * <em>release class</em>.
 *
 * @param type the resource type
 * @param labels its security labels
 * @param patients for each patient the resource names, what is left of their consents
 */
public record ReleaseRule(String type, Labels labels, List<List<ConsentPolicy>> patients) {

    private static final String SOMEBODY = "Patient/";

    public ReleaseRule {
        patients = patients.stream().map(List::copyOf).toList();
    }

    /**
     * Fills the resource in.
     *
     * @param consents the active consents of each patient, by {@code Patient/[id]}
     */
    public static ReleaseRule bind(ResourceFacts facts, Map<String, ? extends Collection<ConsentPolicy>> consents) {
        var question = new Question(null, null, facts);
        return new ReleaseRule(
                facts.type(),
                facts.labels().ofResource(),
                facts.patients().stream()
                        .map(patient -> bind(consents.get(patient), question))
                        .distinct()
                        .sorted(Comparator.comparing(List::toString))
                        .toList());
    }

    private static List<ConsentPolicy> bind(
            @org.jspecify.annotations.Nullable Collection<ConsentPolicy> consents, Question question) {
        if (consents == null) {
            return List.of();
        }
        return consents.stream()
                .map(consent -> PartialEvaluation.withResource(consent, question))
                .distinct()
                .sorted(Comparator.comparing(ConsentPolicy::toString))
                .toList();
    }

    /** The recipients that a rule left names, of the types given as {@code [type]/}. */
    public Set<String> recipients(List<String> types) {
        return patients.stream()
                .flatMap(List::stream)
                .flatMap(each -> Recipients.of(each, types))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The stretches of time at whose ends, and nowhere else, time may change what is decided about it. */
    public Stream<TimeSpan> spans() {
        return patients.stream().flatMap(List::stream).flatMap(Spans::of);
    }

    /** As much of the facts as the rules of law look at: the type, the labels, and whether it is about anybody. */
    ResourceFacts facts() {
        return new ResourceFacts(
                type,
                "",
                1,
                patients.isEmpty() ? Set.of() : Set.of(SOMEBODY),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                labels,
                null,
                Origin.EXCHANGE,
                Set.of());
    }
}
