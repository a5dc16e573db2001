package org.accordhie.benchmark.records;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Makes the record of another person from a record: the same content with other names for everything in it. Two records of
 * one person at two organisations become two people too, so that every server stores the same resources, whether or not it
 * recognises people by their identifiers.
 */
public final class Renaming {

    private static final String TEMPORARY = "urn:uuid:";
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private Renaming() {}

    /**
     * The record of another person, as JSON.
     *
     * @param record the record, which stays as it is
     * @param number which person; the same number gives the same one
     */
    public static String of(ObjectNode record, long number) {
        var renamed = record.deepCopy();
        var names = new HashSet<String>();
        for (var entry : renamed.path("entry")) {
            var name = entry.path("fullUrl").asText();
            if (name.startsWith(TEMPORARY)) {
                names.add(name.substring(TEMPORARY.length()));
            }
        }
        for (var entry : renamed.path("entry")) {
            number(entry.path("resource"), names, number);
        }
        return UUID_TEXT
                .matcher(renamed.toString())
                .replaceAll(match -> names.contains(match.group()) ? other(match.group(), number) : match.group());
    }

    /** Identifiers that are not names of entries, such as a driver's licence, get the number behind them. */
    private static void number(com.fasterxml.jackson.databind.JsonNode resource, Set<String> names, long number) {
        var identifiers = resource.path("identifier");
        for (var identifier : identifiers.isArray() ? identifiers : java.util.List.of(identifiers)) {
            var value = identifier.path("value").asText();
            if (identifier instanceof ObjectNode own && !value.isEmpty() && !names.contains(value)) {
                own.put("value", value + "." + number);
            }
        }
    }

    private static String other(String name, long number) {
        return UUID.nameUUIDFromBytes((number + " " + name).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
