package org.accordhie.sealing.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.accordhie.sealing.Anchor;

/**
 * A file outside the database to which every anchor is added as a line. With it, and only with it, the end of a trail cannot be
 * cut off unseen.
 */
final class Witness {

    private final Path file;

    Witness(Path file) {
        this.file = file;
    }

    /** Adds a line, and does not return before it is on the disk. */
    synchronized void add(Anchor anchor) throws IOException {
        try (var out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            var line = ByteBuffer.wrap((anchor.line() + "\n").getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                out.write(line);
            }
            out.force(true);
        }
    }
}
