package org.accordhie.disclosure.web;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.accordhie.disclosure.Suspension;
import org.accordhie.disclosure.fhir.AccountingParameters;
import org.accordhie.disclosure.jpa.Suspensions;
import org.accordhie.disclosure.web.DisclosureGate.Written;
import org.accordhie.fhirserver.ErrorFactory;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.vocabulary.Interaction;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** Suspending what a patient is told of disclosures to an agency. Officers alone. Source: 45 CFR 164.528(a)(2). */
final class SuspensionRoutes implements IResourceProvider {

    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final DisclosureGate gate;
    private final Suspensions suspensions;

    SuspensionRoutes(DisclosureGate gate, Suspensions suspensions) {
        this.gate = gate;
        this.suspensions = suspensions;
    }

    @Override
    public Class<? extends IBaseResource> getResourceType() {
        return Patient.class;
    }

    /** The suspensions that are open, also those whose time is over. */
    @Operation(name = "$accounting-suspensions", idempotent = true)
    public Parameters list(@IdParam IIdType id, ServletRequestDetails request) {
        var patient = patient(id);
        var asked = new RequestedInteraction(Interaction.READ, "Patient", id.getIdPart(), false, request);
        return gate.told(
                asked,
                patient,
                grant -> Asking.officer(grant, patient),
                now -> AccountingParameters.suspensions(suspensions.open(patient)));
    }

    /** Suspends: of whom the statement is, until when, and where it is kept. */
    @Operation(name = "$suspend-accounting")
    public Parameters suspend(
            @IdParam IIdType id,
            @OperationParam(name = "agency", min = 1, max = 1) @Nullable StringType agency,
            @OperationParam(name = "until", min = 1, max = 1) @Nullable InstantType until,
            @OperationParam(name = "statement", min = 1, max = 1) @Nullable StringType statement,
            @OperationParam(name = "oral", max = 1) @Nullable BooleanType oral,
            ServletRequestDetails request) {
        var patient = patient(id);
        return gate.written(asked(request), grant -> Asking.officer(grant, patient), now -> {
            var suspension = read(agency, until, statement, oral != null && oral.booleanValue(), now);
            return new Written<>(patient, (officer, at) -> {
                suspensions.begin(patient, suspension, officer, at);
                return AccountingParameters.suspensions(List.of(suspension));
            });
        });
    }

    /** Ends a suspension before its time. */
    @Operation(name = "$resume-accounting")
    public Parameters resume(
            @IdParam IIdType id,
            @OperationParam(name = "suspension", min = 1, max = 1) @Nullable StringType suspension,
            ServletRequestDetails request) {
        var patient = patient(id);
        return gate.written(asked(request), grant -> Asking.officer(grant, patient), now -> {
            var named = text(suspension);
            if (!UUID_TEXT.matcher(named).matches()) {
                throw new InvalidRequestException("`suspension` must be the id of a suspension");
            }
            return new Written<>(patient, (officer, at) -> {
                if (!suspensions.end(patient, UUID.fromString(named), officer, at)) {
                    throw new ResourceNotFoundException("not found");
                }
                return AccountingParameters.suspensions(suspensions.open(patient));
            });
        });
    }

    private static Suspension read(
            @Nullable StringType agency,
            @Nullable InstantType until,
            @Nullable StringType statement,
            boolean oral,
            Instant now) {
        if (until == null || !until.hasValue()) {
            throw new InvalidRequestException("`until` must be an instant");
        }
        var suspension = new Suspension(
                UUID.randomUUID().toString(),
                text(agency),
                now,
                until.getValue().toInstant(),
                text(statement),
                oral);
        suspension.objection().ifPresent(objection -> {
            throw new UnprocessableEntityException(objection, ErrorFactory.outcome(IssueType.BUSINESSRULE, objection));
        });
        return suspension;
    }

    private static String text(@Nullable StringType text) {
        return text == null
                ? ""
                : Objects.requireNonNullElse(text.getValue(), "").strip();
    }

    private static String patient(IIdType id) {
        return "Patient/" + id.getIdPart();
    }

    /** It adds to what the exchange keeps beside the trail. */
    private static RequestedInteraction asked(ServletRequestDetails request) {
        return new RequestedInteraction(Interaction.CREATE, "AuditEvent", "", false, request);
    }
}
