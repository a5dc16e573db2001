package org.accordhie.consent;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a consent. Source: HL7 FAST Consent, the topic of changed consents, which is told of created and
 * updated ones; what follows from that for others is told here too.
 *
 * @param number in the order of the exchange's changes
 * @param id the consent's id
 * @param version its version then
 * @param patient whose it is, as {@code Patient/[id]}
 * @param kind what happened
 * @param changed when
 */
public record ConsentChange(long number, String id, long version, String patient, Kind kind, Instant changed) {

    /** What can happen. */
    public enum Kind {
        CREATED,
        UPDATED,
        /** It was active and is so no more. */
        REVOKED,
        DELETED,
        /** Another one stands in its place. */
        SUPERSEDED,
        /** None stands in its place any more. */
        REINSTATED;

        /** As a code. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What a write did to a consent.
     *
     * @param former its status before; null where it was not there
     */
    public static Kind kindOf(@Nullable ConsentStatus former, ConsentStatus status) {
        if (status == ConsentStatus.DELETED) {
            return Kind.DELETED;
        }
        if (former == null) {
            return Kind.CREATED;
        }
        return former == ConsentStatus.ACTIVE && status != ConsentStatus.ACTIVE ? Kind.REVOKED : Kind.UPDATED;
    }
}
