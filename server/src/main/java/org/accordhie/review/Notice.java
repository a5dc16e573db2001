package org.accordhie.review;

import java.time.Instant;
import java.util.UUID;

/**
 * Something that an officer, or the patient, should hear of. It may come twice, with the same kind and subject.
 *
 * @param kind what happened
 * @param subject the emergency
 * @param patient whose record, as {@code Patient/[id]}
 * @param organization who asked, as {@code Organization/[id]}
 * @param at when
 * @param cursor the place in the order of all notices that its reader may hear of
 */
public record Notice(Kind kind, UUID subject, String patient, String organization, Instant at, String cursor) {

    /** What happened. */
    public enum Kind {
        /** An emergency was used for the first time. */
        OPENED("emergency-opened"),
        /** A second officer must speak. */
        CONFIRMATION_NEEDED("confirmation-needed"),
        /** The last word was said. */
        CLOSED("emergency-closed");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        /** As operations write it. */
        public String code() {
            return code;
        }
    }
}
