package org.accordhie.worlds;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What things are called in both worlds, beside the ids that they have. What one world does not have has an id there all the
 * same, of something that never was.
 */
final class Names {

    private static final Pattern NAME = Pattern.compile("\\{\\{([^}]+)}}");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final Map<String, String> idOf = new HashMap<>();
    private final Map<String, String> nameOf = new HashMap<>();

    void put(String name, String id) {
        idOf.put(name, id);
        nameOf.put(id, name);
    }

    String idOf(String name) {
        var known = idOf.get(name);
        if (known != null) {
            return known;
        }
        var never = idOf(name, -1);
        nameOf.put(never, name);
        return never;
    }

    /** Takes an id from the other world for what this one does not have. */
    void suppose(String name, Names others) {
        var id = others.idOf.get(name);
        if (id != null && !idOf.containsKey(name)) {
            put(name, id);
        }
    }

    /** The id of the first, second, … thing that comes of a request. */
    static String idOf(String request, int number) {
        return UUID.nameUUIDFromBytes((request + " " + number).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** Puts this world's ids in. */
    String fill(String text) {
        return NAME.matcher(text).replaceAll(match -> idOf(match.group(1)));
    }

    /** Puts the names back; what has none is numbered as it comes. */
    String tell(String text) {
        var unknown = new HashMap<String, String>();
        return ID.matcher(text).replaceAll(match -> {
            var name = nameOf.get(match.group());
            return name != null
                    ? "{{" + name + "}}"
                    : unknown.computeIfAbsent(match.group(), id -> "[new " + (unknown.size() + 1) + "]");
        });
    }

    /** The ids in a text that have no name, in order. */
    List<String> unknown(String text) {
        var found = new ArrayList<String>();
        var ids = ID.matcher(text);
        while (ids.find()) {
            if (!nameOf.containsKey(ids.group()) && !found.contains(ids.group())) {
                found.add(ids.group());
            }
        }
        return found;
    }
}
