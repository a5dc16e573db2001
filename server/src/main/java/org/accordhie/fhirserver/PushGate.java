package org.accordhie.fhirserver;

import ca.uhn.fhir.rest.api.MethodOutcome;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;

/** Stores what a source pushes, in one transaction with its facts and its audit event, or nothing of it. */
public interface PushGate {

    /** Stores a new resource. */
    MethodOutcome create(RequestedInteraction asked, IBaseResource resource);

    /** Stores a new version of a resource the requester owns. */
    MethodOutcome update(RequestedInteraction asked, IBaseResource resource);

    /** Deletes a resource the requester owns. */
    MethodOutcome delete(RequestedInteraction asked);

    /** Carries out the writing entries of a bundle; the answer has one entry for each, in their order. */
    Bundle transaction(RequestedInteraction asked, List<RequestedInteraction> entries, Bundle bundle);
}
