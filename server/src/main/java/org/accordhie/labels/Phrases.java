package org.accordhie.labels;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Words to look for in texts of small letters: whole words; a star at the end stands for any ending. Every text of every
 * resource that is pushed is searched for all of them, so none is compared that does not begin as the word at hand does.
 * Immutable.
 */
public final class Phrases {

    private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} '/,-]*\\*?");

    private final List<Phrase> phrases;
    private final Map<Character, List<Phrase>> byBeginning = new HashMap<>();

    private Phrases(List<Phrase> phrases) {
        this.phrases = List.copyOf(phrases);
        this.phrases.forEach(phrase -> byBeginning
                .computeIfAbsent(phrase.text().charAt(0), beginning -> new ArrayList<>())
                .add(phrase));
    }

    private record Phrase(String text, boolean isOpen) {

        static Phrase of(String written) {
            var small = written.toLowerCase(Locale.ROOT);
            return small.endsWith("*")
                    ? new Phrase(small.substring(0, small.length() - 1), true)
                    : new Phrase(small, false);
        }

        boolean isAt(String searched, int index) {
            return searched.startsWith(text, index) && (isOpen || !isWord(searched, index + text.length()));
        }

        String pattern() {
            return isOpen ? Pattern.quote(text) : Pattern.quote(text) + "(?![\\p{L}\\p{N}])";
        }
    }

    /** Whether it can be looked for: letters, digits, spaces, hyphens, and a star at the end at most. */
    static boolean isPhrase(String phrase) {
        return FORM.matcher(phrase).matches();
    }

    static Phrases of(Collection<String> written) {
        return new Phrases(written.stream().map(Phrase::of).toList());
    }

    /** Those of all together. */
    static Phrases all(Stream<Phrases> several) {
        return new Phrases(several.flatMap(each -> each.phrases.stream()).toList());
    }

    /**
     * Whether one of them is in a text.
     *
     * @param text in small letters
     */
    boolean areIn(String text) {
        var inWord = false;
        for (int index = 0; index < text.length(); index += Character.charCount(text.codePointAt(index))) {
            var begins = !inWord;
            inWord = isWord(text, index);
            if (begins && inWord && beginAt(text, index)) {
                return true;
            }
        }
        return false;
    }

    private boolean beginAt(String text, int index) {
        for (var phrase : byBeginning.getOrDefault(text.charAt(index), List.of())) {
            if (phrase.isAt(text, index)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a letter or a number of any kind stands there. */
    private static boolean isWord(String text, int index) {
        if (index >= text.length()) {
            return false;
        }
        var character = text.codePointAt(index);
        return switch (Character.getType(character)) {
            case Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
            default -> Character.isLetterOrDigit(character);
        };
    }

    /** The same as a regular expression. */
    Pattern pattern() {
        return phrases.isEmpty()
                ? Pattern.compile("(?!)")
                : Pattern.compile("(?<![\\p{L}\\p{N}])(?:"
                        + phrases.stream().map(Phrase::pattern).collect(Collectors.joining("|")) + ")");
    }
}
