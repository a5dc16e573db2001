package org.accordhie.worlds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The pairs of worlds that were asked without finding anything, in a file by which an interrupted run goes on. Pairs that
 * other code answered do not count.
 */
final class PairLog {

    private final String file;
    private final String code;
    private final List<String> lines = new ArrayList<>();
    private int ofOtherCode;

    /**
     * Opens a log.
     *
     * @param file empty where nothing is kept
     * @param code names the code that is asked, and that which asks
     */
    PairLog(String file, String code) throws IOException {
        this.file = file;
        this.code = code;
        if (!file.isEmpty() && Files.exists(Path.of(file))) {
            for (var line : Files.readAllLines(Path.of(file))) {
                if (line.startsWith("code " + code + " ")) {
                    lines.add(line);
                } else {
                    ofOtherCode++;
                }
            }
        }
    }

    /** Whether so many requests were made of the pair with a seed. */
    boolean holds(long seed, int requests) {
        return lines.stream().anyMatch(line -> line.startsWith(beginning(seed, requests)));
    }

    private String beginning(long seed, int requests) {
        return "code " + code + " pair " + seed + " of " + requests + ":";
    }

    /** Keeps a pair that was asked, unless something was found. */
    void add(long seed, int requests, Score score) throws IOException {
        if (!score.differences().isEmpty() || !score.failures().isEmpty()) {
            return;
        }
        var line = beginning(seed, requests) + " " + score.requests() + " requests, " + score.successes()
                + " answered, 0 differences";
        lines.add(line);
        if (!file.isEmpty()) {
            Files.createDirectories(Path.of(file).toAbsolutePath().getParent());
            Files.writeString(Path.of(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    int pairs() {
        return lines.size();
    }

    /** Of all pairs without a difference. */
    int requests() {
        return sum("requests");
    }

    /** How many of them succeeded. */
    int successes() {
        return sum("answered");
    }

    private int sum(String what) {
        return lines.stream()
                .mapToInt(line -> Integer.parseInt(line.replaceAll(".* (\\d+) " + what + ",.*", "$1")))
                .sum();
    }

    @Override
    public String toString() {
        return "two worlds, code " + code + ": " + pairs()
                + " pairs without a difference, in this run and before it, in " + requests() + " requests"
                + (ofOtherCode == 0
                        ? ""
                        : "; begun anew, since " + ofOtherCode + " pairs in the log are of other code");
    }
}
