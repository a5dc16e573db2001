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
            return searched.startsWith(text, index) && (isOpen || isEnd(searched, index + text.length()));
        }

        private static boolean isEnd(String searched, int index) {
            return index == searched.length() || !isWord(searched.codePointAt(index));
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
        for (int index = 0; index < text.length(); index++) {
            if (isBeginning(text, index) && beginAt(text, index)) {
                return true;
            }
        }
        return false;
    }

    /** After a letter beyond the first 65,536 characters too: what is taken for a word too often is protected, not told. */
    private static boolean isBeginning(String text, int index) {
        return index == 0 || !isWord(text.charAt(index - 1));
    }

    private boolean beginAt(String text, int index) {
        for (var phrase : byBeginning.getOrDefault(text.charAt(index), List.of())) {
            if (phrase.isAt(text, index)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is a letter or a number of any kind. */
    private static boolean isWord(int character) {
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
