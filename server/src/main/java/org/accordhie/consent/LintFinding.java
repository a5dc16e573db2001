package org.accordhie.consent;

import java.util.Locale;

/**
 * Something in a consent that its author probably did not mean. It is carried out as it is written all the same.
 *
 * @param path where, as a FHIRPath expression on the consent
 * @param kind what kind of thing
 * @param said what it comes to, in a sentence that begins with the verb and holds nothing of the patient's
 * @param about the other consent concerned, as {@code Consent/[id]}; empty where there is none
 */
public record LintFinding(String path, Kind kind, String said, String about) {

    /** What can be found. */
    public enum Kind {
        /** No request and no resource can ever meet all its criteria. */
        NEVER_MATCHES,
        /** Its time is over. */
        PAST,
        /** It names purposes that the rule it stands in does not. */
        OUTSIDE_PARENT,
        /** It names a confidentiality without sensitivities, and so covers nothing sensitive. */
        LEVEL_ALONE,
        /** A sibling denies all that it speaks of. */
        SHADOWED,
        /** It says what the rule it is an exception to says already. */
        REDUNDANT,
        /** Another consent of the patient denies what it permits, or the other way round. */
        CONTRADICTION;

        /** As a code. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    LintFinding(String path, Kind kind, String said) {
        this(path, kind, said, "");
    }
}
