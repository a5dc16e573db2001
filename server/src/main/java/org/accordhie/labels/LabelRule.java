package org.accordhie.labels;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.Confidentiality;

/**
 * What one sensitivity is found by.
 *
 * @param basis the rule's own name, with the version of its file
 * @param sensitivity the code of v3-ActCode it puts on a record
 * @param confidentiality the least confidentiality of such a record
 * @param source the public facts that the rule is from
 * @param codes single codes
 * @param ranges codes by their beginnings
 * @param words what to look for in texts
 */
public record LabelRule(
        LabelBasis basis,
        String sensitivity,
        Confidentiality confidentiality,
        String source,
        Set<Coding> codes,
        List<CodeRange> ranges,
        Phrases words) {

    public LabelRule {
        codes = Set.copyOf(codes);
        ranges = List.copyOf(ranges);
    }

    boolean matches(Collection<Coding> coded, Collection<String> texts) {
        return coded.stream()
                        .anyMatch(coding ->
                                codes.contains(coding) || ranges.stream().anyMatch(range -> range.contains(coding)))
                || texts.stream().anyMatch(words::areIn);
    }
}
