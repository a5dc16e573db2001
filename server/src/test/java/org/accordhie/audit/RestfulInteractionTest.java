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
        assertThat(RestfulInteraction.of(interaction, "Patient", "/Patient/1").code())
                .isEqualTo(interaction.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    }

    @Test
    void nameATransaction() {
        assertThat(RestfulInteraction.of(Interaction.CREATE, "Bundle", "/")).isEqualTo(RestfulInteraction.TRANSACTION);
        assertThat(RestfulInteraction.of(Interaction.READ, "Bundle", "/Bundle/1"))
                .isEqualTo(RestfulInteraction.READ);
    }

    @Test
    void nameAnOperationByItsPathAlone() {
        assertThat(RestfulInteraction.of(Interaction.SEARCH_TYPE, "Patient", "/Patient/1/$everything?_count=3"))
                .isEqualTo(RestfulInteraction.OPERATION);
        assertThat(RestfulInteraction.of(Interaction.SEARCH_TYPE, "Patient", "/Patient?name=/$everything"))
                .isEqualTo(RestfulInteraction.SEARCH_TYPE);
    }
}
