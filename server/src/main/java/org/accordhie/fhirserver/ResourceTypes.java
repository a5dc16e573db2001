package org.accordhie.fhirserver;

import java.util.List;
import java.util.stream.Stream;

/** The resource types of this exchange. */
public final class ResourceTypes {

    /** The types a requester can name in an address. */
    public static final List<String> SERVED = List.of(
            "AllergyIntolerance",
            "CarePlan",
            "CareTeam",
            "Claim",
            "CodeSystem",
            "Condition",
            "Consent",
            "Coverage",
            "Device",
            "DiagnosticReport",
            "DocumentReference",
            "Encounter",
            "ExplanationOfBenefit",
            "Group",
            "ImagingStudy",
            "Immunization",
            "Location",
            "Medication",
            "MedicationAdministration",
            "MedicationRequest",
            "Observation",
            "Organization",
            "Patient",
            "Practitioner",
            "PractitionerRole",
            "Procedure",
            "Provenance",
            "RelatedPerson",
            "SupplyDelivery",
            "Task",
            "ValueSet");

    /** The served types, and those that HAPI needs for itself. */
    public static final List<String> STORED = Stream.concat(
                    SERVED.stream(),
                    Stream.of("AuditEvent", "SearchParameter", "StructureDefinition", "Subscription", "Bundle"))
            .sorted()
            .toList();

    private ResourceTypes() {}
}
