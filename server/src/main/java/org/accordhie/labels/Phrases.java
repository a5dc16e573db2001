package org.accordhie.labels;

import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words to look for in texts of small letters: whole words; a star at the end stands for any ending. */
final class Phrases {

    /** Matches nothing. */
    static final Pattern NONE = Pattern.compile("(?!)");

    private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} '/,-]*\\*?");

    private Phrases() {}

    /** Whether it can be looked for: letters, digits, spaces, hyphens, and a star at the end at most. */
    static boolean isPhrase(String phrase) {
        return FORM.matcher(phrase).matches();
    }

    static Pattern compile(Collection<String> phrases) {
        if (phrases.isEmpty()) {
            return NONE;
        }
        var alternatives = phrases.stream()
                .map(phrase -> phrase.toLowerCase(Locale.ROOT))
                .map(phrase -> phrase.endsWith("*")
                        ? Pattern.quote(phrase.substring(0, phrase.length() - 1))
                        : Pattern.quote(phrase) + "(?![\\p{L}\\p{N}])")
                .collect(Collectors.joining("|"));
        return Pattern.compile("(?<![\\p{L}\\p{N}])(?:" + alternatives + ")");
    }
}
