package org.accordhie.smart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * A table of a resource file. A row is a line of cells with semicolons between them; a line that ends with a backslash goes on; a
 * line that begins with a number sign is a comment, and with two the source of the rows below it.
 *
 * @param rows in order
 */
record ScopeTable(List<Row> rows) {

    private static final String CONTINUED = "\\";

    ScopeTable {
        rows = List.copyOf(rows);
    }

    /**
     * A line of the table.
     *
     * @param source where its expectation is from
     * @param cells what it says
     */
    record Row(String source, List<String> cells) {

        String cell(int index) {
            return cells.get(index);
        }

        List<String> words(int index) {
            return List.of(cells.get(index).split(" ", -1));
        }

        @Override
        public String toString() {
            return String.join("; ", cells);
        }
    }

    /** Reads a table. Throws if a row has not so many cells, no source, or is there twice. */
    static ScopeTable read(String name, int columns) {
        var rows = new ArrayList<Row>();
        var source = "";
        var begun = "";
        for (var line : text(name).lines().toList()) {
            if (line.startsWith("## ")) {
                source = line.substring(3);
            } else if (line.endsWith(CONTINUED)) {
                begun = line.substring(0, line.length() - CONTINUED.length());
            } else if (!line.isBlank() && !line.startsWith("#")) {
                rows.add(row(source, begun + line, columns));
                begun = "";
            }
        }
        if (new HashSet<>(rows.stream().map(Row::cells).toList()).size() < rows.size()) {
            throw new IllegalStateException("a row is twice in " + name);
        }
        return new ScopeTable(rows);
    }

    private static Row row(String source, String line, int columns) {
        var cells = Arrays.stream(line.split(";", -1)).map(String::strip).toList();
        if (cells.size() != columns || source.isEmpty()) {
            throw new IllegalStateException("no row of " + columns + " cells with a source: " + line);
        }
        return new Row(source, cells);
    }

    private static String text(String name) {
        try (var file = Objects.requireNonNull(ScopeTable.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
