package org.accordhie.fhirserver;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import java.util.Map;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Patient;

/**
 * Search of the patient compartment, by GET and POST: one method for each type, since HAPI finds them so. Each is the search of
 * its type, of what is in the compartment of one patient. Source: FHIR R4, RESTful API, "Variant Searches".
 */
final class CompartmentRoutes implements IResourceProvider {

    private final Map<String, ResourceRoutes<?>> types;

    /**
     * Searches by the routes of the types.
     *
     * @param types each by its name
     */
    CompartmentRoutes(Map<String, ResourceRoutes<?>> types) {
        this.types = Map.copyOf(types);
    }

    @Override
    public Class<Patient> getResourceType() {
        return Patient.class;
    }

    @Search(compartmentName = "AllergyIntolerance", allowUnknownParams = true)
    public IBundleProvider allergyIntolerances(@IdParam IIdType patient, RequestDetails request) {
        return search("AllergyIntolerance", patient, request);
    }

    @Search(compartmentName = "CarePlan", allowUnknownParams = true)
    public IBundleProvider carePlans(@IdParam IIdType patient, RequestDetails request) {
        return search("CarePlan", patient, request);
    }

    @Search(compartmentName = "CareTeam", allowUnknownParams = true)
    public IBundleProvider careTeams(@IdParam IIdType patient, RequestDetails request) {
        return search("CareTeam", patient, request);
    }

    @Search(compartmentName = "Claim", allowUnknownParams = true)
    public IBundleProvider claims(@IdParam IIdType patient, RequestDetails request) {
        return search("Claim", patient, request);
    }

    @Search(compartmentName = "Condition", allowUnknownParams = true)
    public IBundleProvider conditions(@IdParam IIdType patient, RequestDetails request) {
        return search("Condition", patient, request);
    }

    @Search(compartmentName = "Consent", allowUnknownParams = true)
    public IBundleProvider consents(@IdParam IIdType patient, RequestDetails request) {
        return search("Consent", patient, request);
    }

    @Search(compartmentName = "Coverage", allowUnknownParams = true)
    public IBundleProvider coverages(@IdParam IIdType patient, RequestDetails request) {
        return search("Coverage", patient, request);
    }

    @Search(compartmentName = "DiagnosticReport", allowUnknownParams = true)
    public IBundleProvider diagnosticReports(@IdParam IIdType patient, RequestDetails request) {
        return search("DiagnosticReport", patient, request);
    }

    @Search(compartmentName = "DocumentReference", allowUnknownParams = true)
    public IBundleProvider documentReferences(@IdParam IIdType patient, RequestDetails request) {
        return search("DocumentReference", patient, request);
    }

    @Search(compartmentName = "Encounter", allowUnknownParams = true)
    public IBundleProvider encounters(@IdParam IIdType patient, RequestDetails request) {
        return search("Encounter", patient, request);
    }

    @Search(compartmentName = "ExplanationOfBenefit", allowUnknownParams = true)
    public IBundleProvider explanationsOfBenefit(@IdParam IIdType patient, RequestDetails request) {
        return search("ExplanationOfBenefit", patient, request);
    }

    @Search(compartmentName = "Group", allowUnknownParams = true)
    public IBundleProvider groups(@IdParam IIdType patient, RequestDetails request) {
        return search("Group", patient, request);
    }

    @Search(compartmentName = "ImagingStudy", allowUnknownParams = true)
    public IBundleProvider imagingStudies(@IdParam IIdType patient, RequestDetails request) {
        return search("ImagingStudy", patient, request);
    }

    @Search(compartmentName = "Immunization", allowUnknownParams = true)
    public IBundleProvider immunizations(@IdParam IIdType patient, RequestDetails request) {
        return search("Immunization", patient, request);
    }

    @Search(compartmentName = "MedicationAdministration", allowUnknownParams = true)
    public IBundleProvider medicationAdministrations(@IdParam IIdType patient, RequestDetails request) {
        return search("MedicationAdministration", patient, request);
    }

    @Search(compartmentName = "MedicationRequest", allowUnknownParams = true)
    public IBundleProvider medicationRequests(@IdParam IIdType patient, RequestDetails request) {
        return search("MedicationRequest", patient, request);
    }

    @Search(compartmentName = "Observation", allowUnknownParams = true)
    public IBundleProvider observations(@IdParam IIdType patient, RequestDetails request) {
        return search("Observation", patient, request);
    }

    @Search(compartmentName = "Procedure", allowUnknownParams = true)
    public IBundleProvider procedures(@IdParam IIdType patient, RequestDetails request) {
        return search("Procedure", patient, request);
    }

    @Search(compartmentName = "Provenance", allowUnknownParams = true)
    public IBundleProvider provenances(@IdParam IIdType patient, RequestDetails request) {
        return search("Provenance", patient, request);
    }

    @Search(compartmentName = "RelatedPerson", allowUnknownParams = true)
    public IBundleProvider relatedPersons(@IdParam IIdType patient, RequestDetails request) {
        return search("RelatedPerson", patient, request);
    }

    @Search(compartmentName = "SupplyDelivery", allowUnknownParams = true)
    public IBundleProvider supplyDeliveries(@IdParam IIdType patient, RequestDetails request) {
        return search("SupplyDelivery", patient, request);
    }

    private IBundleProvider search(String type, IIdType patient, RequestDetails request) {
        var routes = types.get(type);
        if (routes == null) {
            throw new IllegalStateException("no routes of " + type);
        }
        return routes.inCompartment(patient.getIdPart(), request);
    }
}
