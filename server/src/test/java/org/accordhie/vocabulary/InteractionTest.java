package org.accordhie.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("an interaction")
class InteractionTest {

    @ParameterizedTest(name = "{0} is granted by {1} and writes: {2}")
    @CsvSource({
        "READ, r, false",
        "HISTORY_TYPE, s, false",
        "SEARCH_TYPE, s, false",
        "CREATE, c, true",
        "UPDATE, u, true",
        "PATCH, u, true",
        "DELETE, d, true"
    })
    void isGrantedByALetter(Interaction interaction, char letter, boolean writes) {
        assertThat(interaction.letter()).isEqualTo(letter);
        assertThat(interaction.writes()).isEqualTo(writes);
    }
}
