package org.accordhie.consent;

import org.accordhie.consent.ConsentPolicy.Computable;

/**
 * A rule of law or organisation, in the same language as the patients' consents.
 *
 * @param kind what it does where it applies
 * @param title what a privacy officer calls it
 * @param rule when it applies: denies where something is forbidden or needs the patient's consent, permits where something is
 *     always or by default permitted. Its data criteria name types and labels only, so that a change is in force at once
 *     for every record
 */
public record HardRule(Kind kind, String title, Computable rule) {

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
