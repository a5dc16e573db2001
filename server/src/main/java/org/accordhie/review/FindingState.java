package org.accordhie.review;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What has become of a finding: the last word counts, and may be taken back. */
public enum FindingState {
    OPEN,
    DISMISSED,
    CONFIRMED;

    /** After these steps. */
    public static FindingState after(List<Step> steps) {
        return steps.isEmpty()
                ? OPEN
                : ofCode(steps.get(steps.size() - 1).verdict())
                        .orElseThrow(() -> new IllegalStateException("a stored verdict is not known"));
    }

    /** As operations write it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty if the code is none of these. */
    public static Optional<FindingState> ofCode(String code) {
        return Arrays.stream(values())
                .filter(state -> state.code().equals(code))
                .findFirst();
    }
}
