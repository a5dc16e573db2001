package org.accordhie.consent.web;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import org.accordhie.consent.web.Explainer.Asked;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** The explanations of patients. */
final class PatientExplainRoutes extends ExplainRoutes {

    PatientExplainRoutes(ExplanationGate gate, Explainer explainer) {
        super(Patient.class, "Patient", gate, explainer);
    }

    /** Who can see this patient's record, for which purposes, and why. */
    @Operation(name = "$explain-access", idempotent = true)
    public Parameters explainAccess(
            @IdParam IIdType id,
            @OperationParam(name = "purpose", max = 1) @Nullable CodeType purpose,
            ServletRequestDetails request) {
        return gate().tell(
                        asked(id, request),
                        (asker, now) ->
                                explainer().explainAccess("Patient/" + id.getIdPart(), purposes(purpose), asker, now));
    }

    /** What an authorization server should let a token for this requester forbid of this patient's data. */
    @Operation(name = "$residual", idempotent = true)
    public Parameters residual(
            @IdParam IIdType id,
            @OperationParam(name = "requester", min = 1, max = 1) @Nullable StringType requester,
            @OperationParam(name = "purpose", max = 1) @Nullable CodeType purpose,
            @OperationParam(name = "user", max = 1) @Nullable StringType user,
            ServletRequestDetails request) {
        return gate().tell(
                        asked(id, request),
                        (asker, now) -> explainer()
                                .residual(
                                        "Patient/" + id.getIdPart(),
                                        new Asked(named(requester), value(user), purposes(purpose), null),
                                        asker,
                                        now));
    }
}
