package org.accordhie.fhirserver;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDaoPatient;
import ca.uhn.fhir.jpa.api.dao.PatientEverythingParameters;
import ca.uhn.fhir.model.valueset.BundleTypeEnum;
import ca.uhn.fhir.rest.annotation.Count;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Offset;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.StringAndListParam;
import ca.uhn.fhir.rest.param.StringOrListParam;
import ca.uhn.fhir.rest.param.StringParam;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.List;
import org.accordhie.vocabulary.Interaction;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;

/** The routes of Patient. */
final class PatientRoutes extends ResourceRoutes<Patient> {

    private final IFhirResourceDaoPatient<Patient> patients;

    PatientRoutes(IFhirResourceDaoPatient<Patient> patients, RequestLine line, SearchReader searches) {
        super(patients, line, searches, "Patient");
        this.patients = patients;
    }

    /** The patient's whole permitted record. Source: FHIR R4, Patient $everything. */
    @Operation(name = "$everything", idempotent = true, bundleType = BundleTypeEnum.SEARCHSET)
    public IBundleProvider everything(
            @IdParam IIdType id,
            @Count @Nullable Integer count,
            @Offset @Nullable Integer offset,
            @OperationParam(name = "_since", max = 1) @Nullable InstantType since,
            @OperationParam(name = "_type") @Nullable List<CodeType> types,
            ServletRequestDetails request) {
        var parameters = new PatientEverythingParameters();
        parameters.setCount(count == null ? null : new IntegerType(count));
        parameters.setOffset(new IntegerType(offset == null ? 0 : offset));
        parameters.setLastUpdated(since == null ? null : new DateRangeParam().setLowerBoundInclusive(since.getValue()));
        parameters.setTypes(typesOf(types));
        line().read(asked(Interaction.READ, id, request), () -> patients.read(id, request), List::of);
        return line().read(
                        asked(Interaction.SEARCH_TYPE, id, request),
                        () -> patients.patientInstanceEverything(request.getServletRequest(), request, parameters, id),
                        IBundleProvider::getAllResources);
    }

    private static @Nullable StringAndListParam typesOf(@Nullable List<CodeType> types) {
        if (types == null) {
            return null;
        }
        var anyOf = new StringOrListParam();
        types.forEach(type -> anyOf.add(new StringParam(type.getValue())));
        return new StringAndListParam().addAnd(anyOf);
    }
}
