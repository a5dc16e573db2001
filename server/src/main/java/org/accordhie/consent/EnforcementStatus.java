package org.accordhie.consent;

import java.time.Instant;
import java.util.Locale;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.consent.ConsentPolicy.Uncomputable;
import org.jspecify.annotations.Nullable;

/**
 * Whether a consent is carried out at an instant, and if not, why not.
 *
 * @param state whether
 * @param reason why not: the consent that supersedes it, what cannot be computed, its status; empty if it is enforced
 */
public record EnforcementStatus(State state, String reason) {

    /** The six things that can be said of a stored consent. */
    public enum State {
        /** Decisions follow it. */
        ENFORCED,
        /** Its status is not active. */
        INACTIVE,
        /** Another one stands in its place. */
        SUPERSEDED,
        NOT_YET_VALID,
        NO_LONGER_VALID,
        /** It denies everything, and an officer must look at it. */
        UNCOMPUTABLE;

        /** As a code. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * The status at an instant.
     *
     * @param supersededBy the consent in its place, as {@code Consent/[id]}; null where there is none
     * @param policy how the decision reads it; null unless it is active
     */
    public static EnforcementStatus of(
            ConsentStatus status, @Nullable String supersededBy, @Nullable ConsentPolicy policy, Instant at) {
        if (status != ConsentStatus.ACTIVE) {
            return new EnforcementStatus(State.INACTIVE, status.code());
        }
        if (supersededBy != null) {
            return new EnforcementStatus(State.SUPERSEDED, supersededBy);
        }
        if (policy instanceof Uncomputable uncomputable) {
            return new EnforcementStatus(State.UNCOMPUTABLE, uncomputable.reason());
        }
        var validity = policy instanceof Computable computable ? computable.validity() : null;
        if (validity == null || validity.contains(at)) {
            return new EnforcementStatus(State.ENFORCED, "");
        }
        var begins = validity.from();
        return new EnforcementStatus(
                begins != null && begins.isAfter(at) ? State.NOT_YET_VALID : State.NO_LONGER_VALID, "");
    }
}
