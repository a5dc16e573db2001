package org.accordhie.fhirserver.gate;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Random;

/** A small JSON object made from a seed; about half of them are damaged somewhere. */
final class SomeJson {

    private static final List<String> NAMES = List.of("resourceType", "entry", "value", "a", "b", "_c", "", "\u00e4 x");
    private static final List<String> SCALARS = List.of(
            "0",
            "-1",
            "12.50",
            "1e3",
            "-0.1E-10",
            "true",
            "false",
            "null",
            "\"\"",
            "\"Bundle\"",
            "\"\u20ac \uD83D\uDE00\"",
            "\"\\n\\t\\\"\\\\\\/\"",
            "\"\\u00e4\\ud83d\\ude00\"",
            "\"2020-01-01\"");
    private static final String DAMAGE = "{}[]\",:\\0e.-+ tn\u0001";

    private final Random random;

    SomeJson(long seed) {
        random = new Random(seed);
    }

    byte[] body() {
        var body = object(4).getBytes(StandardCharsets.UTF_8);
        if (random.nextBoolean()) {
            var octet = random.nextInt(8) == 0 ? random.nextInt() : DAMAGE.charAt(random.nextInt(DAMAGE.length()));
            body[random.nextInt(body.length)] = (byte) octet;
        }
        return body;
    }

    private String object(int depth) {
        var members = new StringBuilder();
        var used = new HashSet<String>();
        for (var i = random.nextInt(4); i > 0; i--) {
            var name = NAMES.get(random.nextInt(NAMES.size()));
            if (used.add(name) || random.nextInt(20) == 0) {
                members.append(members.isEmpty() ? "" : ",").append(space());
                members.append('"').append(name).append('"').append(space()).append(':');
                members.append(value(depth - 1));
            }
        }
        return "{" + members + space() + "}";
    }

    private String array(int depth) {
        var elements = new StringBuilder();
        for (var i = random.nextInt(4); i > 0; i--) {
            elements.append(elements.isEmpty() ? "" : ",").append(value(depth - 1));
        }
        return "[" + elements + space() + "]";
    }

    private String value(int depth) {
        var kind = depth <= 0 ? 2 : random.nextInt(4);
        var value = switch (kind) {
            case 0 -> object(depth);
            case 1 -> array(depth);
            default -> SCALARS.get(random.nextInt(SCALARS.size()));
        };
        return space() + value + space();
    }

    private String space() {
        return random.nextInt(4) == 0 ? " \n" : "";
    }
}
