package org.accordhie.consent.web;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Optional;
import org.accordhie.consent.fhir.ConsentDocuments;
import org.accordhie.consent.fhir.ConsentOutcomes;
import org.accordhie.consent.fhir.LifeReader;
import org.accordhie.fhirserver.ErrorFactory;
import org.accordhie.fhirserver.RequestLine;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.fhirserver.StorageView;
import org.accordhie.vocabulary.Interaction;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Filing and revoking a consent with its papers. Each goes the way of a create or an update. Source: HL7 FAST Consent
 * 1.0.0-ballot, File Consent and Revoke Consent.
 */
final class ConsentFiling implements IResourceProvider {

    private static final String TYPE = "Consent";

    private final RequestLine line;
    private final IFhirResourceDao<Consent> dao;

    ConsentFiling(RequestLine line, IFhirResourceDao<Consent> dao) {
        this.line = line;
        this.dao = dao;
    }

    @Override
    public Class<? extends IBaseResource> getResourceType() {
        return Consent.class;
    }

    /** Files an active consent with the document that it was taken from. */
    @Operation(name = "$fileConsent")
    public OperationOutcome file(
            @OperationParam(name = "consent", min = 1, max = 1) @Nullable Consent consent,
            @OperationParam(name = "document", min = 1, max = 1) @Nullable IBaseResource document,
            ServletRequestDetails request) {
        if (consent == null) {
            throw new InvalidRequestException("`consent` must be a Consent");
        }
        if (consent.getStatus() != ConsentState.ACTIVE) {
            throw refused("`consent.status` must be `active`", "Consent.status");
        }
        if (document == null) {
            throw new InvalidRequestException("`document` must be a DocumentReference or a QuestionnaireResponse");
        }
        addDocument(consent, document, "document");
        var outcome = line.create(asked(Interaction.CREATE, "", request), consent);
        return answered(outcome, request);
    }

    /** Revokes a consent, named by its address or by the parameter. */
    @Operation(name = "$revokeConsent")
    public OperationOutcome revoke(
            @IdParam(optional = true) @Nullable IdType id,
            @OperationParam(name = "consent", max = 1) @Nullable Reference consent,
            @OperationParam(name = "patient", max = 1) @Nullable Reference patient,
            @OperationParam(name = "document", max = 1) @Nullable IBaseResource document,
            ServletRequestDetails request) {
        var named = named(id, consent);
        if (id == null && (patient == null || patient.isEmpty())) {
            throw new InvalidRequestException("`patient` must be a reference to the patient whose consent it is");
        }
        var stored = stored(named).filter(each -> patient == null || isOf(each, patient));
        // What is not there goes the same way, to be refused and recorded like what may not be written.
        var revoked = stored.orElseGet(Consent::new);
        if (stored.isEmpty() || revoked.getStatus() == ConsentState.ACTIVE) {
            // What was never in force, or in error, stays what it is.
            revoked.setStatus(ConsentState.INACTIVE);
        }
        stored.ifPresent(each -> request.addHeader(
                Constants.HEADER_IF_MATCH, "W/\"" + each.getMeta().getVersionId() + "\""));
        if (document != null) {
            addDocument(revoked, document, "revocation-" + revoked.getMeta().getVersionId());
        }
        var asked = asked(Interaction.UPDATE, stored.isPresent() ? named : "-", request);
        return answered(line.update(asked, revoked), request);
    }

    private static String named(@Nullable IdType id, @Nullable Reference consent) {
        if (id != null) {
            return id.getIdPart();
        }
        var named = consent == null ? null : consent.getReferenceElement();
        if (named == null || named.isAbsolute() || !TYPE.equals(named.getResourceType()) || !named.hasIdPart()) {
            throw new InvalidRequestException("`consent` must be a reference `Consent/[id]`");
        }
        return named.getIdPart();
    }

    /** Nothing of it is sent, and whether the requester may write it is asked of what is stored when it is written. */
    private Optional<Consent> stored(String id) {
        return StorageView.WHOLE.during(() -> {
            try {
                return Optional.of(dao.read(new IdType(TYPE, id), new SystemRequestDetails()));
            } catch (ResourceNotFoundException | ResourceGoneException absent) {
                return Optional.empty();
            }
        });
    }

    private static boolean isOf(Consent consent, Reference patient) {
        return patient.hasReference()
                && patient.getReferenceElement()
                        .toUnqualifiedVersionless()
                        .getValue()
                        .equals(LifeReader.patientOf(consent));
    }

    private static void addDocument(Consent consent, IBaseResource document, String name) {
        if (!(document instanceof Resource paper && ConsentDocuments.isDocument(paper))) {
            throw refused("`document` must be a DocumentReference or a QuestionnaireResponse", "document");
        }
        ConsentDocuments.add(consent, paper, name);
    }

    private static OperationOutcome answered(MethodOutcome stored, ServletRequestDetails request) {
        var address = stored.getId().toUnqualified().getValue();
        request.getResponse().addHeader("Location", request.getFhirServerBase() + "/" + address);
        var outcome = (OperationOutcome) stored.getOperationOutcome();
        ConsentOutcomes.say(outcome, "stored as `" + address + "`");
        return outcome;
    }

    private static RequestedInteraction asked(Interaction interaction, String id, RequestDetails request) {
        return new RequestedInteraction(interaction, TYPE, id, false, request);
    }

    private static UnprocessableEntityException refused(String said, String path) {
        var outcome = ErrorFactory.outcome(IssueType.BUSINESSRULE, said);
        outcome.getIssueFirstRep().addExpression(path);
        return new UnprocessableEntityException(said, outcome);
    }
}
