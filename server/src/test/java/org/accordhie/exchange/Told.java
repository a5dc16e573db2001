package org.accordhie.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A Parameters, or a part of one, to be read by names.
 *
 * @param node the resource or the part
 */
record Told(JsonNode node) {

    /** The parts of this name. */
    List<Told> all(String name) {
        return parts().filter(part -> part.path("name").asText().equals(name))
                .map(Told::new)
                .toList();
    }

    /** The one part of this name. */
    Told the(String name) {
        var found = all(name);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " parts `" + name + "` in " + node);
        }
        return found.get(0);
    }

    /** The one of these parts that fits. */
    Told the(String name, Predicate<Told> which) {
        var found = all(name).stream().filter(which).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " such parts `" + name + "` in " + node);
        }
        return found.get(0);
    }

    /** The value of the one part of this name. */
    String text(String name) {
        return the(name).value();
    }

    int number(String name) {
        return Integer.parseInt(text(name));
    }

    List<String> texts(String name) {
        return all(name).stream().map(Told::value).toList();
    }

    String value() {
        var values = node.properties().stream()
                .filter(field -> field.getKey().startsWith("value"))
                .map(field -> field.getValue().asText())
                .toList();
        return values.isEmpty() ? "" : values.get(0);
    }

    private Stream<JsonNode> parts() {
        var parts = node.has("parameter") ? node.path("parameter") : node.path("part");
        return StreamSupport.stream(parts.spliterator(), false);
    }
}
