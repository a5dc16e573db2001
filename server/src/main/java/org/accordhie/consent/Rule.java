package org.accordhie.consent;

/** What a consent says at its root, or in a provision; where it applies it is the finding itself. */
sealed interface Rule extends Finding permits ConsentPolicy.Computable, Provision {

    /** What it says where it applies. */
    Effect effect();

    /** Who it speaks to. */
    ContextCriteria requester();

    /** Which data it speaks of. */
    DataCriteria resource();

    @Override
    default Answer answer() {
        return effect() == Effect.PERMIT ? Answer.PERMIT : Answer.DENY;
    }

    @Override
    default boolean explicit() {
        return effect() == Effect.DENY && requester().namesBreakGlass();
    }

    @Override
    default boolean namesSensitivity(String sensitivity) {
        return resource().namesSensitivity(sensitivity);
    }

    @Override
    default boolean namesType(String type) {
        return resource().namesType(type);
    }

    @Override
    default boolean touches(String sensitivity) {
        return resource() instanceof ResourceCriteria criteria
                && criteria.labels().touches(sensitivity);
    }
}
