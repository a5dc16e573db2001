package org.accordhie.fhirserver;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where an exception came from, without its messages, which may hold patient data. */
public final class Traces {

    private static final int FRAMES = 12;

    private Traces() {}

    /** Classes and stack frames of the exception and its causes, one line each. */
    public static String of(Throwable thrown) {
        var lines = new StringBuilder();
        @Nullable Throwable each = thrown;
        for (int depth = 0; each != null && depth < 5; depth++) {
            lines.append(each.getClass().getName()).append('\n').append(frames(each));
            each = each.getCause();
        }
        return lines.toString();
    }

    private static String frames(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .limit(FRAMES)
                .map(frame -> "    at " + frame + "\n")
                .collect(Collectors.joining());
    }
}
