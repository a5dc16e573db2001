package org.accordhie.consent.web;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Set;
import org.accordhie.consent.Sentences.Audience;
import org.accordhie.fhirserver.ReleaseGate;
import org.accordhie.smart.AccessGrant;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for an explanation: a privacy officer, or a patient's own app about that patient alone. What an explanation tells is
 * bounded like the record itself, by scopes and, for a patient, by what is about nobody else.
 *
 * @param requester who
 * @param reach what their scopes reach
 * @param patient whose app it is, as {@code Patient/[id]}; null for an officer
 */
record Asker(Requester requester, Reach reach, @Nullable String patient) {

    static Asker of(AccessGrant grant) {
        var requester = grant.requester();
        if (requester.is(ExchangeRole.PRIVACY_OFFICER)) {
            return new Asker(requester, Reach.of(grant, ReleaseGate.READING_OR_SEARCHING, null), null);
        }
        if (requester.patient() == null) {
            throw new ForbiddenOperationException("not permitted");
        }
        return new Asker(requester, Reach.of(grant, ReleaseGate.READING_OR_SEARCHING, null), requester.patient());
    }

    boolean isOfficer() {
        return patient == null;
    }

    Audience audience() {
        return isOfficer() ? Audience.PRIVACY_OFFICER : Audience.PATIENT;
    }

    /** Whether a resource may be spoken of to them. */
    boolean mayHearOf(ResourceFacts facts) {
        return reach.reaches(facts, Set::of)
                && (patient == null
                        || (facts.patients().equals(Set.of(patient))
                                && facts.compartments().contains(patient)));
    }

    /** Passes a patient whose record may be spoken of; any other reads as if there were none. */
    void requirePatient(String other) {
        if (patient != null && !patient.equals(other)) {
            throw new ResourceNotFoundException("not found");
        }
    }

    void requireOfficer() {
        if (!isOfficer()) {
            throw new ForbiddenOperationException("not permitted");
        }
    }
}
