package org.accordhie.audit.web;

import java.util.Set;
import org.accordhie.audit.AccessRecord.Outcome;

/** How an access ended, by the status of its answer. */
final class Outcomes {

    private static final Set<Integer> REFUSALS = Set.of(401, 403, 404, 410);

    private Outcomes() {}

    static Outcome of(int status) {
        if (status < 400) {
            return Outcome.SUCCESS;
        }
        return REFUSALS.contains(status) ? Outcome.REFUSED : Outcome.FAILED;
    }
}
