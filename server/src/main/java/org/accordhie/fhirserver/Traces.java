package org.accordhie.fhirserver;

import java.sql.SQLException;
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
            lines.append(each.getClass().getName())
                    .append(stateOf(each))
                    .append('\n')
                    .append(frames(each));
            each = each.getCause();
        }
        return lines.toString();
    }

    /** SQL's own code of what went wrong, which quotes nothing. */
    private static String stateOf(Throwable thrown) {
        return thrown instanceof SQLException failed ? " " + failed.getSQLState() : "";
    }

    private static String frames(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .limit(FRAMES)
                .map(frame -> "    at " + frame + "\n")
                .collect(Collectors.joining());
    }
}
