package org.accordhie.consent.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.util.FhirTerser;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.accordhie.consent.NamedElement;
import org.accordhie.fhirserver.TimeSpans;
import org.accordhie.vocabulary.TimeSpan;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** When a resource clinically was: which element says so, for each type. Source: {@code docs/consent.md}, "Dates". */
final class ClinicalDates {

    /** For each type, the elements that say when, best first. */
    private static final Map<String, List<String>> ELEMENTS = Map.ofEntries(
            Map.entry("AllergyIntolerance", List.of("onset[x]", "recordedDate")),
            Map.entry("CarePlan", List.of("period", "created")),
            Map.entry("CareTeam", List.of("period")),
            Map.entry("Claim", List.of("billablePeriod", "created")),
            Map.entry("Condition", List.of("onset[x]", "recordedDate")),
            Map.entry("Consent", List.of("dateTime")),
            Map.entry("Coverage", List.of("period")),
            Map.entry("DiagnosticReport", List.of("effective[x]", "issued")),
            Map.entry("DocumentReference", List.of("context.period", "date")),
            Map.entry("Encounter", List.of("period")),
            Map.entry("ExplanationOfBenefit", List.of("billablePeriod", "created")),
            Map.entry("ImagingStudy", List.of("started")),
            Map.entry("Immunization", List.of("occurrence[x]")),
            Map.entry("MedicationAdministration", List.of("effective[x]")),
            Map.entry("MedicationRequest", List.of("authoredOn")),
            Map.entry("Observation", List.of("effective[x]", "issued")),
            Map.entry("Procedure", List.of("performed[x]")),
            Map.entry("Provenance", List.of("occurred[x]", "recorded")),
            Map.entry("SupplyDelivery", List.of("occurrence[x]")),
            Map.entry("Task", List.of("executionPeriod", "authoredOn")));

    private final FhirTerser terser;

    ClinicalDates(FhirContext context) {
        terser = context.newTerser();
    }

    /** Whether one of the elements says when. */
    static boolean areAmong(Collection<NamedElement> elements) {
        return elements.stream()
                .anyMatch(each -> ELEMENTS.getOrDefault(each.type(), List.of()).stream()
                        .map(element -> List.of(element.replace("[x]", "").split("[.]")))
                        .anyMatch(each::touches));
    }

    /** Null where the resource does not say. */
    @Nullable
    TimeSpan of(Resource resource) {
        for (var element : ELEMENTS.getOrDefault(resource.fhirType(), List.of())) {
            for (var value : terser.getValues(resource, resource.fhirType() + "." + element)) {
                var span = spanOf(value);
                if (span != null) {
                    return span;
                }
            }
        }
        return null;
    }

    /** Null for what is neither a date nor a period. */
    static @Nullable TimeSpan spanOf(IBase value) {
        return TimeSpans.of(value);
    }
}
