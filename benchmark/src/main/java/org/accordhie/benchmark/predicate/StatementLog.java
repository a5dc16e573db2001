package org.accordhie.benchmark.predicate;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL's log of statements, as it is written with {@code log_min_duration_statement=0}. Used by one thread.
 */
final class StatementLog {

    /** A line that begins an entry; those of a statement that has several begin with a tab. */
    private static final Pattern ENTRY = Pattern.compile("\\n(?=\\d{4}-\\d\\d-\\d\\d )");

    private static final Pattern EXECUTED =
            Pattern.compile(".*?LOG:  duration: [0-9.]+ ms  execute (?!fetch)[^:]*: (.*)", Pattern.DOTALL);

    private static final Pattern PARAMETERS = Pattern.compile(".*?DETAIL:  [Pp]arameters: (\\$1 = .*)", Pattern.DOTALL);

    private static final Pattern PARAMETER = Pattern.compile("\\$([0-9]+) = (NULL|'(?:[^']++|'')*+')");

    private static final Pattern PLACE = Pattern.compile("\\$([0-9]+)");

    private final Path file;
    private long read;

    StatementLog(Path file) {
        this.file = file;
    }

    /** Leaves out what has been written until now. */
    void skip() throws IOException {
        read = Files.size(file);
    }

    /** The statements executed since the last look, with their parameters in their places. */
    List<String> next() throws IOException {
        var bytes = new byte[(int) (Files.size(file) - read)];
        try (var log = new RandomAccessFile(file.toFile(), "r")) {
            log.seek(read);
            log.readFully(bytes);
        }
        read += bytes.length;
        return statements(new String(bytes, StandardCharsets.UTF_8));
    }

    /** The same of a text. */
    static List<String> statements(String log) {
        var statements = new ArrayList<String>();
        var entries = ENTRY.split(log, -1);
        for (int index = 0; index < entries.length; index++) {
            var executed = EXECUTED.matcher(entries[index]);
            if (executed.matches()) {
                var following = index + 1 < entries.length ? entries[index + 1] : "";
                statements.add(filled(executed.group(1).strip(), following));
            }
        }
        return statements;
    }

    private static String filled(String statement, String following) {
        var told = PARAMETERS.matcher(following);
        if (!told.matches()) {
            return statement;
        }
        var values = new ArrayList<String>();
        PARAMETER.matcher(told.group(1)).results().forEach(value -> values.add(value.group(2)));
        return PLACE.matcher(statement)
                .replaceAll(place -> Matcher.quoteReplacement(values.get(Integer.parseInt(place.group(1)) - 1)));
    }
}
