package org.accordhie.worlds;

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
