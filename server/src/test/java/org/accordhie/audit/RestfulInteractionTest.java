package org.accordhie.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.accordhie.vocabulary.Interaction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("FHIR's words for what an access did")
class RestfulInteractionTest {

    @ParameterizedTest
    @EnumSource
    void nameEveryInteraction(Interaction interaction) {
        assertThat(RestfulInteraction.of(Accesses.access(interaction, "Patient"))
                        .code())
                .isEqualTo(interaction.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    }

    @Test
    void nameATransaction() {
        assertThat(RestfulInteraction.of(Accesses.access(Interaction.CREATE, "Bundle")))
                .isEqualTo(RestfulInteraction.TRANSACTION);
        assertThat(RestfulInteraction.of(Accesses.access(Interaction.READ, "Bundle")))
                .isEqualTo(RestfulInteraction.READ);
    }
}
