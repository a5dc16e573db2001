package org.accordhie.consent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("a category of resources")
class CategoryTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"Consent, true", "Organization, true", "Medication, true", "Patient, false", "Observation, false"})
    void isBeyondPoliciesWhereItIsOfTheDirectoryOrAConsent(String type, boolean beyond) {
        assertThat(Category.isBeyondPolicies(type)).isEqualTo(beyond);
    }
}
