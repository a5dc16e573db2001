package org.accordhie.consent;

import java.util.Set;
import java.util.function.Predicate;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.TimeSpan;
import org.jspecify.annotations.Nullable;

/**
 * The half of a provision that speaks of the data. Criteria are and'ed, the values of one or'ed; an empty one holds for every
 * resource.
 *
 * @param origins organisations the data came from, as {@code Organization/[id]} (actor roles AUT and CST)
 * @param classes resource types and profile addresses
 * @param codes codes of the content; an empty system stands for any
 * @param labels security labels: confidentialities and sensitivities
 * @param dataPeriod the clinical date; null holds for every date
 * @param instances single resources, as {@code [type]/[id]}
 */
public record ResourceCriteria(
        Set<String> origins,
        Set<String> classes,
        Set<Coding> codes,
        Set<Coding> labels,
        @Nullable TimeSpan dataPeriod,
        Set<String> instances) {

    /** Holds for every resource. */
    public static final ResourceCriteria ANYTHING =
            new ResourceCriteria(Set.of(), Set.of(), Set.of(), Set.of(), null, Set.of());

    public ResourceCriteria {
        origins = Set.copyOf(origins);
        classes = Set.copyOf(classes);
        codes = Set.copyOf(codes);
        labels = Set.copyOf(labels);
        instances = Set.copyOf(instances);
    }

    /** Whether it holds for every resource. */
    public boolean isEmpty() {
        return equals(ANYTHING);
    }

    /** Whether a rule of this effect covers the resource; a permit surely covers it only if it covers every label of it. */
    Match match(Effect effect, ResourceFacts facts) {
        return Match.of((origins.isEmpty() || origins.contains(facts.source()))
                        && matchClass(facts)
                        && matchCode(facts)
                        && (instances.isEmpty() || instances.contains(facts.reference())))
                .and(matchLabels(effect, facts))
                .and(matchDate(facts));
    }

    private boolean matchClass(ResourceFacts facts) {
        return classes.isEmpty()
                || classes.contains(facts.type())
                || facts.profiles().stream().anyMatch(classes::contains);
    }

    private boolean matchCode(ResourceFacts facts) {
        return codes.isEmpty()
                || facts.codes().stream()
                        .anyMatch(code -> codes.contains(code) || codes.contains(new Coding("", code.code())));
    }

    private Match matchDate(ResourceFacts facts) {
        if (dataPeriod == null) {
            return Match.CERTAINLY;
        }
        if (facts.dates() == null) {
            return Match.POSSIBLY;
        }
        if (dataPeriod.contains(facts.dates())) {
            return Match.CERTAINLY;
        }
        return dataPeriod.overlaps(facts.dates()) ? Match.POSSIBLY : Match.NO;
    }

    private Match matchLabels(Effect effect, ResourceFacts facts) {
        if (labels.isEmpty()) {
            return Match.CERTAINLY;
        }
        if (effect == Effect.DENY) {
            return Match.of(namesOneOf(facts) || namesLevel(facts.confidentiality()::isAtLeast));
        }
        if (coversLabels(facts)) {
            return Match.CERTAINLY;
        }
        return namesOneOf(facts) || namesLevel(atOrAbove(facts)) ? Match.POSSIBLY : Match.NO;
    }

    /** Every sensitivity is named, and the confidentiality is at or below the highest one named. */
    private boolean coversLabels(ResourceFacts facts) {
        var namesSensitivity = labels.stream().anyMatch(label -> !confidentialityOf(label));
        return (!namesSensitivity || !facts.sensitivities().isEmpty())
                && facts.sensitivities().stream().allMatch(this::names)
                && (!namesLevel(level -> true) || namesLevel(atOrAbove(facts)));
    }

    private boolean namesOneOf(ResourceFacts facts) {
        return facts.sensitivities().stream().anyMatch(this::names);
    }

    private boolean namesLevel(Predicate<Confidentiality> wanted) {
        return labels.stream()
                .filter(ResourceCriteria::confidentialityOf)
                .flatMap(label -> Confidentiality.ofCode(label.code()).stream())
                .anyMatch(wanted);
    }

    private static Predicate<Confidentiality> atOrAbove(ResourceFacts facts) {
        return level -> level.isAtLeast(facts.confidentiality());
    }

    /** Whether the sensitivity is among the labels named. */
    boolean names(String sensitivity) {
        return labels.stream()
                .anyMatch(label -> !confidentialityOf(label) && label.code().equals(sensitivity));
    }

    private static boolean confidentialityOf(Coding label) {
        return label.system().equals(Confidentiality.SYSTEM);
    }
}
