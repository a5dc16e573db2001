package org.accordhie.exchange.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Where the parts of a long history are kept, so that it can be continued after an interruption. A part has a clock and
 * subjects of its own and is there whole or not at all.
 *
 * @param directory holds nothing else, and is named after the code whose history it is
 */
public record HistoryFiles(Path directory) {

    private static final String PART = "part-";

    /** Keeps another part. */
    public void keep(Collection<Operation> part) throws IOException {
        Files.createDirectories(directory);
        var number = parts().size() + 1;
        var unfinished = directory.resolve("unfinished");
        Files.write(unfinished, part.stream().map(Operation::line).toList());
        Files.move(unfinished, directory.resolve(PART + number + ".tsv"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** What all parts come to. */
    public Verdict verdict() throws IOException {
        var verdict = Verdict.NOTHING;
        for (var part : parts()) {
            verdict = verdict.and(RevocationCheck.of(
                    Files.readAllLines(part).stream().map(Operation::parse).toList()));
        }
        return verdict;
    }

    @Override
    public String toString() {
        var others = Objects.requireNonNullElse(directory.getParent(), directory)
                .toFile()
                .list();
        var own = directory.toFile().list();
        return own != null
                ? "continues with " + own.length + " parts of the same code, " + directory.getFileName()
                : "begins anew with the code " + directory.getFileName()
                        + (others == null || others.length == 0 ? "" : ", since what is kept is of other code");
    }

    private List<Path> parts() throws IOException {
        if (Files.notExists(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith(PART))
                    .sorted()
                    .toList();
        }
    }
}
