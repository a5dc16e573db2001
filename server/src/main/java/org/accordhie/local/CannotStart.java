package org.accordhie.local;

import org.jspecify.annotations.Nullable;

/** A part of the one-command run that cannot start, why, and what to do about it. */
public final class CannotStart extends RuntimeException {

    private final String reason;
    private final String remedy;

    CannotStart(String reason, String remedy) {
        this(reason, remedy, null);
    }

    CannotStart(String reason, String remedy, @Nullable Throwable cause) {
        super(reason + "; " + remedy, cause);
        this.reason = reason;
        this.remedy = remedy;
    }

    /** What went wrong. */
    public String reason() {
        return reason;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}
