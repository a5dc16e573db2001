package org.accordhie.consent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what became of the mutants, from PIT's reports. To die is to fail a test or to run for ever; a mutant whose Java
 * machine died has not been tried, and fails the build as one in twenty that live does.
 */
final class MutationScore {

    private static final int STATUS = 5;
    private static final int AT_LEAST = 95;

    private MutationScore() {}

    /** Takes the addresses of the reports. */
    public static void main(String[] reports) throws IOException {
        var counts = new TreeMap<String, Integer>();
        for (var report : reports) {
            for (var line : Files.readAllLines(Path.of(report))) {
                counts.merge(line.split(",", -1)[STATUS], 1, Integer::sum);
            }
        }
        var all = counts.values().stream().mapToInt(Integer::intValue).sum();
        var dead = count(counts, "KILLED") + count(counts, "TIMED_OUT");
        var alive = count(counts, "SURVIVED") + count(counts, "NO_COVERAGE");
        System.out.printf(
                Locale.ROOT,
                "mutants: %d, of which %d (%.1f %%) died; %s%n",
                all,
                dead,
                100.0 * dead / Math.max(all, 1),
                counts);
        if (dead + alive < all) {
            throw new IllegalStateException(all - dead - alive + " mutants were not tried");
        }
        if (100L * dead < (long) AT_LEAST * all) {
            throw new IllegalStateException("more than one mutant in twenty lives");
        }
    }

    private static int count(Map<String, Integer> counts, String status) {
        return counts.getOrDefault(status, 0);
    }
}
