package org.accordhie.consent;

import java.util.List;
import org.accordhie.consent.ConsentPolicy.Computable;

/**
 * A rule of law or organisation, in the same language as the patients' consents.
 *
 * @param kind what it does where it applies
 * @param title what a privacy officer calls it
 * @param rule when it applies: denies where something is forbidden or needs the patient's consent, permits where something is
 *     always or by default permitted. Its data criteria name types and labels only, so that a change is in force at once
 *     for every record
 * @param removals what it takes out of resources, whatever decides about them
 */
public record HardRule(Kind kind, String title, Computable rule, List<ElementRule> removals) {

    public HardRule {
        removals = List.copyOf(removals);
    }

    /** A rule that takes nothing out. */
    public HardRule(Kind kind, String title, Computable rule) {
        this(kind, title, rule, List.of());
    }

    /** Source: {@code docs/consent.md}, "Hard rules". */
    public enum Kind {
        /** Nobody's consent opens what it denies. */
        NEVER,
        /** Nobody's consent closes what it permits, such as mandated reporting. */
        ALWAYS,
        /** What it denies needs the patient's own yes, by name. */
        REQUIRES_CONSENT,
        /** What holds where the patient has said nothing. */
        DEFAULT
    }
}
