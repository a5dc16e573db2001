package org.accordhie.fhirserver.gate;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Examines a query or a posted search form, which are written alike. */
final class QueryText {

    private QueryText() {}

    /** Refuses control characters, also escaped ones, wrong escapes and what does not decode to UTF-8. */
    static void requireClean(String text) throws Refusal {
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            if (Character.isISOControl(character)) {
                throw new Refusal(Problem.URL_NOT_CLEAN);
            }
            if (character == '%') {
                requireEscape(text, i);
            }
        }
        // The decoder puts U+FFFD for wrong bytes; a sender who means that character is not known.
        if (URLDecoder.decode(text, StandardCharsets.UTF_8).indexOf('\uFFFD') >= 0) {
            throw new Refusal(Problem.URL_NOT_CLEAN);
        }
    }

    /** Refuses numbers whose plain notation would fill the memory; the text must be clean. */
    static void requireSmallNumbers(String query) throws Refusal {
        for (var parameter : query.split("&", -1)) {
            var equals = parameter.indexOf('=');
            if (equals > 0 && FhirNames.isNumberParameter(decoded(parameter.substring(0, equals)))) {
                requireSmall(decoded(parameter.substring(equals + 1)));
            }
        }
    }

    /** The parameters of a clean text, in its order. */
    static Map<String, List<String>> parameters(String query) {
        var parameters = new LinkedHashMap<String, List<String>>();
        for (var parameter : query.split("&", -1)) {
            if (!parameter.isEmpty()) {
                var parts = parameter.split("=", 2);
                parameters
                        .computeIfAbsent(decoded(parts[0]), name -> new ArrayList<>())
                        .add(parts.length == 1 ? "" : decoded(parts[1]));
            }
        }
        return parameters;
    }

    /** Refuses a search inside a body or header for what would refuse it as a request. */
    static void requireSafeSearch(String address) throws Refusal {
        var query = address.substring(address.indexOf('?') + 1);
        if (query.indexOf('=') >= 0) {
            requireClean(query);
            requireSmallNumbers(query);
        }
    }

    private static void requireSmall(String values) throws Refusal {
        for (var value : values.split("[,$|]", -1)) {
            // HAPI ignores any prefix it does not know, and reads the number behind it.
            if (DecimalBounds.exceeds(value.replaceFirst("^[^\\p{Nd}.-]+", ""))) {
                throw new Refusal(Problem.QUERY_NUMBER);
            }
        }
    }

    private static void requireEscape(String text, int at) throws Refusal {
        var high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
        var low = at + 2 < text.length() ? Character.digit(text.charAt(at + 2), 16) : -1;
        if (high < 0 || low < 0 || high * 16 + low < 0x20 || high * 16 + low == 0x7F) {
            throw new Refusal(Problem.URL_NOT_CLEAN);
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
