package org.accordhie.worlds;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The entries of a searchset that came along with what was searched for, in JSON and XML. */
final class Included {

    private static final Pattern BETWEEN = Pattern.compile(
            "(?=\\{\\s{0,9}\"fullUrl\")" + "|(?<=\"include\"\\s{0,40}}\\s{0,40}})" + "|(?=<entry>)|(?<=</entry>)");
    private static final Pattern IS_ONE = Pattern.compile(
            "^(?:\\{\\s*\"fullUrl\".*\"mode\"\\s*:\\s*\"include\".*|<entry>.*<mode value=\"include\"/>.*)$",
            Pattern.DOTALL);

    private Included() {}

    /** The same text with each run of such entries in the order of the alphabet. */
    static String sorted(String told) {
        var parts = new ArrayList<>(List.of(BETWEEN.split(told)));
        var run = new ArrayList<Integer>();
        for (int index = 0; index < parts.size(); index++) {
            var part = parts.get(index);
            if (IS_ONE.matcher(part).matches()) {
                run.add(index);
            } else if (!part.isBlank() && !part.strip().equals(",")) {
                sort(parts, run);
            }
        }
        sort(parts, run);
        return String.join("", parts);
    }

    private static void sort(List<String> parts, List<Integer> run) {
        var sorted = run.stream().map(parts::get).sorted().toList();
        for (int index = 0; index < sorted.size(); index++) {
            parts.set(run.get(index), sorted.get(index));
        }
        run.clear();
    }
}
