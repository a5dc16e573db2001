package org.accordhie.consent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one consent, or one provision of it, says to one question.
 *
 * @param answer what
 * @param path the provision that says so
 * @param explicit whether a denial names breaking the glass itself
 * @param criteria the data criteria of what says so; of several permits, of each
 */
public record Finding(Answer answer, String path, boolean explicit, List<DataCriteria> criteria) {

    /** The five things a consent can say; the letters are those of the rule. */
    public enum Answer {
        /** P */
        PERMIT,
        /** D */
        DENY,
        /** I: it speaks to this requester, but not of this resource. */
        IMPLICIT_DENY,
        /** N */
        NOT_APPLICABLE,
        /** X */
        UNCOMPUTABLE
    }

    static final String ROOT = "Consent.provision";

    static final Finding NOT_APPLICABLE = new Finding(Answer.NOT_APPLICABLE, "", false, List.of());
    static final Finding UNCOMPUTABLE = new Finding(Answer.UNCOMPUTABLE, "", false, List.of());
    static final Finding OTHER_DATA = new Finding(Answer.IMPLICIT_DENY, ROOT, false, List.of());

    static Finding of(Effect effect, String path, boolean explicit, DataCriteria criteria) {
        return effect == Effect.PERMIT
                ? new Finding(Answer.PERMIT, path, false, List.of(criteria))
                : new Finding(Answer.DENY, path, explicit, List.of(criteria));
    }

    /** Whether its criteria name a sensitivity, which of a permit is the patient's own yes to it. */
    boolean namesSensitivity(String sensitivity) {
        for (var each : criteria) {
            if (each.namesSensitivity(sensitivity)) {
                return true;
            }
        }
        return false;
    }

    /** Whether its criteria name a resource type. */
    boolean namesType(String type) {
        for (var each : criteria) {
            if (each.namesType(type)) {
                return true;
            }
        }
        return false;
    }

    boolean denies() {
        return answer == Answer.DENY;
    }

    /** The one of two findings about siblings that counts: a denial, first of all one that names breaking the glass. */
    static @Nullable Finding stronger(@Nullable Finding one, @Nullable Finding other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        if (one.denies() || other.denies()) {
            return one.denies() && (one.explicit || !other.explicit) ? one : other;
        }
        var both = new java.util.ArrayList<>(one.criteria);
        both.addAll(other.criteria);
        return new Finding(Answer.PERMIT, one.path, false, List.copyOf(both));
    }
}
