package org.accordhie.fhirserver.gate;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Bodies that have the form of resources: each byte chooses what comes next, so that most get through the gate and far into the
 * parser.
 */
public final class ResourceFuzzer {

    private static final List<String> NAMES = List.of(
            "resourceType",
            "id",
            "meta",
            "contained",
            "extension",
            "url",
            "valueString",
            "valueDecimal",
            "valueReference",
            "subject",
            "reference",
            "identifier",
            "system",
            "value",
            "code",
            "coding",
            "status",
            "birthDate",
            "_birthDate",
            "multipleBirthInteger",
            "text",
            "div",
            "name",
            "family",
            "given",
            "entry",
            "resource",
            "request",
            "method",
            "fullUrl",
            "security",
            "valueQuantity",
            "effectiveDateTime",
            "component",
            "link",
            "photo",
            "data");

    private static final List<String> VALUES = List.of(
            "\"Patient\"",
            "\"Observation\"",
            "\"Bundle\"",
            "\"Consent\"",
            "\"#a\"",
            "\"#\"",
            "\"a\"",
            "\"\"",
            "\" \"",
            "\"2024\"",
            "\"2024-02-30\"",
            "\"2024-01-01T00:00:00+99:00\"",
            "\"urn:uuid:5f6f2a3c-0000-4000-8000-000000000001\"",
            "\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">&amp;</div>\"",
            "\"<div\"",
            "\"final\"",
            "\"1e300\"",
            "\"W10=\"",
            "\"\\u0085\\u2028\"",
            "1",
            "-0",
            "1.50",
            "1e300",
            "true",
            "null");

    private static final int DEEPEST = 20;

    private ResourceFuzzer() {}

    /** Called before the first input. */
    public static void fuzzerInitialize() {
        GateThenParser.prepare();
    }

    /** Throws what must not be thrown. */
    public static void fuzzerTestOneInput(byte[] choices) {
        var next = new Choices(choices);
        var body = new StringBuilder("{\"resourceType\":")
                .append(VALUES.get(next.upTo(4)))
                .append(',');
        members(next, body, 1);
        GateThenParser.json(body.toString().getBytes(StandardCharsets.UTF_8), new BodyBounds(64, 200));
    }

    private static void members(Choices next, StringBuilder body, int depth) {
        var first = true;
        do {
            body.append(first ? "\"" : ",\"")
                    .append(NAMES.get(next.upTo(NAMES.size())))
                    .append("\":");
            value(next, body, depth);
            first = false;
        } while (next.more() && next.upTo(3) > 0);
        body.append('}');
    }

    private static void value(Choices next, StringBuilder body, int depth) {
        switch (depth < DEEPEST ? next.upTo(4) : 0) {
            case 1 -> members(next, body.append('{'), depth + 1);
            case 2 -> {
                body.append('[');
                value(next, body, depth + 1);
                while (next.more() && next.upTo(3) == 0) {
                    body.append(',');
                    value(next, body, depth + 1);
                }
                body.append(']');
            }
            default -> body.append(VALUES.get(next.upTo(VALUES.size())));
        }
    }

    /** Bytes one after another, and zeros behind their end. */
    private static final class Choices {

        private final byte[] bytes;
        private int at;

        Choices(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean more() {
            return at < bytes.length;
        }

        int upTo(int bound) {
            return more() ? (bytes[at++] & 0xFF) % bound : 0;
        }
    }
}
