package org.accordhie.consent;

import org.accordhie.vocabulary.Confidentiality;
import org.jspecify.annotations.Nullable;

/** What one consent, or one rule of it, says to one question. A rule that applies says it itself, so that nothing is made. */
public sealed interface Finding permits Rule, NoRule, Finding.Both {

    /** The five things a consent can say; the letters are those of the rule. */
    enum Answer {
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

    String ROOT = "Consent.provision";

    /** What. */
    Answer answer();

    /** The rule that says so. */
    String path();

    /** Whether it is a denial that names breaking the glass itself. */
    boolean explicit();

    /** Whether its criteria name a sensitivity, which of a permit is the patient's own yes to it. */
    boolean namesSensitivity(String sensitivity);

    /** Whether its criteria name a confidentiality, or one above it. */
    boolean namesConfidentiality(Confidentiality level);

    /** Whether its criteria name a resource type. */
    boolean namesType(String type);

    /** Whether its criteria name a sensitivity, or one that it may stand for. */
    boolean touches(String sensitivity);

    /** Whether its criteria name a confidentiality, or one below it. */
    boolean touches(Confidentiality level);

    /** Whether it denies. */
    default boolean denies() {
        return answer() == Answer.DENY;
    }

    /** The one of two findings about siblings that counts: a denial, first of all one that names breaking the glass. */
    static @Nullable Finding stronger(@Nullable Finding one, @Nullable Finding other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        if (one.denies() || other.denies()) {
            return one.denies() && (one.explicit() || !other.explicit()) ? one : other;
        }
        return new Both(one, other);
    }

    /**
     * Two siblings that permit.
     *
     * @param one the first
     * @param other the second
     */
    record Both(Finding one, Finding other) implements Finding {

        @Override
        public Answer answer() {
            return Answer.PERMIT;
        }

        @Override
        public String path() {
            return one.path();
        }

        @Override
        public boolean explicit() {
            return false;
        }

        @Override
        public boolean namesSensitivity(String sensitivity) {
            return one.namesSensitivity(sensitivity) || other.namesSensitivity(sensitivity);
        }

        @Override
        public boolean namesConfidentiality(Confidentiality level) {
            return one.namesConfidentiality(level) || other.namesConfidentiality(level);
        }

        @Override
        public boolean namesType(String type) {
            return one.namesType(type) || other.namesType(type);
        }

        @Override
        public boolean touches(String sensitivity) {
            return one.touches(sensitivity) || other.touches(sensitivity);
        }

        @Override
        public boolean touches(Confidentiality level) {
            return one.touches(level) || other.touches(level);
        }
    }
}
