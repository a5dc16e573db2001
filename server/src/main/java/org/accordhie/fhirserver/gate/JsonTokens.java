package org.accordhie.fhirserver.gate;

import java.nio.charset.StandardCharsets;

/** Reads JSON's scalar tokens from bytes, strictly after RFC 8259, and remembers where the last text stood. */
final class JsonTokens {

    /** The longest string Jackson reads. */
    private static final int MAX_TEXT = 20_000_000;

    private static final int END = -1;

    private final byte[] body;
    private int position;
    private int textStart;
    private int textEnd;
    private boolean textEscaped;
    private boolean textHasEquals;

    JsonTokens(byte[] body) {
        this.body = body;
    }

    int position() {
        return position;
    }

    int textStart() {
        return textStart;
    }

    int textEnd() {
        return textEnd;
    }

    boolean isTextEscaped() {
        return textEscaped;
    }

    /** The next byte that is not white space, not yet taken; -1 at the end. */
    int next() {
        while (position < body.length && isSpace(body[position])) {
            position++;
        }
        return at(position);
    }

    void take() {
        position++;
    }

    void take(char expected) throws Refusal {
        if (next() != expected) {
            throw new Refusal(Problem.MALFORMED);
        }
        position++;
    }

    void takeWord(String word) throws Refusal {
        for (var i = 0; i < word.length(); i++) {
            if (at(position) != word.charAt(i)) {
                throw new Refusal(Problem.MALFORMED);
            }
            position++;
        }
    }

    /** Reads a text but stays before it, so that a refusal of its content points there, not behind it. */
    void readText() throws Refusal {
        if (next() != '"') {
            throw new Refusal(Problem.MALFORMED);
        }
        var quote = position++;
        textStart = position;
        textEscaped = false;
        textHasEquals = false;
        while (at(position) != '"') {
            position += character();
        }
        textEnd = position;
        position = quote;
        if (textEnd - textStart > MAX_TEXT) {
            throw new Refusal(Problem.TEXT_TOO_LONG);
        }
    }

    void takeText() {
        position = textEnd + 1;
    }

    void takeNumber() throws Refusal {
        var start = position;
        if (at(position) == '-') {
            position++;
        }
        var digits = integerDigits();
        if (at(position) == '.') {
            position++;
            digits += digits();
        }
        if (DecimalBounds.exceeds(digits, exponent())) {
            position = start;
            throw new Refusal(Problem.NUMBER);
        }
    }

    /** The last text with its escapes resolved, which must have been checked before. */
    String text() {
        var raw = new String(body, textStart, textEnd - textStart, StandardCharsets.UTF_8);
        return textEscaped ? JsonEscapes.resolve(raw) : raw;
    }

    /** Whether the last text begins as a decimal might, and is long enough to be a dangerous one. */
    boolean mayTextBeDecimal() {
        var first = at(textStart);
        return textEnd - textStart >= DecimalBounds.SHORTEST_EXCESS && !isLetter(first);
    }

    /** Whether the last text holds what every query holds. */
    boolean mayTextBeQuery() {
        return textHasEquals || textEscaped;
    }

    private int integerDigits() throws Refusal {
        if (at(position) == '0') {
            position++;
            return 1;
        }
        return digits();
    }

    private int exponent() throws Refusal {
        if (at(position) != 'e' && at(position) != 'E') {
            return 0;
        }
        position++;
        if (at(position) == '+' || at(position) == '-') {
            position++;
        }
        var start = position;
        digits();
        var exponent = 0;
        for (var i = start; i < position; i++) {
            exponent = DecimalBounds.append(exponent, body[i] - '0');
        }
        return exponent;
    }

    private int digits() throws Refusal {
        var start = position;
        while (at(position) >= '0' && at(position) <= '9') {
            position++;
        }
        if (position == start) {
            throw new Refusal(Problem.MALFORMED);
        }
        return position - start;
    }

    /** The bytes of the character or escape at the position. */
    private int character() throws Refusal {
        var octet = at(position);
        if (octet == '\\') {
            textEscaped = true;
            return JsonEscapes.length(body, position);
        }
        if (octet == END) {
            throw new Refusal(Problem.MALFORMED);
        }
        if (octet < ' ') {
            throw new Refusal(Problem.CONTROL_CHARACTER);
        }
        textHasEquals |= octet == '=';
        var length = Utf8.length(body, position);
        if (length == 0) {
            throw new Refusal(Problem.NOT_UTF8);
        }
        return length;
    }

    private int at(int offset) {
        return offset < body.length ? body[offset] & 0xFF : END;
    }

    private static boolean isSpace(byte octet) {
        return octet == ' ' || octet == '\n' || octet == '\r' || octet == '\t';
    }

    private static boolean isLetter(int octet) {
        return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z');
    }
}
