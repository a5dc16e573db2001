package org.accordhie.review;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Names and addresses without what people write differently: case, accents, punctuation, the words for a street. */
public final class PersonNames {

    /** Shorter parts are particles, as of `van der Berg`. */
    private static final int PART = 4;

    /** Source: USPS Publication 28, appendix C1, the commonest ones. */
    private static final Map<String, String> SUFFIXES = Map.of(
            "street", "st",
            "avenue", "ave",
            "road", "rd",
            "drive", "dr",
            "lane", "ln",
            "court", "ct",
            "boulevard", "blvd",
            "place", "pl",
            "apartment", "apt");

    private PersonNames() {}

    /** The whole surname, and of a double one its parts. */
    public static Set<String> surnames(String family) {
        var found = new HashSet<String>();
        found.add(plain(family));
        Arrays.stream(family.split("[\\s-]+"))
                .map(PersonNames::plain)
                .filter(part -> part.length() >= PART)
                .forEach(found::add);
        found.remove("");
        return found;
    }

    /** The first given name and the surname. */
    public static String fullName(String given, String family) {
        return plain(given) + " " + plain(family);
    }

    /** The first line with the postal code, or with the city where there is none. */
    public static String address(String line, String place) {
        var words = Arrays.stream(line.split("[\\s,.]+"))
                .map(PersonNames::plain)
                .filter(word -> !word.isEmpty())
                .map(word -> SUFFIXES.getOrDefault(word, word))
                .collect(Collectors.joining(" "));
        return words + "|" + plain(place);
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
