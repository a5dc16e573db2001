package org.accordhie.review;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an officer says of an emergency. */
public enum Verdict {
    JUSTIFIED,
    /** Final once a second officer says so too. */
    UNJUSTIFIED,
    /** Closes nothing. */
    NEEDS_FOLLOW_UP;

    /** As operations write it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Empty if the code is none of these. */
    public static Optional<Verdict> ofCode(String code) {
        return Arrays.stream(values())
                .filter(verdict -> verdict.code().equals(code))
                .findFirst();
    }
}
