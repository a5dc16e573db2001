package org.accordhie.smart;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C1: the types that scopes are about")
class PatientContextTest {

    private static final FhirContext FHIR = FhirContext.forR4Cached();

    @Test
    void theResourceTypesAreThoseOfR4() {
        assertThat(FHIR.getResourceTypes()).allMatch(R4ResourceTypes::contains);
        assertThat(Set.of("Resource", "DomainResource", "Foo", "")).noneMatch(R4ResourceTypes::contains);
    }

    @Test
    void thePatientContextReachesTheCompartmentAsTheSpecificationHasIt() {
        var ofTheCompartment = FHIR.getResourceTypes().stream()
                .filter(type -> !FHIR.getResourceDefinition(type)
                        .getSearchParamsForCompartmentName("Patient")
                        .isEmpty())
                .filter(type -> !Set.of("Group", "Device").contains(type))
                .toList();
        var written = FHIR.getResourceTypes().stream()
                .filter(type -> PatientContext.reaches('u', type))
                .toList();

        assertThat(written).containsExactlyInAnyOrderElementsOf(ofTheCompartment);
    }
}
