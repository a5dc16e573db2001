package org.accordhie.fhirserver.gate;

/** The escapes of JSON strings: which are allowed, how long they are, what they stand for. */
final class JsonEscapes {

    private static final int UNIT = 6;
    private static final int PAIR = 12;

    private JsonEscapes() {}

    /** The bytes of the escape, or of the surrogate pair, whose backslash stands here. */
    static int length(byte[] body, int at) throws Refusal {
        return switch (at + 1 < body.length ? body[at + 1] : 0) {
            case '"', '\\', '/', 'n', 'r', 't' -> 2;
            case 'b', 'f' -> throw new Refusal(Problem.CONTROL_CHARACTER);
            case 'u' -> unitsLength(body, at);
            default -> throw new Refusal(Problem.MALFORMED);
        };
    }

    /** A text without its escapes, all of which are known to be allowed. */
    static String resolve(String raw) {
        var text = new StringBuilder(raw.length());
        for (var i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) != '\\') {
                text.append(raw.charAt(i));
            } else if (raw.charAt(i + 1) == 'u') {
                text.append((char) Integer.parseInt(raw, i + 2, i + UNIT, 16));
                i += UNIT - 1;
            } else {
                text.append(simple(raw.charAt(i + 1)));
                i++;
            }
        }
        return text.toString();
    }

    private static int unitsLength(byte[] body, int at) throws Refusal {
        var unit = unit(body, at);
        if (Character.isLowSurrogate(unit)) {
            throw new Refusal(Problem.LONE_SURROGATE);
        }
        if (Character.isHighSurrogate(unit)) {
            requirePartner(body, at + UNIT);
            return PAIR;
        }
        if (unit < ' ' && unit != '\t' && unit != '\n' && unit != '\r') {
            throw new Refusal(Problem.CONTROL_CHARACTER);
        }
        return UNIT;
    }

    private static void requirePartner(byte[] body, int at) throws Refusal {
        var follows = at + 1 < body.length && body[at] == '\\' && body[at + 1] == 'u';
        if (!follows || !Character.isLowSurrogate(unit(body, at))) {
            throw new Refusal(Problem.LONE_SURROGATE);
        }
    }

    private static char unit(byte[] body, int at) throws Refusal {
        if (at + UNIT > body.length) {
            throw new Refusal(Problem.MALFORMED);
        }
        var unit = 0;
        for (var i = at + 2; i < at + UNIT; i++) {
            var digit = Character.digit(body[i], 16);
            if (digit < 0) {
                throw new Refusal(Problem.MALFORMED);
            }
            unit = unit * 16 + digit;
        }
        return (char) unit;
    }

    private static char simple(char letter) {
        return switch (letter) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> letter;
        };
    }
}
