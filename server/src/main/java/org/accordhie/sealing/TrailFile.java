package org.accordhie.sealing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A trail as a file of lines, which can be verified far from the database: each anchor, the list of its rows, and the rows, with
 * their columns in the text format of PostgreSQL's COPY. Of one thread.
 */
public final class TrailFile implements SealedTrail, AutoCloseable {

    private static final String PRUNED = "pruned";
    private static final String LISTED = "rows";
    private static final String EVENT = "event";
    private static final String NULL = "\\N";

    private final Path file;
    private final List<Lines> open = new ArrayList<>();
    private @Nullable Group group;

    public TrailFile(Path file) {
        this.file = file;
    }

    /** An anchor with what stands under it. */
    private record Group(Anchor anchor, @Nullable String listed, List<String> events) {}

    /**
     * Writes a trail; returns how many rows.
     *
     * @throws IOException if it cannot be written
     */
    public static long write(SealedTrail trail, Writer out) throws IOException {
        for (var signed : trail.prunings()) {
            var pruned = signed.pruned();
            line(
                    out,
                    String.join(
                            " ",
                            PRUNED,
                            pruned.at().toString(),
                            String.valueOf(pruned.through()),
                            pruned.chain(),
                            pruned.before().toString(),
                            String.valueOf(pruned.events()),
                            signed.key(),
                            signed.signature()));
        }
        var rows = 0L;
        for (var each = trail.anchors(); each.hasNext(); ) {
            var anchor = each.next();
            line(out, anchor.line());
            var listed = trail.listed(anchor);
            if (listed != null) {
                line(out, LISTED + " " + Base64.getEncoder().encodeToString(listed.octets()));
                for (var row : trail.rows(anchor, listed)) {
                    line(
                            out,
                            EVENT + "\t"
                                    + row.values().stream()
                                            .map(TrailFile::escaped)
                                            .collect(Collectors.joining("\t")));
                    rows++;
                }
            }
        }
        return rows;
    }

    private static void line(Writer out, String line) throws IOException {
        out.write(line);
        out.write('\n');
    }

    @Override
    public Iterator<Anchor> anchors() {
        var lines = new Lines();
        open.add(lines);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return lines.hasAnchor();
            }

            @Override
            public Anchor next() {
                var next = lines.group();
                group = next;
                return next.anchor();
            }
        };
    }

    @Override
    public @Nullable SealedRows listed(Anchor anchor) {
        var listed = of(anchor).listed();
        return listed == null ? null : SealedRows.read(Base64.getDecoder().decode(listed));
    }

    /** All that stand under the anchor, in the order of the file. */
    @Override
    public List<TrailRow> rows(Anchor anchor, SealedRows listed) {
        return of(anchor).events().stream().map(TrailFile::row).toList();
    }

    @Override
    public List<SignedPruning> prunings() {
        try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.takeWhile(line -> line.startsWith(PRUNED + " "))
                    .map(TrailFile::pruning)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What stands in the file stands under an anchor. */
    @Override
    public List<UUID> unlisted(long before, long settled, int most) {
        return List.of();
    }

    @Override
    public void close() throws IOException {
        for (var lines : open) {
            lines.in.close();
        }
    }

    private Group of(Anchor anchor) {
        if (group == null || !group.anchor().equals(anchor)) {
            throw new IllegalStateException("rows are read with their anchor");
        }
        return group;
    }

    private static SignedPruning pruning(String line) {
        var parts = line.split(" ", -1);
        return new SignedPruning(
                new Pruned(
                        Instant.parse(parts[1]),
                        Long.parseLong(parts[2]),
                        parts[3],
                        Instant.parse(parts[4]),
                        Long.parseLong(parts[5])),
                parts[6],
                parts[7]);
    }

    private static TrailRow row(String line) {
        var values = Arrays.stream(line.split("\t", -1))
                .skip(1)
                .map(TrailFile::plain)
                .collect(Collectors.toList());
        if (values.size() != TrailRow.COLUMNS.size()) {
            throw new IllegalArgumentException("not the line of an event");
        }
        var id = values.get(TrailRow.COLUMNS.indexOf("event_id"));
        var transaction = values.get(TrailRow.COLUMNS.indexOf("tx"));
        if (id == null || transaction == null) {
            throw new IllegalArgumentException("an event without its id or transaction");
        }
        return new TrailRow(UUID.fromString(id), Long.parseLong(transaction), values);
    }

    private static String escaped(@Nullable String value) {
        return value == null
                ? NULL
                : value.replace("\\", "\\\\")
                        .replace("\t", "\\t")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r");
    }

    private static @Nullable String plain(String escaped) {
        if (escaped.equals(NULL)) {
            return null;
        }
        var plain = new StringBuilder();
        for (int index = 0; index < escaped.length(); index++) {
            var each = escaped.charAt(index);
            plain.append(each == '\\' && index + 1 < escaped.length() ? unescaped(escaped.charAt(++index)) : each);
        }
        return plain.toString();
    }

    private static char unescaped(char letter) {
        return switch (letter) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            default -> letter;
        };
    }

    /** Reads the file from its beginning. */
    private final class Lines {

        private final BufferedReader in;
        private @Nullable String next;

        Lines() {
            try {
                in = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                advance();
                while (next != null && next.startsWith(PRUNED + " ")) {
                    advance();
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }

        boolean hasAnchor() {
            return next != null;
        }

        Group group() {
            var first = next;
            if (first == null) {
                throw new NoSuchElementException();
            }
            try {
                var anchor = Anchor.parse(first);
                advance();
                var listed = next != null && next.startsWith(LISTED + " ") ? next.substring(LISTED.length() + 1) : null;
                if (listed != null) {
                    advance();
                }
                var events = new ArrayList<String>();
                while (next != null && !Anchor.isOne(next)) {
                    events.add(next);
                    advance();
                }
                return new Group(anchor, listed, events);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }

        private void advance() throws IOException {
            next = in.readLine();
        }
    }
}
