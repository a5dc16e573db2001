package org.accordhie.local.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;

/** The bundles that a run could not load, and why, in a file beside them. No file if there are none. */
final class Rejections {

    static final String FILE = "rejected.txt";

    private final Path file;
    private int count;

    Rejections(Path directory) throws IOException {
        this.file = directory.resolve(FILE);
        Files.deleteIfExists(file);
    }

    void add(BundleFile bundle, Answer answer) throws IOException {
        var lines = new ArrayList<String>();
        lines.add(bundle.name() + ": status " + answer.status());
        answer.problems().forEach(problem -> lines.add("  " + problem));
        Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        count++;
    }

    int count() {
        return count;
    }

    Path file() {
        return file;
    }
}
