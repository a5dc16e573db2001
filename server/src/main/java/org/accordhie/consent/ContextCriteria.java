package org.accordhie.consent;

/**
 * The half of a rule that speaks of who asks, when and why: the criteria themselves or, once the requester has been filled in,
 * what came of them.
 */
public sealed interface ContextCriteria permits RequesterCriteria, ContextCriteria.Known {

    /** Whether the rule speaks to the requester. */
    Match match(Question question);

    /** Whether it names breaking the glass itself, not merely a purpose above it. */
    boolean namesBreakGlass();

    /** The same with the requester filled in. */
    default Known bind(Question question) {
        return new Known(match(question), namesBreakGlass());
    }

    /**
     * What came of the criteria.
     *
     * @param match how surely they hold
     * @param namesBreakGlass whether they named it
     */
    record Known(Match match, boolean namesBreakGlass) implements ContextCriteria {

        @Override
        public Match match(Question question) {
            return match;
        }
    }
}
