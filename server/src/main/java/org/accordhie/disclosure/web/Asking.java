package org.accordhie.disclosure.web;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import org.accordhie.audit.TrailReach;
import org.accordhie.audit.TrailReach.Extent;
import org.accordhie.smart.AccessGrant;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.Interaction;
import org.accordhie.vocabulary.Requester;

/**
 * Who asks or reports, and whether they may at all: that depends on who they are and never on the patient, but that to a
 * patient's own app every other patient is as absent as one who never was.
 */
final class Asking {

    private Asking() {}

    /** A privacy officer, or the patient's own app, whose scopes reach the trail. */
    static Requester officerOrPatient(AccessGrant grant, String patient) {
        var reach = TrailReach.of(grant, Interaction.SEARCH_TYPE);
        if (reach.extent() == Extent.NOTHING) {
            throw new ForbiddenOperationException("not permitted");
        }
        if (reach.extent() != Extent.WHOLE && !reach.patient().equals(patient)) {
            throw new ResourceNotFoundException("not found");
        }
        return grant.requester();
    }

    /** A privacy officer whose scopes reach the trail. */
    static Requester officer(AccessGrant grant, String patient) {
        if (!grant.requester().is(ExchangeRole.PRIVACY_OFFICER)) {
            throw new ForbiddenOperationException("not permitted");
        }
        return officerOrPatient(grant, patient);
    }

    /** A source, or a privacy officer. */
    static Requester reporter(AccessGrant grant) {
        var requester = grant.requester();
        if (!requester.is(ExchangeRole.SOURCE) && !requester.is(ExchangeRole.PRIVACY_OFFICER)) {
            throw new ForbiddenOperationException("not permitted");
        }
        return requester;
    }
}
