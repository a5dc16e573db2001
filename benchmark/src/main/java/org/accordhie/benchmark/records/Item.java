package org.accordhie.benchmark.records;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A resource that every server holds, under an id of its own in each.
 *
 * @param bundle in which bundle it was loaded
 * @param entry where in that bundle
 * @param type its type
 * @param name its temporary name in the bundle
 * @param key what it can be searched by besides its patient: an identifier, a code, a date; empty if there is none
 * @param family the family name of a patient; empty for others
 * @param birthDate the birth date of a patient; empty for others
 */
public record Item(int bundle, int entry, String type, String name, String key, String family, String birthDate) {

    static Item of(int bundle, int entry, JsonNode component) {
        var resource = component.path("resource");
        var type = resource.path("resourceType").asText();
        return new Item(
                bundle,
                entry,
                type,
                component.path("fullUrl").asText(),
                key(type, resource),
                resource.path("name").path(0).path("family").asText(),
                resource.path("birthDate").asText());
    }

    private static String key(String type, JsonNode resource) {
        return switch (type) {
            case "Condition", "Observation" ->
                token(resource.path("code").path("coding").path(0), "code");
            case "Encounter" -> day(resource.path("period").path("start").asText());
            default -> token(resource.path("identifier").path(0), "value");
        };
    }

    private static String token(JsonNode element, String value) {
        return element.has(value)
                ? element.path("system").asText() + "|" + element.path(value).asText()
                : "";
    }

    private static String day(String instant) {
        return instant.length() < 10 ? "" : instant.substring(0, 10);
    }
}
