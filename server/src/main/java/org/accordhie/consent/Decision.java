package org.accordhie.consent;

import java.util.List;
import java.util.Set;

/** The decision point's answer, with the reasons that determined it. */
public sealed interface Decision {

    /** What determined the answer, most decisive first. */
    List<Reason> reasons();

    /** What must be done before the resource is released; nothing where it is hidden. */
    default Set<Obligation> duties() {
        return this instanceof Permit permit ? permit.obligations() : Set.of();
    }

    /** Whether the resource may be released. */
    default boolean permits() {
        return this instanceof Permit;
    }

    /**
     * The resource may be released.
     *
     * @param reasons why
     * @param obligations what must be done before it is
     */
    record Permit(List<Reason> reasons, Set<Obligation> obligations) implements Decision {

        public Permit {
            reasons = List.copyOf(reasons);
            obligations = Set.copyOf(obligations);
        }

        /** It may be released as it is. */
        public Permit(List<Reason> reasons) {
            this(reasons, Set.of());
        }
    }

    /**
     * The resource is hidden, which is to say: absent.
     *
     * @param reasons why
     */
    record Deny(List<Reason> reasons) implements Decision {

        public Deny {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * One thing that determined a decision.
     *
     * @param rule a consent's version, or the name of a rule of law or organisation
     * @param path the provision inside the consent; empty for a rule
     * @param effect what it says
     */
    record Reason(String rule, String path, Effect effect) {}
}
