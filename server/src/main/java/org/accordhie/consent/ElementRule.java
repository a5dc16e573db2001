package org.accordhie.consent;

import java.util.List;

/**
 * What a rule of law or organisation takes out of resources for those whom it permits something. Whether it applies depends on
 * the request alone, so that what may be searched for does too.
 *
 * @param criteria all of which must hold
 * @param elements what is taken out
 */
public record ElementRule(List<RequesterCriteria> criteria, List<NamedElement> elements) {

    public ElementRule {
        criteria = List.copyOf(criteria);
        elements = elements.stream().distinct().toList();
    }

    /** It takes away, so that a request which does not say why meets it as it meets a denial. */
    boolean appliesTo(Question question) {
        return criteria.stream().noneMatch(each -> each.match(question) == Match.NO);
    }
}
