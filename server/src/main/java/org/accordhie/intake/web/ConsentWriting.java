package org.accordhie.intake.web;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.accordhie.consent.ConsentFindings;
import org.accordhie.consent.Resolution;
import org.accordhie.consent.fhir.ConsentOutcomes;
import org.accordhie.consent.fhir.ConsentReader;
import org.accordhie.consent.fhir.PolicyReader;
import org.accordhie.consent.fhir.UnenforceableConsent;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.fhirserver.AccordProperties.Partner;
import org.accordhie.intake.WriteRules;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.Interaction;
import org.accordhie.vocabulary.Requester;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How writing a consent differs from writing a record: whose consents somebody may write, what is refused, what is said of those
 * that are stored, and that they are the exchange's, whoever filed them, so that its officers can revoke them.
 */
@Component
final class ConsentWriting {

    private final ConsentReader reader;
    private final ConsentFindings findings;
    private final Resolution resolution;
    private final @Nullable String exchange;

    ConsentWriting(ConsentReader reader, ConsentFindings findings, Resolution resolution, AccordProperties properties) {
        this.reader = reader;
        this.findings = findings;
        this.resolution = resolution;
        this.exchange = properties.partners().stream()
                .filter(partner -> partner.roles().contains(ExchangeRole.PRIVACY_OFFICER))
                .map(Partner::organization)
                .findFirst()
                .orElse(null);
    }

    /** The organisation whose a new consent is: the first privacy officers', where there are any. */
    String ownerFor(Requester requester) {
        return Objects.requireNonNullElse(exchange, requester.organization());
    }

    /**
     * Passes the write of a consent that the requester may make.
     *
     * @param written the new content; null for a deletion
     * @param stored the patients of the stored one; empty where there is none
     */
    static void permit(Requester requester, Interaction interaction, @Nullable Resource written, Set<String> stored) {
        if (interaction != Interaction.CREATE && !requester.is(ExchangeRole.PRIVACY_OFFICER)) {
            // Somebody else's consent reads as if it did not exist.
            if (!WriteRules.permitConsent(requester, Interaction.UPDATE, stored)) {
                throw new ResourceNotFoundException("not found");
            }
        }
        var patients = new HashSet<>(stored);
        if (written instanceof Consent consent) {
            // As it is written: a patient of another server of the same id is somebody else.
            patients.add(Objects.requireNonNullElse(consent.getPatient().getReference(), ""));
        }
        if (!WriteRules.permitConsent(requester, interaction, patients)) {
            throw new ForbiddenOperationException("not permitted");
        }
    }

    /** Refuses an active consent that cannot be carried out, with every reason. */
    void refuseUnenforceable(@Nullable Resource resource) {
        if (!(resource instanceof Consent consent)) {
            return;
        }
        try {
            if (PolicyReader.isPolicy(consent)) {
                PolicyReader.readActive(consent);
            } else {
                reader.check(consent);
                refuseUnloaded(consent);
            }
        } catch (UnenforceableConsent unenforceable) {
            throw new UnprocessableEntityException("the consent cannot be enforced", ConsentOutcomes.of(unenforceable));
        }
    }

    private void refuseUnloaded(Consent consent) throws UnenforceableConsent {
        var place = reader.read(consent).flatMap(resolution::placeOfMissing);
        if (place.isPresent()) {
            throw new UnenforceableConsent(place.get(), Resolution.NOT_LOADED + "; load it first");
        }
    }

    /** What there is to say of a consent that was stored. */
    OperationOutcome report(String id, Requester requester) {
        var officer = requester.is(ExchangeRole.PRIVACY_OFFICER);
        return ConsentOutcomes.of(findings.of(id).stream()
                // To a patient's app another consent may be hidden, one that names a second patient.
                .filter(finding -> officer || finding.about().isEmpty())
                .toList());
    }
}
