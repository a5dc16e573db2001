package org.accordhie.smart;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Any text as a scope: it is one, and then another spelling of it means the same, or it is none. */
public final class ScopeFuzzer {

    private ScopeFuzzer() {}

    /** Throws what must not be thrown. */
    public static void fuzzerTestOneInput(byte[] text) {
        SmartScope.parse(new String(text, StandardCharsets.UTF_8), type -> type.matches("[A-Z][a-zA-Z]{2,40}"))
                .filter(scope -> !scope.isGranular())
                .ifPresent(ScopeFuzzer::requireSameAgain);
    }

    private static void requireSameAgain(SmartScope scope) {
        var letters = scope.letters().stream()
                .sorted(Comparator.comparing("cruds"::indexOf))
                .map(String::valueOf)
                .collect(Collectors.joining());
        var spelled = scope.context().name().toLowerCase(Locale.ROOT) + "/" + scope.resourceType() + "." + letters;
        if (!SmartScope.parse(spelled, type -> true).equals(Optional.of(scope))) {
            throw new IllegalStateException("a scope that is another when it is written again");
        }
    }
}
