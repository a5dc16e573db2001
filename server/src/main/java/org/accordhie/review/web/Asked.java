package org.accordhie.review.web;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of the operations, and refuses what has not the form of its kind. */
final class Asked {

    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern PATIENT = Pattern.compile("Patient/[A-Za-z0-9.-]{1,64}");
    private static final int COMMENT = 4000;

    private Asked() {}

    static @Nullable String text(@Nullable IPrimitiveType<?> value) {
        return value == null ? null : value.getValueAsString();
    }

    /** An id that nothing can have is one that nothing has. */
    static UUID id(@Nullable IPrimitiveType<?> value) {
        var text = text(value);
        if (text == null || !UUID_TEXT.matcher(text).matches()) {
            throw new ResourceNotFoundException("not found");
        }
        return UUID.fromString(text);
    }

    static String comment(@Nullable IPrimitiveType<?> value) {
        var text = text(value);
        if (text == null || text.isBlank() || text.length() > COMMENT) {
            throw new InvalidRequestException("`comment` must be a text of at most " + COMMENT + " characters");
        }
        return text;
    }

    static String patient(@Nullable IPrimitiveType<?> value) {
        var text = text(value);
        if (text == null || !PATIENT.matcher(text).matches()) {
            throw new InvalidRequestException("`patient` must be a patient, as `Patient/[id]`");
        }
        return text;
    }

    static int number(String name, @Nullable IPrimitiveType<Integer> value, int usual, int most) {
        var number = value == null || value.getValue() == null ? usual : value.getValue();
        if (number < 0 || number > most) {
            throw new InvalidRequestException("`" + name + "` must be a number from 0 to " + most);
        }
        return number;
    }

    /** The value of a code; empty where none is given. */
    static <T> Optional<T> code(
            String name, @Nullable IPrimitiveType<?> value, Function<String, Optional<T>> read, String known) {
        var text = text(value);
        if (text == null) {
            return Optional.empty();
        }
        var found = read.apply(text);
        if (found.isEmpty()) {
            throw new InvalidRequestException("`" + name + "` must be one of " + known);
        }
        return found;
    }

    static YearMonth month(String name, @Nullable IPrimitiveType<?> value, YearMonth usual) {
        var text = text(value);
        try {
            return text == null ? usual : YearMonth.parse(text);
        } catch (DateTimeException malformed) {
            throw new InvalidRequestException("`" + name + "` must be a month, as `2026-11`", malformed);
        }
    }

    static LocalDate day(String name, @Nullable IPrimitiveType<?> value, LocalDate usual) {
        var text = text(value);
        try {
            return text == null ? usual : LocalDate.parse(text);
        } catch (DateTimeException malformed) {
            throw new InvalidRequestException("`" + name + "` must be a day, as `2026-11-22`", malformed);
        }
    }
}
