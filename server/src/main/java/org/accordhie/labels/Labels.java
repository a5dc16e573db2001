package org.accordhie.labels;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ElementLabels;

/**
 * The labels of one version of a resource, each with its basis. Immutable: labels are only ever added, and what is not added
 * again is gone.
 *
 * @param sensitivities codes of v3-ActCode, each with its basis
 * @param confidentiality the most protective level
 * @param confidentialityBasis the basis of that level
 */
public record Labels(
        SortedMap<String, LabelBasis> sensitivities, Confidentiality confidentiality, LabelBasis confidentialityBasis) {

    /** What a resource without labels has. */
    public static final Labels NONE = new Labels(new TreeMap<>(), Confidentiality.N, LabelBasis.SOURCE);

    public Labels {
        sensitivities = Collections.unmodifiableSortedMap(new TreeMap<>(sensitivities));
    }

    /** With a sensitivity; one that is there already keeps its basis. The confidentiality is raised to the given one. */
    public Labels with(String sensitivity, LabelBasis basis, Confidentiality least) {
        var more = new TreeMap<>(sensitivities);
        more.putIfAbsent(sensitivity, basis);
        return confidentiality.isAtLeast(least)
                ? new Labels(more, confidentiality, confidentialityBasis)
                : new Labels(more, least, basis);
    }

    /** With the labels of another version or resource too. */
    public Labels with(Labels other) {
        var more = new TreeMap<>(other.sensitivities);
        more.putAll(sensitivities);
        return confidentiality.isAtLeast(other.confidentiality)
                ? new Labels(more, confidentiality, confidentialityBasis)
                : new Labels(more, other.confidentiality, other.confidentialityBasis);
    }

    /** Those that the rules put there. */
    public Labels byRules() {
        return only(LabelBasis::isRule);
    }

    /** Those that a source put there, which no rule takes away. */
    public Labels bySource() {
        return only(basis -> !basis.isRule());
    }

    private Labels only(Predicate<LabelBasis> wanted) {
        var some = new TreeMap<>(sensitivities);
        some.values().removeIf(wanted.negate());
        return wanted.test(confidentialityBasis)
                ? new Labels(some, confidentiality, confidentialityBasis)
                : new Labels(some, Confidentiality.N, LabelBasis.SOURCE);
    }

    /**
     * What another resource's reader learns from a reference to this one: its sensitivities. Those that a source gave are
     * not given to the other by the source, but by the reference.
     */
    public Labels told() {
        var told = new TreeMap<>(sensitivities);
        told.replaceAll((sensitivity, basis) -> basis.isRule() ? basis : LabelBasis.REFERENCE);
        if (told.isEmpty()) {
            return NONE;
        }
        var level = confidentiality.isAtLeast(Confidentiality.R) ? confidentiality : Confidentiality.R;
        return new Labels(told, level, confidentialityBasis.isRule() ? confidentialityBasis : LabelBasis.REFERENCE);
    }

    /** Without those that a part of a resource is labelled with itself; the level goes with the last sensitivity. */
    public Labels besides(ElementLabels carried) {
        var more = new TreeMap<>(sensitivities);
        more.keySet().removeIf(sensitivity -> carried.cover(sensitivity, confidentiality));
        return more.isEmpty() ? NONE : new Labels(more, confidentiality, confidentialityBasis);
    }

    /** Whether a decision sees the same labels, whatever they are based on. */
    public boolean sameAs(Labels other) {
        return sensitivities.keySet().equals(other.sensitivities.keySet()) && confidentiality == other.confidentiality;
    }
}
