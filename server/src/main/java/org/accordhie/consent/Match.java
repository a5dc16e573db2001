package org.accordhie.consent;

/** How sure it is that a criterion holds. A deny fires where it possibly does, a permit only where it certainly does. */
public enum Match {
    NO,
    POSSIBLY,
    CERTAINLY;

    static Match of(boolean holds) {
        return holds ? CERTAINLY : NO;
    }

    /** As sure as the less sure of the two. */
    Match and(Match other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /** Whether a rule of this effect fires. */
    boolean fires(Effect effect) {
        return effect == Effect.DENY ? this != NO : this == CERTAINLY;
    }
}
