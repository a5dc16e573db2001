package org.accordhie.disclosure.web;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import org.accordhie.disclosure.AccountingRule;
import org.accordhie.disclosure.Told;
import org.accordhie.disclosure.fhir.AccountingParameters;
import org.accordhie.fhirserver.AccordProperties.Limits;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.vocabulary.Interaction;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;

/** The accountings of a patient. Source: {@code docs/disclosures.md}. */
final class AccountingRoutes implements IResourceProvider {

    private static final String TYPE = "Patient";

    private final DisclosureGate gate;
    private final Accountant accountant;
    private final Limits limits;

    AccountingRoutes(DisclosureGate gate, Accountant accountant, Limits limits) {
        this.gate = gate;
        this.accountant = accountant;
        this.limits = limits;
    }

    @Override
    public Class<? extends IBaseResource> getResourceType() {
        return Patient.class;
    }

    /** To whom the law says that this patient's records were disclosed. Source: 45 CFR 164.528, 42 CFR 2.25. */
    @Operation(name = "$accounting", idempotent = true)
    public IBaseResource accounting(
            @IdParam IIdType id,
            @OperationParam(name = "rule", max = 1) @Nullable CodeType rule,
            @OperationParam(name = "start", max = 1) @Nullable DateTimeType start,
            @OperationParam(name = "end", max = 1) @Nullable DateTimeType end,
            ServletRequestDetails request) {
        var patient = patient(id);
        return gate.told(asked(id, request), patient, grant -> Asking.officer(grant, patient), now -> {
            var under = rule(rule);
            var asked = Asked.read(start, end, request.getParameters(), limits);
            var period = asked.period(under.years(), now);
            var rows = accountant.account(under, patient, period, now);
            var told = Told.page(patient, period, now, rows, asked.offset(), asked.count());
            var operation = patient + "/$accounting?rule=" + under.code() + "&";
            return AccountingPage.isAskedFor(request)
                    ? AccountingPage.accounting(under, told, request)
                    : AccountingParameters.accounting(under, told, next(told, asked, operation));
        });
    }

    /** Everybody who received something of this patient's record, for whatever purpose. */
    @Operation(name = "$access-report", idempotent = true)
    public IBaseResource accessReport(
            @IdParam IIdType id,
            @OperationParam(name = "start", max = 1) @Nullable DateTimeType start,
            @OperationParam(name = "end", max = 1) @Nullable DateTimeType end,
            ServletRequestDetails request) {
        var patient = patient(id);
        return gate.told(asked(id, request), patient, grant -> Asking.officerOrPatient(grant, patient), now -> {
            var asked = Asked.read(start, end, request.getParameters(), limits);
            var period = asked.period(AccountingRule.HIPAA.years(), now);
            var rows = accountant.accesses(patient, period, now);
            var told = Told.page(patient, period, now, rows, asked.offset(), asked.count());
            return AccountingPage.isAskedFor(request)
                    ? AccountingPage.accesses(told, request)
                    : AccountingParameters.accesses(told, next(told, asked, patient + "/$access-report?"));
        });
    }

    private static String next(Told<?> told, Asked asked, String operation) {
        return told.goesOn() ? asked.next(operation, told.period(), told.rows().size()) : "";
    }

    private static AccountingRule rule(@Nullable CodeType rule) {
        return rule == null
                ? AccountingRule.HIPAA
                : AccountingRule.ofCode(rule.getValue())
                        .orElseThrow(() -> new InvalidRequestException("`rule` must be `hipaa` or `part2`"));
    }

    private static String patient(IIdType id) {
        return TYPE + "/" + id.getIdPart();
    }

    private static RequestedInteraction asked(IIdType id, ServletRequestDetails request) {
        return new RequestedInteraction(Interaction.READ, TYPE, id.getIdPart(), false, request);
    }
}
