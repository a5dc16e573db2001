package org.accordhie.consent.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.util.FhirTerser;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Who wrote a resource, by its own account: which elements say so, for each type. Source: FHIR R4, the five W's (author). */
final class Authors {

    private static final Map<String, List<String>> ELEMENTS = Map.ofEntries(
            Map.entry("AllergyIntolerance", List.of("recorder", "asserter")),
            Map.entry("CarePlan", List.of("author", "contributor")),
            Map.entry("Claim", List.of("enterer", "provider")),
            Map.entry("Condition", List.of("recorder", "asserter")),
            Map.entry("Consent", List.of("performer")),
            Map.entry("DiagnosticReport", List.of("performer", "resultsInterpreter")),
            Map.entry("DocumentReference", List.of("author", "authenticator", "custodian")),
            Map.entry("ExplanationOfBenefit", List.of("enterer", "provider")),
            Map.entry("Immunization", List.of("performer.actor")),
            Map.entry("MedicationAdministration", List.of("performer.actor")),
            Map.entry("MedicationRequest", List.of("requester", "recorder")),
            Map.entry("Observation", List.of("performer")),
            Map.entry("Procedure", List.of("recorder", "asserter", "performer.actor")),
            Map.entry("Provenance", List.of("agent.who")),
            Map.entry("Task", List.of("requester")));

    private final FhirTerser terser;

    Authors(FhirContext context) {
        terser = context.newTerser();
    }

    Stream<Reference> of(Resource resource) {
        return ELEMENTS.getOrDefault(resource.fhirType(), List.of()).stream()
                .flatMap(element ->
                        terser.getValues(resource, resource.fhirType() + "." + element, Reference.class).stream());
    }
}
