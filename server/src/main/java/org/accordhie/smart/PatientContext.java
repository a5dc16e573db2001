package org.accordhie.smart;

import java.util.Set;

/**
 * What a {@code patient/} scope can reach at all: the types of the patient compartment, and a few without one, to read.
 *
 * <p>Source: FHIR R4 CompartmentDefinition/patient; SMART App Launch 2.2.0, "Clinical scope syntax". A Group cannot be
 * narrowed to one member, and a patient's app cannot make another patient, so both are refused.
 */
public final class PatientContext {

    /** The types of which a resource can be in the compartment, without Group. */
    private static final Set<String> COMPARTMENT = Set.of("""
            Account AdverseEvent AllergyIntolerance Appointment AppointmentResponse AuditEvent Basic BodyStructure
            CarePlan CareTeam ChargeItem Claim ClaimResponse ClinicalImpression Communication CommunicationRequest
            Composition Condition Consent Coverage CoverageEligibilityRequest CoverageEligibilityResponse DetectedIssue
            DeviceRequest DeviceUseStatement DiagnosticReport DocumentManifest DocumentReference Encounter
            EnrollmentRequest EpisodeOfCare ExplanationOfBenefit FamilyMemberHistory Flag Goal ImagingStudy
            Immunization ImmunizationEvaluation ImmunizationRecommendation Invoice List MeasureReport Media
            MedicationAdministration MedicationDispense MedicationRequest MedicationStatement MolecularSequence
            NutritionOrder Observation Patient Person Procedure Provenance QuestionnaireResponse RelatedPerson
            RequestGroup ResearchSubject RiskAssessment Schedule ServiceRequest Specimen SupplyDelivery SupplyRequest
            VisionPrescription
            """.split("\\s+"));

    /** The types that say who and where, not about whom. */
    private static final Set<String> SHARED =
            Set.of("Practitioner", "PractitionerRole", "Organization", "Location", "Medication");

    private static final Set<Character> READING = Set.of('r', 's');

    private PatientContext() {}

    /** Whether the type says who and where, so that a patient's app may read it wherever it is from. */
    public static boolean isShared(String type) {
        return SHARED.contains(type);
    }

    /** Whether a resource of the type can be in the compartment of one patient. */
    public static boolean isInCompartments(String type) {
        return COMPARTMENT.contains(type);
    }

    static boolean reaches(char letter, String type) {
        if (SHARED.contains(type)) {
            return READING.contains(letter);
        }
        if (type.equals("Patient") && letter == 'c') {
            return false;
        }
        return COMPARTMENT.contains(type);
    }
}
