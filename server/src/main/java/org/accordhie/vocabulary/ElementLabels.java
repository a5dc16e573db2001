package org.accordhie.vocabulary;

import java.util.Set;
import java.util.TreeSet;

/**
 * The security labels that an element of a resource carries, with those of the elements it stands in.
 *
 * @param sensitivities v3-ActCode sensitivity codes
 * @param confidentiality the most protective one; at least R where there is a sensitivity
 */
public record ElementLabels(Set<String> sensitivities, Confidentiality confidentiality) {

    /** What an element without labels carries. */
    public static final ElementLabels NONE = new ElementLabels(Set.of(), Confidentiality.U);

    public ElementLabels {
        sensitivities = SmallSet.of(sensitivities);
        if (!sensitivities.isEmpty() && !confidentiality.isAtLeast(Confidentiality.R)) {
            confidentiality = Confidentiality.R;
        }
    }

    /** With those of another element too. */
    public ElementLabels with(ElementLabels other) {
        var all = new TreeSet<>(sensitivities);
        all.addAll(other.sensitivities);
        return new ElementLabels(
                all, confidentiality.isAtLeast(other.confidentiality) ? confidentiality : other.confidentiality);
    }

    /** Whether they protect as a label of this sensitivity and confidentiality would. */
    public boolean cover(String sensitivity, Confidentiality least) {
        return sensitivities.contains(sensitivity) && confidentiality.isAtLeast(least);
    }
}
