package org.accordhie.review;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How far the review of an emergency is. */
public enum ReviewState {
    OPEN,
    FOLLOW_UP,
    /** One officer has called it unjustified, and a second one has not spoken. */
    AWAITING_CONFIRMATION,
    JUSTIFIED,
    UNJUSTIFIED;

    /** Those that still need an officer. */
    public static final Set<ReviewState> PENDING = Set.of(OPEN, FOLLOW_UP, AWAITING_CONFIRMATION);

    /** What may be said of an emergency in this state; nothing of one that is closed. */
    public Set<Verdict> answers() {
        return switch (this) {
            case OPEN, FOLLOW_UP -> EnumSet.allOf(Verdict.class);
            // Who does not agree says so, and the case is looked at again.
            case AWAITING_CONFIRMATION -> EnumSet.of(Verdict.UNJUSTIFIED, Verdict.NEEDS_FOLLOW_UP);
            case JUSTIFIED, UNJUSTIFIED -> EnumSet.noneOf(Verdict.class);
        };
    }

    /** The state after one of the {@link #answers}. */
    ReviewState after(Verdict verdict) {
        return switch (verdict) {
            case JUSTIFIED -> JUSTIFIED;
            case UNJUSTIFIED -> this == AWAITING_CONFIRMATION ? UNJUSTIFIED : AWAITING_CONFIRMATION;
            case NEEDS_FOLLOW_UP -> FOLLOW_UP;
        };
    }

    /** Whether nothing more is said. */
    public boolean isClosed() {
        return answers().isEmpty();
    }

    /** As operations write it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Empty if the code is none of these. */
    public static Optional<ReviewState> ofCode(String code) {
        return Arrays.stream(values())
                .filter(state -> state.code().equals(code))
                .findFirst();
    }
}
