package org.accordhie.review;

import java.util.List;

/**
 * A finding with what was said of it.
 *
 * @param finding what was found
 * @param steps what officers said
 */
public record KeptFinding(AccessFinding finding, List<Step> steps) {

    public KeptFinding {
        steps = List.copyOf(steps);
    }

    /** What has become of it. */
    public FindingState state() {
        return FindingState.after(steps);
    }

    /** The number that grows with each step, from 1. */
    public int version() {
        return steps.size() + 1;
    }
}
