package org.accordhie.fhirserver;

import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reading of the parameters that shape an answer. Source: FHIR R4, Search, Modifying search results. */
public final class Parameters {

    private static final int FURTHEST = 1_000_000_000;

    private Parameters() {}

    /**
     * A number of entries.
     *
     * @throws InvalidRequestException if it is not whole or is negative
     */
    public static int number(String name, String value) {
        try {
            var number = Integer.parseInt(value);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw new InvalidRequestException("`" + name + "` is not a whole number", notANumber);
        }
        throw new InvalidRequestException("`" + name + "` is negative");
    }

    /**
     * How many matches stand before a page. HAPI adds the page to them in 32 bits, so there is an end to what can be asked for.
     *
     * @throws InvalidRequestException if the value is none, or beyond a thousand million
     */
    public static int offset(String value) {
        var offset = number(Constants.PARAM_OFFSET, value);
        if (offset > FURTHEST) {
            throw new InvalidRequestException("`" + Constants.PARAM_OFFSET + "` is too large");
        }
        return offset;
    }

    /**
     * The value of a parameter that is given once; null where it is not given.
     *
     * @throws InvalidRequestException if it is given more than once
     */
    static @Nullable String single(Map<String, String[]> asked, String name) {
        var values = asked.getOrDefault(name, new String[0]);
        if (values.length > 1) {
            throw new InvalidRequestException("`" + name + "` is given more than once");
        }
        return values.length == 0 ? null : values[0];
    }

    /**
     * A code that was looked up.
     *
     * @throws InvalidRequestException if it was not found
     */
    public static <T> T known(String name, @Nullable T value) {
        if (value == null) {
            throw new InvalidRequestException("`" + name + "` has a value that FHIR does not know");
        }
        return value;
    }

    /** Names come from the client and may hold anything; only what looks like a name is repeated. */
    public static String safe(String name) {
        return name.matches("[A-Za-z0-9_.:-]{1,64}") ? name : "?";
    }
}
