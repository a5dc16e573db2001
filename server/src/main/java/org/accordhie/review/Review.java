package org.accordhie.review;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The review of one emergency: what was said of it, in order, and what may be said next.
 *
 * @param emergency what is reviewed
 * @param steps what officers have said
 */
public record Review(Emergency emergency, List<Step> steps) {

    public Review {
        steps = List.copyOf(steps);
    }

    /** How far it is. */
    public ReviewState state() {
        var state = ReviewState.OPEN;
        for (var step : steps) {
            state = state.after(verdictOf(step));
        }
        return state;
    }

    /** The number that grows with each step, from 1. */
    public int version() {
        return steps.size() + 1;
    }

    /** When the last word was said; null where it was not. */
    public @Nullable Instant closed() {
        return state().isClosed() ? steps.get(steps.size() - 1).at() : null;
    }

    /** Why a second officer may not be this one, or the verdict may not be said now; empty if it may. */
    public Optional<String> refuse(Party officer, Verdict verdict) {
        if (!state().answers().contains(verdict)) {
            return Optional.of(
                    "an emergency that is `" + state().code() + "` cannot be called `" + verdict.code() + "`");
        }
        var isConfirmed = state() == ReviewState.AWAITING_CONFIRMATION && verdict == Verdict.UNJUSTIFIED;
        if (isConfirmed && steps.get(steps.size() - 1).officer().name().equals(officer.name())) {
            return Optional.of("a second officer must confirm `unjustified`");
        }
        return Optional.empty();
    }

    private static Verdict verdictOf(Step step) {
        return Verdict.ofCode(step.verdict())
                .orElseThrow(() -> new IllegalStateException("a stored verdict is not known"));
    }
}
