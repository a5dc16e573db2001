package org.accordhie.local.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which files of a directory an exchange has stored, kept in the directory itself: a line for each, added once the exchange
 * has answered. A line that an interruption cut short counts as none; the exchange recognises what it is sent again.
 */
final class LoadState {

    static final String FILE = ".accord-load-state";

    /** Digest of the content, where it was loaded, name of the file. */
    private static final Pattern LINE = Pattern.compile("[0-9a-f]{64}\t[^\t]+\t[^\t]+");

    private final Path file;
    private final String target;
    private final Set<String> finished = new HashSet<>();

    private LoadState(Path file, String target) {
        this.file = file;
        this.target = target;
    }

    /**
     * Reads what is known.
     *
     * @param target the exchange and the client that pushes: what one of them has stored, another has not
     * @param restart whether to forget it
     */
    static LoadState in(Path directory, String target, boolean restart) throws IOException {
        var state = new LoadState(directory.resolve(FILE), target);
        if (!Files.exists(state.file)) {
            return state;
        }
        var whole = Files.readAllLines(state.file).stream()
                .filter(line -> LINE.matcher(line).matches())
                .filter(line -> !restart || !line.split("\t", -1)[1].equals(target))
                .toList();
        state.finished.addAll(whole);
        state.replace(whole);
        return state;
    }

    boolean isFinished(String name, String digest) {
        return finished.contains(line(name, digest));
    }

    void finish(String name, String digest) throws IOException {
        var line = line(name, digest);
        finished.add(line);
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void replace(List<String> lines) throws IOException {
        var next = file.resolveSibling(FILE + ".next");
        Files.write(next, lines);
        Files.move(next, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private String line(String name, String digest) {
        return digest + "\t" + target + "\t" + name;
    }
}
