package org.accordhie.exchange.history;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a history comes to.
 *
 * @param operations all of them but the kills
 * @param revocations those that were acknowledged
 * @param grants those that were acknowledged
 * @param unknown writes of which nobody knows whether they were done
 * @param kills how often a node was killed
 * @param decided reads for which there was only one right answer
 * @param late reads that got something though it had been revoked before they began
 * @param stale reads that got nothing though it had been granted before they began
 */
public record Verdict(
        long operations,
        long revocations,
        long grants,
        long unknown,
        long kills,
        long decided,
        List<Operation> late,
        List<Operation> stale) {

    /** What an empty history comes to. */
    public static final Verdict NOTHING = new Verdict(0, 0, 0, 0, 0, 0, List.of(), List.of());

    public Verdict {
        late = List.copyOf(late);
        stale = List.copyOf(stale);
    }

    /** What both histories come to. */
    public Verdict and(Verdict other) {
        return new Verdict(
                operations + other.operations,
                revocations + other.revocations,
                grants + other.grants,
                unknown + other.unknown,
                kills + other.kills,
                decided + other.decided,
                Stream.concat(late.stream(), other.late.stream()).toList(),
                Stream.concat(stale.stream(), other.stale.stream()).toList());
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "history: %,d operations, %,d revocations and %,d grants acknowledged, %,d writes without an answer, %,d kills;"
                        + " of %,d reads with one right answer, %,d after an acknowledged revocation got something,"
                        + " %,d after an acknowledged grant got nothing",
                operations,
                revocations,
                grants,
                unknown,
                kills,
                decided,
                late.size(),
                stale.size());
    }
}
