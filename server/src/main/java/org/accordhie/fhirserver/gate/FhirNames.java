package org.accordhie.fhirserver.gate;

import java.util.Set;

/** What the gate knows of FHIR R4's names: which resource types there are, and where a decimal can stand. */
final class FhirNames {

    private static final int LONGEST_NAME = 64;

    private static final Set<String> RESOURCE_TYPES = Set.of("""
            Account ActivityDefinition AdverseEvent AllergyIntolerance Appointment AppointmentResponse AuditEvent
            Basic Binary BiologicallyDerivedProduct BodyStructure Bundle CapabilityStatement CarePlan CareTeam
            CatalogEntry ChargeItem ChargeItemDefinition Claim ClaimResponse ClinicalImpression CodeSystem
            Communication CommunicationRequest CompartmentDefinition Composition ConceptMap Condition Consent
            Contract Coverage CoverageEligibilityRequest CoverageEligibilityResponse DetectedIssue Device
            DeviceDefinition DeviceMetric DeviceRequest DeviceUseStatement DiagnosticReport DocumentManifest
            DocumentReference EffectEvidenceSynthesis Encounter Endpoint EnrollmentRequest EnrollmentResponse
            EpisodeOfCare EventDefinition Evidence EvidenceVariable ExampleScenario ExplanationOfBenefit
            FamilyMemberHistory Flag Goal GraphDefinition Group GuidanceResponse HealthcareService ImagingStudy
            Immunization ImmunizationEvaluation ImmunizationRecommendation ImplementationGuide InsurancePlan Invoice
            Library Linkage List Location Measure MeasureReport Media Medication MedicationAdministration
            MedicationDispense MedicationKnowledge MedicationRequest MedicationStatement MedicinalProduct
            MedicinalProductAuthorization MedicinalProductContraindication MedicinalProductIndication
            MedicinalProductIngredient MedicinalProductInteraction MedicinalProductManufactured
            MedicinalProductPackaged MedicinalProductPharmaceutical MedicinalProductUndesirableEffect
            MessageDefinition MessageHeader MolecularSequence NamingSystem NutritionOrder Observation
            ObservationDefinition OperationDefinition OperationOutcome Organization OrganizationAffiliation
            Parameters Patient PaymentNotice PaymentReconciliation Person PlanDefinition Practitioner
            PractitionerRole Procedure Provenance Questionnaire QuestionnaireResponse RelatedPerson RequestGroup
            ResearchDefinition ResearchElementDefinition ResearchStudy ResearchSubject RiskAssessment
            RiskEvidenceSynthesis Schedule SearchParameter ServiceRequest Slot Specimen SpecimenDefinition
            StructureDefinition StructureMap Subscription Substance SubstanceNucleicAcid SubstancePolymer
            SubstanceProtein SubstanceReferenceInformation SubstanceSourceMaterial SubstanceSpecification
            SupplyDelivery SupplyRequest Task TerminologyCapabilities TestReport TestScript ValueSet
            VerificationResult VisionPrescription
            """.strip().split("\\s+"));

    private static final Set<String> DECIMALS = Set.of("""
            add altitude amount backCurve conversionFactor cylinder diameter duration durationMax fMeasure fScore factor
            factorOverride from gtFP latitude level longitude lowerLimit period periodMax points power precision
            queryFP queryTP recall relativeRisk score sensitivity sphere temperature to truthFN truthTP upperLimit
            value
            """.strip().split("\\s+"));

    // Their `value` is a string, and an identifier such as 12E4567 is nobody's number.
    private static final Set<String> STRING_HOLDERS =
            Set.of("class", "contact", "designation", "filter", "requisition", "telecom", "uniqueId", "version");

    private static final Set<String> NUMBER_PARAMETERS = Set.of("""
            abatement-age factor-override length onset-age price-override probability totalgross totalnet variant-end
            variant-start window-end window-start
            """.strip().split("\\s+"));

    private FhirNames() {}

    static boolean isResourceType(String name) {
        return RESOURCE_TYPES.contains(name);
    }

    /** Whether a name may be repeated in an answer: anything else could be a patient's data in the wrong place. */
    static boolean isNameable(CharSequence name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME || isDigit(name.charAt(0))) {
            return false;
        }
        return name.chars().allMatch(c -> c == '_' || isLetter(c) || isDigit(c));
    }

    /** Whether FHIR may read this element's text as a decimal, also where JSON wrongly quotes it. */
    static boolean mayBeDecimal(String parent, String name) {
        if (name.equals("value")) {
            return !parent.endsWith("dentifier") && !STRING_HOLDERS.contains(parent);
        }
        return name.endsWith("Decimal") || DECIMALS.contains(name);
    }

    /** Whether this element's text may be carried out as a search: a bundle's requests and conditional references. */
    static boolean maySearch(String parent, String name) {
        return name.equals("ifNoneExist")
                || name.equals("reference")
                || (name.equals("url") && parent.equals("request"));
    }

    /** Whether this search parameter, possibly chained or with a modifier, takes a number or a quantity. */
    static boolean isNumberParameter(String name) {
        for (var part : name.split("[.:]", -1)) {
            if (part.endsWith("quantity") || NUMBER_PARAMETERS.contains(part)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLetter(int character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }
}
