package org.accordhie.labels;

import java.util.regex.Pattern;
import org.accordhie.vocabulary.Coding;

/**
 * All codes of a system that begin with something from the first to the last prefix: F10-F16 holds F11.20.
 *
 * @param system the code system
 * @param first the first prefix
 * @param last the last prefix, as long as the first
 */
public record CodeRange(String system, String first, String last) {

    private static final Pattern FORM = Pattern.compile("([A-Z0-9.]+)(?:-([A-Z0-9.]+))?");

    /**
     * Reads `F11` or `F10-F16`.
     *
     * @throws IllegalArgumentException if it is neither one prefix nor two of equal length, in order
     */
    static CodeRange of(String system, String range) {
        var form = FORM.matcher(range);
        if (!form.matches()) {
            throw new IllegalArgumentException("is no range such as `F10-F16` or `F11`");
        }
        var first = form.group(1);
        var last = form.group(2) == null ? first : form.group(2);
        if (first.length() != last.length() || first.compareTo(last) > 0) {
            throw new IllegalArgumentException("has ends that differ in length or are in the wrong order");
        }
        return new CodeRange(system, first, last);
    }

    boolean contains(Coding coding) {
        if (!coding.system().equals(system) || coding.code().length() < first.length()) {
            return false;
        }
        var prefix = coding.code().substring(0, first.length());
        return prefix.compareTo(first) >= 0 && prefix.compareTo(last) <= 0;
    }
}
