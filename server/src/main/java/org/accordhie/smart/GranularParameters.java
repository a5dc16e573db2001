package org.accordhie.smart;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The search parameters by which a scope can be narrowed: those that say what kind of thing a resource is, of the types for which
 * FHIR R4 defines them. Kept beside every version of every resource, so that a search and an old version know them too.
 *
 * <p>Source: SMART App Launch 2.2.0, "Finer-grained resource constraints using search parameters"; US Core asks for
 * {@code category} of Condition and Observation.
 */
public final class GranularParameters {

    private static final Map<String, Set<String>> TYPES = types("""
            category: AllergyIntolerance CarePlan CareTeam Condition Consent DiagnosticReport DocumentReference \
              MedicationRequest Observation Procedure
            class: Encounter
            clinical-status: AllergyIntolerance Condition
            code: AllergyIntolerance CodeSystem Condition DiagnosticReport Group Medication MedicationAdministration \
              MedicationRequest Observation Procedure Task ValueSet
            intent: CarePlan MedicationRequest Task
            status: CarePlan CareTeam Claim CodeSystem Consent Coverage Device DiagnosticReport DocumentReference \
              Encounter ExplanationOfBenefit ImagingStudy Immunization Location Medication MedicationAdministration \
              MedicationRequest Observation Procedure SupplyDelivery Task ValueSet
            type: AllergyIntolerance Coverage Device DocumentReference Encounter Group Location Organization
            vaccine-code: Immunization
            verification-status: AllergyIntolerance Condition
            """);

    private GranularParameters() {}

    /** Whether scopes for the type can be narrowed by the parameter. */
    public static boolean contains(String type, String parameter) {
        return TYPES.getOrDefault(parameter, Set.of()).contains(type);
    }

    /** The parameters by which scopes for the type can be narrowed. */
    public static Set<String> of(String type) {
        return TYPES.entrySet().stream()
                .filter(each -> each.getValue().contains(type))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, Set<String>> types(String table) {
        var types = new HashMap<String, Set<String>>();
        table.lines().forEach(line -> {
            var parts = line.split(":\\s+", 2);
            types.put(parts[0], Set.of(parts[1].trim().split("\\s+")));
        });
        return Map.copyOf(types);
    }
}
