package org.accordhie.disclosure.web;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.time.Instant;
import org.accordhie.disclosure.RecordedDisclosure;
import org.accordhie.disclosure.fhir.DisclosureReader;
import org.accordhie.disclosure.fhir.UnreadableDisclosure;
import org.accordhie.disclosure.jpa.RecordedDisclosures;
import org.accordhie.disclosure.web.DisclosureGate.Written;
import org.accordhie.fhirserver.ErrorFactory;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.vocabulary.Interaction;
import org.accordhie.vocabulary.Requester;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/**
 * Reporting a disclosure that was made elsewhere. Source: HL7 FAST Consent 1.0.0-ballot, Record Disclosure. A disclosure that
 * rests on no consent has none to name, so that the consent may be left out here.
 */
final class RecordingRoutes implements IResourceProvider {

    private static final String TYPE = "AuditEvent";

    private final DisclosureGate gate;
    private final DisclosureReader reader;
    private final RecordedDisclosures recorded;

    RecordingRoutes(DisclosureGate gate, DisclosureReader reader, RecordedDisclosures recorded) {
        this.gate = gate;
        this.reader = reader;
        this.recorded = recorded;
    }

    @Override
    public Class<? extends IBaseResource> getResourceType() {
        return AuditEvent.class;
    }

    /** Records it once: a report with an id that the organisation has used changes nothing if it says the same. */
    @Operation(name = "$recordDisclosure")
    public OperationOutcome record(
            @OperationParam(name = "disclosure", min = 1, max = 1) @Nullable AuditEvent disclosure,
            @OperationParam(name = "consent", max = 1) @Nullable Reference consent,
            ServletRequestDetails request) {
        var asked = new RequestedInteraction(Interaction.CREATE, TYPE, "", false, request);
        return gate.written(asked, Asking::reporter, now -> {
            var reported = read(disclosure, consent, now);
            return new Written<>(reported.patient(), (reporter, at) -> write(reported, reporter, at));
        });
    }

    private RecordedDisclosure read(@Nullable AuditEvent disclosure, @Nullable Reference consent, Instant now) {
        if (disclosure == null) {
            throw new InvalidRequestException("`disclosure` must be an AuditEvent");
        }
        try {
            return reader.read(disclosure, consent, now);
        } catch (UnreadableDisclosure unreadable) {
            var said = "`disclosure` " + unreadable.getMessage();
            var outcome = ErrorFactory.outcome(IssueType.BUSINESSRULE, said);
            outcome.getIssueFirstRep().addExpression(unreadable.path());
            throw new UnprocessableEntityException(said, outcome);
        }
    }

    private OperationOutcome write(RecordedDisclosure reported, Requester reporter, Instant now) {
        if (recorded.add(reported, reporter, now)) {
            return said("recorded as `" + reported.disclosure().id() + "`");
        }
        var identifier = reported.identifier();
        return recorded.find(reporter.organization(), identifier == null ? "" : identifier)
                .filter(known -> known.says(reported))
                .map(known -> said("already recorded as `" + known.id() + "`"))
                .orElseThrow(() -> new ResourceVersionConflictException("the id stands for another disclosure"));
    }

    private static OperationOutcome said(String text) {
        var outcome = new OperationOutcome();
        outcome.addIssue()
                .setSeverity(IssueSeverity.INFORMATION)
                .setCode(IssueType.INFORMATIONAL)
                .setDiagnostics(text);
        return outcome;
    }
}
