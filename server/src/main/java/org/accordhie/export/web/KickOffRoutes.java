package org.accordhie.export.web;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import org.accordhie.export.ExportLevel;
import org.hl7.fhir.r4.model.IdType;

/** Where an export is asked for. Source: Bulk Data Access 2.0.0, "Endpoints". */
final class KickOffRoutes {

    private static final String OPERATION = "$export";
    private static final String DEFINITIONS = "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/";

    private final KickOff kickOff;

    KickOffRoutes(KickOff kickOff) {
        this.kickOff = kickOff;
    }

    /** Everything that is released. */
    @Operation(name = OPERATION, idempotent = true, manualResponse = true, canonicalUrl = DEFINITIONS + "export")
    public void system(ServletRequestDetails request) {
        kickOff.start(ExportLevel.SYSTEM, null, request);
    }

    /** All that is released of all patients. */
    @Operation(
            name = OPERATION,
            typeName = "Patient",
            idempotent = true,
            manualResponse = true,
            canonicalUrl = DEFINITIONS + "patient-export")
    public void patients(ServletRequestDetails request) {
        kickOff.start(ExportLevel.PATIENT, null, request);
    }

    /** All that is released of the patients in a Group. */
    @Operation(
            name = OPERATION,
            typeName = "Group",
            idempotent = true,
            manualResponse = true,
            canonicalUrl = DEFINITIONS + "group-export")
    public void group(@IdParam IdType id, ServletRequestDetails request) {
        kickOff.start(ExportLevel.GROUP, id, request);
    }
}
