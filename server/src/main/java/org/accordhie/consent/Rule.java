package org.accordhie.consent;

import org.accordhie.vocabulary.Confidentiality;

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
    default boolean namesConfidentiality(Confidentiality level) {
        return resource().namesConfidentiality(level);
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

    @Override
    default boolean touches(Confidentiality level) {
        return resource() instanceof ResourceCriteria criteria
                && criteria.labels().touches(level);
    }
}
