package org.accordhie.smart;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Set;
import org.accordhie.vocabulary.Interaction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("section 4: what conditional interactions and operations need")
class ScopeDemandTest {

    private static final FhirContext FHIR = FhirContext.forR4Cached();

    @ParameterizedTest(name = "{0}: conditional {1} is {2}")
    @DisplayName("a condition is a search")
    @CsvSource(delimiter = ';', textBlock = """
            system/Observation.cs;                          CREATE; true
            system/Observation.c;                           CREATE; false
            system/Observation.s;                           CREATE; false
            system/Observation.c system/Observation.s;      CREATE; true
            system/Observation.c patient/Observation.s;     CREATE; false
            system/Observation.us;                          UPDATE; true
            system/Observation.u;                           UPDATE; false
            system/Observation.us;                          PATCH;  true
            system/Observation.u;                           PATCH;  false
            system/Observation.ds;                          DELETE; true
            system/Observation.d;                           DELETE; false
            system/Observation.write;                       UPDATE; false
            system/Observation.write system/*.read;         UPDATE; true
            """)
    void conditional(String scopes, Interaction interaction, boolean permitted) {
        assertThat(scopes(scopes).permits(ScopeDemand.conditional(interaction, "Observation")))
                .isEqualTo(permitted);
    }

    @ParameterizedTest(name = "{0}: {1} on {2} is {3}")
    @DisplayName("an operation needs what it reads or writes")
    @CsvSource(delimiter = ';', textBlock = """
            patient/Patient.rs;               $everything;    Patient;     true
            patient/Patient.r;                $everything;    Patient;     false
            patient/Patient.s;                $everything;    Patient;     false
            patient/Patient.r system/Patient.s; $everything;  Patient;     false
            system/*.read;                    $everything;    Encounter;   true
            system/Observation.rs;            $everything;    Patient;     false
            system/Observation.c;             $validate;      Observation; true
            system/Observation.u;             $validate;      Observation; true
            system/Observation.rs;            $validate;      Observation; false
            system/Patient.s;                 $match;         Patient;     true
            user/Patient.s;                   $match;         Patient;     true
            patient/Patient.s;                $match;         Patient;     false
            system/Patient.r;                 $match;         Patient;     false
            system/*.r;                       $expand;        ValueSet;    true
            system/*.s;                       $expand;        ValueSet;    false
            patient/*.r;                      $expand;        ValueSet;    false
            system/CodeSystem.r;              $lookup;        CodeSystem;  true
            system/CodeSystem.r;              $validate-code; CodeSystem;  true
            system/ValueSet.r;                $validate-code; ValueSet;    true
            system/ConceptMap.r;              $translate;     ConceptMap;  true
            system/Observation.r;             $meta;          Observation; true
            system/Observation.r;             $meta-add;      Observation; false
            system/Observation.u;             $meta-add;      Observation; true
            system/Observation.u;             $meta-delete;   Observation; true
            """)
    void operation(String scopes, String operation, String type, boolean permitted) {
        var demand = ScopeDemand.operation(operation, type).orElseThrow();

        assertThat(scopes(scopes).permits(demand)).isEqualTo(permitted);
    }

    @ParameterizedTest(name = "{0} on {1}")
    @DisplayName("an operation without a rule is granted by no scope")
    @CsvSource(delimiter = ';', textBlock = """
            $export;          Patient
            $expunge;         Patient
            $reindex;         Observation
            $graphql;         Patient
            $expand;          Patient
            $match;           Observation
            $translate;       ValueSet
            everything;       Patient
            $Everything;      Patient
            '';               Patient
            """)
    void closedOperations(String operation, String type) {
        assertThat(ScopeDemand.operation(operation, type)).isEmpty();
    }

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

    private static GrantedScopes scopes(String text) {
        return GrantedScopes.parse(List.of(text.split(" ")));
    }
}
