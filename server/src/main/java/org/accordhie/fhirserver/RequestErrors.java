package org.accordhie.fhirserver;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What HAPI says of a bad request, without the values it repeats. */
final class RequestErrors {

    private static final Pattern VALUE =
            Pattern.compile("(?i)(value|found|date(?:/time)?(?: string)?)\\s*[:=]?\\s*(\"[^\"]*\"|'[^']*')");
    private static final Pattern HAPI_CODE = Pattern.compile("HAPI-\\d+: ");

    private RequestErrors() {}

    static String withoutValues(@Nullable String message) {
        if (message == null || message.isBlank()) {
            return "the request cannot be understood";
        }
        var plain = HAPI_CODE.matcher(message).replaceAll("");
        var bounded = plain.length() > 500 ? plain.substring(0, 500) + "…" : plain;
        return VALUE.matcher(bounded).replaceAll("$1");
    }
}
