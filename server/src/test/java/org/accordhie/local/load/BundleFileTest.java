package org.accordhie.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BundleFileTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "{\"entry\":[{\"entry\":[{},{}]},{}]}; 2",
                "{\"type\":\"batch\",\"meta\":{\"entry\":[{}]},\"entry\":[{}],\"x\":1}; 1",
                "{\"entry\":[]}; 0",
                "{}; 0",
                "[]; 0",
                "{\"entry\":[{; 0"
            })
    void countsTheEntriesOfTheBundleItself(String text, int entries) throws IOException {
        assertThat(BundleFile.entries(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(entries);
    }
}
