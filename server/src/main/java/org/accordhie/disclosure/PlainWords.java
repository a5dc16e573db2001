package org.accordhie.disclosure;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.disclosure.Disclosure.Content;
import org.accordhie.vocabulary.Meanings;
import org.accordhie.vocabulary.PurposeOfUse;

/** What was disclosed and why, in words that a patient understands. */
public final class PlainWords {

    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("AllergyIntolerance", "allergies"),
            Map.entry("CarePlan", "care plans"),
            Map.entry("CareTeam", "care teams"),
            Map.entry("Claim", "claims for payment"),
            Map.entry("Condition", "diagnoses and health problems"),
            Map.entry("Consent", "consents"),
            Map.entry("Coverage", "insurance"),
            Map.entry("Device", "medical devices"),
            Map.entry("DiagnosticReport", "diagnostic reports"),
            Map.entry("DocumentReference", "documents"),
            Map.entry("Encounter", "visits"),
            Map.entry("ExplanationOfBenefit", "insurance statements"),
            Map.entry("Group", "lists of patients"),
            Map.entry("ImagingStudy", "images"),
            Map.entry("Immunization", "vaccinations"),
            Map.entry("Medication", "medicines"),
            Map.entry("MedicationAdministration", "medicines given"),
            Map.entry("MedicationRequest", "prescriptions"),
            Map.entry("Observation", "test results and measurements"),
            Map.entry("Patient", "name, address and other personal details"),
            Map.entry("Procedure", "procedures"),
            Map.entry("Provenance", "where records come from"),
            Map.entry("RelatedPerson", "related persons"),
            Map.entry("SupplyDelivery", "supplies"),
            Map.entry("Task", "tasks"));

    private PlainWords() {}

    /** Of one kind. */
    public static String kind(String type) {
        return KINDS.getOrDefault(type, type);
    }

    /** What was disclosed. */
    public static String contents(List<Content> contents) {
        if (contents.isEmpty()) {
            return "records that are no longer kept";
        }
        var counts =
                contents.stream().collect(Collectors.toMap(Content::kind, Content::count, Integer::sum, TreeMap::new));
        return counts.entrySet().stream()
                .map(each -> kind(each.getKey()) + (each.getValue() > 1 ? " (" + each.getValue() + ")" : ""))
                .collect(Collectors.joining(", "));
    }

    /** Why. */
    public static String reason(Disclosure.Reason reason) {
        var purposes = reason.purposes().stream().sorted().map(PlainWords::purpose);
        var basis = reason.basis() == Basis.NOT_STATED
                ? Stream.<String>of()
                : Stream.of(reason.basis().words());
        var said = Stream.concat(purposes, basis).collect(Collectors.joining(", "));
        return said.isEmpty() ? "not stated" : said;
    }

    private static String purpose(PurposeOfUse purpose) {
        return Meanings.of(purpose).orElse(purpose.name());
    }
}
