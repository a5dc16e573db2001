package org.accordhie.fhirserver;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDaoPatient;
import ca.uhn.fhir.model.valueset.BundleTypeEnum;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.List;
import java.util.Set;
import org.accordhie.vocabulary.Interaction;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;

/** The routes of Patient. */
final class PatientRoutes extends ResourceRoutes<Patient> {

    private static final Set<String> OF_EVERYTHING =
            Set.of("_count", "_offset", "_since", "_type", RequestedInteraction.START, RequestedInteraction.END);

    private static final Set<String> SINGLE = Set.of("_since", RequestedInteraction.START, RequestedInteraction.END);

    private final IFhirResourceDaoPatient<Patient> patients;
    private final StoredReads stored;
    private final PatientRecord record;
    private final AccordProperties.Limits limits;

    PatientRoutes(
            IFhirResourceDaoPatient<Patient> patients,
            RequestLine line,
            Reading reading,
            PatientRecord record,
            AccordProperties.Limits limits) {
        super(patients, line, reading, "Patient");
        this.patients = patients;
        this.stored = reading.stored();
        this.record = record;
        this.limits = limits;
    }

    /** The patient's whole permitted record. Source: FHIR R4, Patient $everything. */
    @Operation(name = RequestedInteraction.EVERYTHING, idempotent = true, bundleType = BundleTypeEnum.SEARCHSET)
    public IBundleProvider everything(
            @IdParam IIdType id,
            @OperationParam(name = "_since", max = 1) @Nullable InstantType since,
            @OperationParam(name = "_type") @Nullable List<CodeType> types,
            @OperationParam(name = RequestedInteraction.START, max = 1) @Nullable DateType start,
            @OperationParam(name = RequestedInteraction.END, max = 1) @Nullable DateType end,
            ServletRequestDetails request) {
        return line().read(
                        new RequestedInteraction(
                                Interaction.SEARCH_TYPE,
                                "Patient",
                                id.getIdPart(),
                                false,
                                RequestedInteraction.EVERYTHING,
                                request),
                        () -> {
                            KnownParameters.require(request, OF_EVERYTHING);
                            KnownParameters.addPosted(request);
                            // HAPI takes the first of several in an address.
                            SINGLE.forEach(name -> Parameters.single(request.getParameters(), name));
                            var page = PatientRecord.Page.of(limits, request);
                            var criteria = PatientRecord.Criteria.of(since, types, PatientRecord.care(start, end));
                            return Unparsed.during(request, () -> {
                                requireThere(id, request);
                                return record.read(id.getIdPart(), criteria, page, request);
                            });
                        },
                        ToldResources.inBundle());
    }

    private void requireThere(IIdType id, ServletRequestDetails request) {
        if (stored.read("Patient", id).isEmpty()) {
            patients.read(id, request);
        }
    }
}
