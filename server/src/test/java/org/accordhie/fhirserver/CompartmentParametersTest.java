package org.accordhie.fhirserver;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry.SearchParamLookupContextEnum;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.accordhie.smart.PatientContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("what is in a patient's compartment")
class CompartmentParametersTest {

    private final CompartmentParameters parameters = new CompartmentParameters(FhirContext.forR4Cached());

    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource(delimiter = ';', textBlock = """
            Encounter;   Encounter.subject, Encounter.subject.where(resolve() is Patient)
            Claim;       Claim.patient, Claim.payee.party
            Coverage;    Coverage.beneficiary, Coverage.payor, Coverage.policyHolder, Coverage.subscriber
            Observation; Observation.performer, Observation.subject, Observation.subject.where(resolve() is Patient)
            """)
    void isThereByOneOfItsElements(String type, String paths) {
        var parameter = Objects.requireNonNull(parameters.getActiveSearchParam(
                type, RequestedInteraction.COMPARTMENT, SearchParamLookupContextEnum.SEARCH));

        assertThat(parameter.getPathsSplit()).containsExactlyElementsOf(List.of(paths.split(", ")));
        assertThat(parameter.getParamType()).isEqualTo(RestSearchParameterTypeEnum.REFERENCE);
    }

    @Test
    void canBeSearchedOfEachTypeThatItHolds() {
        var bound = Arrays.stream(CompartmentRoutes.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Search.class))
                .map(method -> method.getAnnotation(Search.class).compartmentName())
                .toList();

        assertThat(bound)
                .containsExactlyInAnyOrderElementsOf(ResourceTypes.SERVED.stream()
                        .filter(type -> type.equals("Group") || PatientContext.isInCompartments(type))
                        .filter(type -> !type.equals("Patient"))
                        .toList());
    }
}
