package org.accordhie.consent;

import java.util.List;

/** The decision point's answer, with the reasons that determined it. */
public sealed interface Decision {

    /** What determined the answer, most decisive first. */
    List<Reason> reasons();

    /** Whether the resource may be released. */
    default boolean permits() {
        return this instanceof Permit;
    }

    /**
     * The resource may be released.
     *
     * @param reasons why
     */
    record Permit(List<Reason> reasons) implements Decision {

        public Permit {
            reasons = List.copyOf(reasons);
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
