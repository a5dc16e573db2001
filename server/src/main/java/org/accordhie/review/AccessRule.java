package org.accordhie.review;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What makes an access worth a human's look. None of them says that it was wrong. In words: {@code docs/access-review.md}. */
public enum AccessRule {
    /** The user and the patient share a surname, or a part of a double one. */
    SAME_SURNAME(40),
    /** The user and the patient live at the same address. */
    SAME_ADDRESS(80),
    /** The user and the patient are one person: an identifier, or name and date of birth. */
    OWN_RECORD(90),
    /** Asked for treatment, and nothing in the record shows that this organisation or user treats the patient. */
    NO_RELATIONSHIP(50),
    /** The patient is on the list of those whose record is looked at closely. */
    VIP(60),
    /** Many more patients in a day than is usual for the user and for their colleagues. */
    VOLUME(60),
    /** Many refused requests in a day. */
    REFUSALS(50);

    private final int score;

    AccessRule(int score) {
        this.score = score;
    }

    /** From 0 to 100: what to look at first. */
    int score() {
        return score;
    }

    /** As operations and settings write it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Empty if the code is none of these. */
    public static Optional<AccessRule> ofCode(String code) {
        return Arrays.stream(values()).filter(rule -> rule.code().equals(code)).findFirst();
    }
}
