package org.accordhie.worlds;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A request that two worlds answered differently.
 *
 * @param reader who asked
 * @param ask the least request found that still tells them apart
 * @param with the answer of the world that has what is hidden
 * @param without the other's
 */
record Difference(String reader, Ask ask, String with, String without) {

    private static final int SHOWN = 1500;
    private static final Pattern ENTRY = Pattern.compile("\"fullUrl\"\\s*:\\s*\"([^\"]*)\"");
    private static final Pattern TOTAL = Pattern.compile("\"total\"\\s*:\\s*\\d+");

    /** The way in and what gave it away: equal for requests that find the same leak. */
    String kind() {
        return ask.kind() + ", " + sign();
    }

    /** What it is by which the worlds are told apart. */
    String sign() {
        if (!with.substring(0, 3).equals(without.substring(0, 3))) {
            return "by the status";
        }
        var more = all(ENTRY, with);
        var less = all(ENTRY, without);
        if (!less.containsAll(more)) {
            return "finds more";
        }
        if (!more.containsAll(less)) {
            return "finds less";
        }
        if (!more.equals(less)) {
            return "in another order";
        }
        return all(TOTAL, with).equals(all(TOTAL, without)) ? "by the content" : "by the total";
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).toList();
    }

    @Override
    public String toString() {
        var at = 0;
        while (at < Math.min(with.length(), without.length()) && with.charAt(at) == without.charAt(at)) {
            at++;
        }
        var from = Math.max(0, at - 200);
        return "%s: %s%n--- with what is hidden (%d, from %d): %s%n--- without: %s"
                .formatted(reader, ask, at, from, part(with, from), part(without, from));
    }

    private static String part(String text, int from) {
        return text.substring(0, text.indexOf('\n')) + " … "
                + text.substring(Math.min(from, text.length()), Math.min(text.length(), from + SHOWN));
    }
}
