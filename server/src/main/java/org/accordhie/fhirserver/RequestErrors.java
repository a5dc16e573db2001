package org.accordhie.fhirserver;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What HAPI says of a bad request, without the values it repeats. */
final class RequestErrors {

    private static final Pattern NAME = Pattern.compile("(?i)(element[= ]|expected )[\"']([A-Za-z0-9_.:-]{1,64})[\"']");

    private static final Pattern PLACE =
            Pattern.compile("DataFormatException at \\[\\[row,col \\{unknown-source}]: \\[(\\d+),(\\d+)]]: ");

    private static final Pattern QUOTE = Pattern.compile("[\"'].*", Pattern.DOTALL);
    private static final Pattern HAPI_CODE = Pattern.compile("HAPI-\\d+: ");

    /**
     * HAPI names the first of a chain's types that it does not store, or whose parameter it does not know, in one way or another, and
     * which comes first is chance.
     */
    private static final Pattern NOT_STORED = Pattern.compile(
            "does not know how to handle resources of type|Invalid/unsupported resource type|Unknown parameter name"
                    + "|Invalid parameter chain");

    private RequestErrors() {}

    static String withoutValues(@Nullable String message) {
        if (message == null || message.isBlank()) {
            return "the request cannot be understood";
        }
        if (NOT_STORED.matcher(message).find()) {
            return "the request leads to a resource type or a search parameter that this exchange does not have";
        }
        var plain = HAPI_CODE.matcher(message).replaceAll("");
        var placed = PLACE.matcher(plain).replaceAll("line $1, column $2: ");
        var named = NAME.matcher(placed).replaceAll("$1`$2`");
        // A value may hold quotes itself, so that only its beginning can be told.
        var unquoted = QUOTE.matcher(named).replaceAll("").stripTrailing();
        return unquoted.length() > 500 ? unquoted.substring(0, 500) + "…" : unquoted;
    }
}
