package org.accordhie.smart;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import org.accordhie.fhirserver.ResourceTypes;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("the parameters of granular scopes")
class GranularParametersTest {

    private static final FhirContext R4 = FhirContext.forR4Cached();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "category",
                "class",
                "clinical-status",
                "code",
                "intent",
                "status",
                "type",
                "vaccine-code",
                "verification-status"
            })
    @DisplayName("G6: narrow the types for which R4 defines them, and no other")
    void areThoseOfR4(String parameter) {
        for (var type : ResourceTypes.SERVED) {
            var defined = R4.getResourceDefinition(type).getSearchParam(parameter);
            assertThat(GranularParameters.contains(type, parameter))
                    .as(type)
                    .isEqualTo(defined != null && defined.getParamType() == RestSearchParameterTypeEnum.TOKEN);
        }
    }
}
