package org.accordhie.fhirserver.gate;

/** Strict UTF-8: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
final class Utf8 {

    private Utf8() {}

    static boolean isContinuation(byte octet) {
        return (octet & 0xC0) == 0x80;
    }

    /** The bytes of the character that starts here, or 0 if none does. */
    static int length(byte[] body, int at) {
        var first = body[at] & 0xFF;
        if (first < 0x80) {
            return 1;
        }
        var length = announced(first);
        if (length == 0 || at + length > body.length || !hasAllowedSecond(first, body[at + 1] & 0xFF)) {
            return 0;
        }
        for (var i = 2; i < length; i++) {
            if (!isContinuation(body[at + i])) {
                return 0;
            }
        }
        return length;
    }

    /** The offset of the first byte that is not UTF-8, or the body's length. */
    static int firstInvalid(byte[] body) {
        var at = 0;
        while (at < body.length) {
            var length = length(body, at);
            if (length == 0) {
                return at;
            }
            at += length;
        }
        return at;
    }

    private static int announced(int first) {
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    }

    private static boolean hasAllowedSecond(int first, int second) {
        return switch (first) {
            case 0xE0 -> second >= 0xA0 && second <= 0xBF;
            case 0xED -> second >= 0x80 && second <= 0x9F;
            case 0xF0 -> second >= 0x90 && second <= 0xBF;
            case 0xF4 -> second >= 0x80 && second <= 0x8F;
            default -> second >= 0x80 && second <= 0xBF;
        };
    }
}
