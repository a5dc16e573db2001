package org.accordhie.labels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Phrases are whole words, or their beginnings. */
class PhrasesTest {

    private static final List<String> OF_PHRASES = List.of("a", "b", "ab", " ", "-", "'", "/", ",", "1", "½", "Ⅷ", "é");

    private static final List<String> OF_TEXTS = Stream.concat(
                    OF_PHRASES.stream(), Stream.of("e\u0301", "𝒜", "😀", "."))
            .toList();

    private final Random random = new Random(20261123);

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            hiv,         hiv positive,             true
            hiv,         hivemind,                 false
            hiv,         archive hiv,              true
            hiv,         archiv,                   false
            hiv,         (hiv),                    true
            hiv,         hiv-1,                    true
            hiv,         hiv1,                     false
            hiv,         hiv½,                     false
            hiv,         éhiv,                     false
            hiv,         𝒜hiv,                     true
            hiv,         hiv𝒜,                     false
            schizo*,     schizophrenia,            true
            schizo*,     no schizo,                true
            schizo*,     nonschizoid,              false
            drug abuse,  history of drug abuse,    true
            drug abuse,  drug  abuse,              false
            hiv,         "",                       false
            """)
    void areFoundAtTheBeginningsOfWords(String phrase, String text, boolean isIn) {
        assertThat(Phrases.of(List.of("never there", phrase)).areIn(text)).isEqualTo(isIn);
    }

    @Test
    void areFoundAsByTheRegularExpression() {
        var found = 0;
        for (int tries = 0; tries < 20_000; tries++) {
            var phrases = Phrases.of(List.of(
                    "a" + written(OF_PHRASES, 3) + (random.nextBoolean() ? "*" : ""), "b" + written(OF_PHRASES, 1)));
            var text = written(OF_TEXTS, 12);
            var isIn = phrases.pattern().matcher(text).find();
            assertThat(phrases.areIn(text))
                    .as("%s in %s", phrases.pattern(), text)
                    .isEqualTo(isIn);
            found += isIn ? 1 : 0;
        }
        assertThat(found).isBetween(2_000, 18_000);
    }

    @Test
    void noneAreFoundWhereThereAreNone() {
        assertThat(Phrases.of(List.of()).areIn("anything")).isFalse();
        assertThat(Phrases.of(List.of()).pattern().matcher("anything").find()).isFalse();
    }

    private String written(List<String> bits, int most) {
        return IntStream.range(0, random.nextInt(most + 1))
                .mapToObj(any -> bits.get(random.nextInt(bits.size())))
                .collect(Collectors.joining());
    }
}
