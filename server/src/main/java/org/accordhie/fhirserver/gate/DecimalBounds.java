package org.accordhie.fhirserver.gate;

/** How large a decimal may be: a hundred bytes of {@code 1e999999999} would otherwise become gigabytes of zeros. */
final class DecimalBounds {

    /** Room for the exact decimal expansion of any double an ordinary measurement produces. */
    static final int MAX_DIGITS = 64;

    /** Digits and exponent together stay where a double neither overflows nor vanishes. */
    static final int MAX_MAGNITUDE = 308;

    /** The characters of {@code 1e308}. */
    static final int SHORTEST_EXCESS = 5;

    private static final int SATURATED = 10_000;

    private DecimalBounds() {}

    static boolean exceeds(int digits, int exponent) {
        return digits > MAX_DIGITS || digits + exponent > MAX_MAGNITUDE;
    }

    /** The exponent with one more digit, which stops growing once it is too large anyway. */
    static int append(int exponent, int digit) {
        return Math.min(exponent * 10 + digit, SATURATED);
    }

    /** Whether the text may be read as a decimal beyond the bounds; like BigDecimal, knows digits of any script. */
    static boolean exceeds(CharSequence text) {
        var digits = 0;
        var exponent = 0;
        var inExponent = false;
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            if (!Character.isDigit(character)) {
                if (!belongsToNumber(character) || (inExponent && isExponentMark(character))) {
                    return false;
                }
                inExponent |= isExponentMark(character);
            } else if (inExponent) {
                exponent = append(exponent, Character.digit(character, 10));
            } else {
                digits++;
            }
        }
        return digits > 0 && exceeds(digits, exponent);
    }

    private static boolean belongsToNumber(char character) {
        return "+-.".indexOf(character) >= 0 || isExponentMark(character) || Character.isWhitespace(character);
    }

    private static boolean isExponentMark(char character) {
        return character == 'e' || character == 'E';
    }
}
