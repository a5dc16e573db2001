package org.accordhie.fhirserver.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.accordhie.smart.ScopeFuzzer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fuzzers' seeds, and what they once found, go on being answered; {@code mvn -Pfuzz} looks for more. */
class FuzzersTest {

    private static final Path SEEDS = Path.of("src", "test", "resources", "org", "accordhie", "fuzz");
    private static final int VARIANTS = 200;

    private record Fuzzer(String seeds, Consumer<byte[]> target) {

        @Override
        public String toString() {
            return seeds;
        }
    }

    static Stream<Fuzzer> all() {
        return Stream.of(
                new Fuzzer("json", JsonBodyFuzzer::fuzzerTestOneInput),
                new Fuzzer("xml", XmlBodyFuzzer::fuzzerTestOneInput),
                new Fuzzer("resource", ResourceFuzzer::fuzzerTestOneInput),
                new Fuzzer("query", QueryFuzzer::fuzzerTestOneInput),
                new Fuzzer("scope", ScopeFuzzer::fuzzerTestOneInput));
    }

    @ParameterizedTest
    @MethodSource("all")
    void answersItsSeedsAndWhatIsLikeThem(Fuzzer fuzzer) throws IOException {
        var random = new Random(20261122);
        try (var seeds = Files.list(SEEDS.resolve(fuzzer.seeds()))) {
            var all = seeds.sorted().toList();
            assertThat(all).isNotEmpty();
            for (var seed : all) {
                var input = Files.readAllBytes(seed);
                fuzzer.target().accept(input);
                for (int variant = 0; variant < VARIANTS; variant++) {
                    fuzzer.target().accept(damaged(input, random));
                }
            }
        }
    }

    private static byte[] damaged(byte[] input, Random random) {
        var damaged = input.clone();
        for (int change = random.nextInt(4); change >= 0 && damaged.length > 0; change--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(128);
        }
        return damaged;
    }
}
