package org.accordhie.worlds;

import java.util.ArrayList;
import java.util.Collections;
import java.util.regex.Pattern;

/**
 * What an AuditEvent names stands in the order of ids, which each world gives by chance: here it is put into that of the names.
 */
final class Unordered {

    private static final Pattern EVENT = Pattern.compile("\"resourceType\"\\s*:\\s*\"AuditEvent\"|<AuditEvent ");

    private static final Pattern NAMED = Pattern.compile(
            "\\{\\s*\"what\"\\s*:\\s*\\{\\s*\"reference\"[^{}]*}(?:\\s*,\\s*\"(?:type|role)\"\\s*:\\s*\\{[^{}]*})*\\s*}"
                    + "|<entity>\\s*<what>\\s*<reference (?:(?!</entity>).)*</entity>",
            Pattern.DOTALL);

    private Unordered() {}

    /** The same text with neighbours in order. */
    static String sorted(String text) {
        return EVENT.matcher(text).find() ? sortedRuns(text) : text;
    }

    private static String sortedRuns(String text) {
        var places = NAMED.matcher(text).results().toList();
        var sorted = new StringBuilder();
        var from = 0;
        for (int first = 0; first < places.size(); ) {
            var next = first + 1;
            while (next < places.size()
                    && isBetween(text.substring(
                            places.get(next - 1).end(), places.get(next).start()))) {
                next++;
            }
            var run = new ArrayList<String>();
            places.subList(first, next).forEach(place -> run.add(place.group()));
            Collections.sort(run);
            for (int index = first; index < next; index++) {
                sorted.append(text, from, places.get(index).start()).append(run.get(index - first));
                from = places.get(index).end();
            }
            first = next;
        }
        return sorted.append(text, from, text.length()).toString();
    }

    private static boolean isBetween(String text) {
        return text.isBlank() || text.strip().equals(",");
    }
}
