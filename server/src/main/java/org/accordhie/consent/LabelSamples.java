package org.accordhie.consent;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ResourceFacts.Labels;
import org.accordhie.vocabulary.Sensitivity;

/**
 * Labels enough to tell two criteria apart: every confidentiality, with none, one or two of the sensitivities that have to do
 * with those named, and with one that has not.
 *
 * <p>A criterion asks whether each sensitivity is covered or whether one is touched, so what two criteria both let through, or
 * one alone, is shown by two sensitivities or fewer.
 */
final class LabelSamples {

    private static final String UNRELATED = "";

    private LabelSamples() {}

    /** With up to two sensitivities. */
    static List<Labels> pairs(LabelCriteria one, LabelCriteria other) {
        var codes = List.copyOf(codesOf(List.of(one, other)));
        var sets = new ArrayList<Set<String>>();
        sets.add(Set.of());
        for (int index = 0; index < codes.size(); index++) {
            sets.add(Set.of(codes.get(index)));
            for (var second : codes.subList(index + 1, codes.size())) {
                sets.add(Set.of(codes.get(index), second));
            }
        }
        return levelled(sets.stream());
    }

    /** With at most one sensitivity. */
    static List<Labels> singles(List<LabelCriteria> criteria) {
        return levelled(
                Stream.concat(Stream.of(Set.of()), codesOf(criteria).stream().map(Set::of)));
    }

    private static List<Labels> levelled(Stream<Set<String>> sensitivities) {
        return sensitivities
                .flatMap(each -> Stream.of(Confidentiality.values()).map(level -> new Labels(each, level)))
                .toList();
    }

    private static Set<String> codesOf(List<LabelCriteria> criteria) {
        var codes = new TreeSet<String>();
        codes.add(UNRELATED);
        for (var each : criteria) {
            codes.addAll(each.sensitivities());
            Stream.concat(Sensitivity.CODES.stream(), Stream.of(Sensitivity.ANY))
                    .filter(each::touches)
                    .forEach(codes::add);
        }
        return codes;
    }
}
