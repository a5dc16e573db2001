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

    /** Stores a new version of a resource the requester owns and may see, made of the one before. */
    MethodOutcome patch(RequestedInteraction asked, Patch patch);

    /**
     * What is to change.
     *
     * @param form what the body is
     * @param body as it was sent
     */
    record Patch(Form form, String body) {

        /** The forms of a patch. Source: FHIR R4, RESTful API, "patch". */
        public enum Form {
            /** RFC 6902. */
            JSON,
            /** FHIR R4, FHIRPath Patch: Parameters, in JSON. */
            FHIRPATH_JSON,
            /** The same in XML. */
            FHIRPATH_XML
        }
    }

    /** Carries out the writing entries of a bundle; the answer has one entry for each, in their order. */
    Bundle transaction(RequestedInteraction asked, List<RequestedInteraction> entries, Bundle bundle);
}
