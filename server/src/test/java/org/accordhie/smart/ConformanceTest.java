package org.accordhie.smart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code docs/conformance.md} and the tests it names. */
@DisplayName("the table of rules")
class ConformanceTest {

    private static final Path TESTS = Path.of("src", "test", "java");
    private static final Pattern ROW = Pattern.compile("\\| ([A-Z]?\\d+) \\| (.+) \\| (.+) \\|");
    private static final Pattern NAMED = Pattern.compile("`(\\w+)`");

    private record Row(String rule, String tests) {

        boolean saysWhyNot() {
            return tests.startsWith("not tested: ");
        }
    }

    private static List<Row> rows() throws IOException {
        try (var lines = Files.lines(Path.of("..", "docs", "conformance.md"))) {
            return lines.map(ROW::matcher)
                    .filter(Matcher::matches)
                    .map(row -> new Row(row.group(1), row.group(3)))
                    .toList();
        }
    }

    @Test
    void holdsEveryRule() throws IOException {
        var expected = Stream.of(
                        named("D", 10),
                        named("T", 10),
                        named("G", 8),
                        named("F", 11),
                        named("C", 8),
                        Stream.of("4", "7", "8"))
                .flatMap(each -> each)
                .collect(Collectors.toSet());

        assertThat(rows().stream().map(Row::rule)).containsAll(expected);
    }

    private static Stream<String> named(String letter, int last) {
        return IntStream.rangeClosed(1, last).mapToObj(number -> letter + number);
    }

    @Test
    void namesTestsThatAreThereAndSayTheRule() throws IOException {
        var sources = sources();
        var wrong = new ArrayList<String>();
        for (var row : rows()) {
            var names = NAMED.matcher(row.tests())
                    .results()
                    .map(match -> match.group(1))
                    .toList();
            if (names.isEmpty() && !row.saysWhyNot()) {
                wrong.add(row.rule() + " has neither a test nor a reason");
            }
            for (var name : row.saysWhyNot() ? List.<String>of() : names) {
                var source = sources.get(name);
                var says = Pattern.compile("\"[^\"]*\\b" + row.rule() + "\\b[^\"]*\"");
                if (source == null) {
                    wrong.add(row.rule() + ": there is no " + name);
                } else if (row.rule().length() > 1 && !says.matcher(source).find()) {
                    wrong.add(row.rule() + ": " + name + " does not name it");
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    private static Map<String, String> sources() throws IOException {
        var sources = new TreeMap<String, String>();
        try (var files = Files.walk(TESTS)) {
            for (var file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        }
        return sources;
    }
}
