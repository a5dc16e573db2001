package org.accordhie.worlds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The pairs of worlds that were asked without finding anything, in a file by which an interrupted run goes on. */
final class PairLog {

    private final String file;
    private final List<String> lines = new ArrayList<>();

    /**
     * Opens a log.
     *
     * @param file empty where nothing is kept
     */
    PairLog(String file) throws IOException {
        this.file = file;
        if (!file.isEmpty() && Files.exists(Path.of(file))) {
            lines.addAll(Files.readAllLines(Path.of(file)));
        }
    }

    boolean holds(long seed) {
        return lines.stream().anyMatch(line -> line.startsWith("pair " + seed + ":"));
    }

    /** Keeps a pair that was asked, unless something was found. */
    void add(long seed, Score score) throws IOException {
        if (!score.differences().isEmpty() || !score.failures().isEmpty()) {
            return;
        }
        var line = "pair " + seed + ": " + score.requests() + " requests, 0 differences";
        lines.add(line);
        if (!file.isEmpty()) {
            Files.createDirectories(Path.of(file).toAbsolutePath().getParent());
            Files.writeString(Path.of(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    @Override
    public String toString() {
        var requests = lines.stream()
                .mapToInt(line -> Integer.parseInt(line.replaceAll(".*: (\\d+) requests.*", "$1")))
                .sum();
        return "two worlds: " + lines.size() + " pairs without a difference, in this run and before it, in " + requests
                + " requests";
    }
}
