package org.accordhie.fhirserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What HAPI says is told without values, and in the same words whatever chance it depends on. */
class RequestErrorsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HAPI-0572: This server does not know how to handle resources of type[Media] - Can handle: [Patient]",
                "HAPI-1209: Invalid/unsupported resource type: \"Media\"",
                "HAPI-1209: Unknown parameter name: DiagnosticReport:location",
                "HAPI-1242: Invalid parameter chain: encounter.subject"
            })
    void whichTypeOfAChainFailsFirstIsNotTold(String said) {
        assertThat(RequestErrors.withoutValues(said))
                .isEqualTo(
                        "the request leads to a resource type or a search parameter that this exchange does not have");
    }

    @Test
    void valuesAreNotRepeated() {
        assertThat(RequestErrors.withoutValues("HAPI-1758: Invalid date \"Mary\" here"))
                .isEqualTo("Invalid date");
    }

    @Test
    void sayingNothingIsNotUnderstood() {
        assertThat(RequestErrors.withoutValues(null)).isEqualTo("the request cannot be understood");
    }
}
