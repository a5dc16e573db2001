package org.accordhie.fhirserver;

import org.accordhie.vocabulary.Requester;
import org.hl7.fhir.r4.model.Bundle;

/** Brings records in that were not pushed over HTTP, on the same way as a push from storage on. */
public interface RecordImport {

    /** Makes sure that what a source calls by this name will have this id. */
    void reserve(String source, String resourceType, String name, String id);

    /** Stores a bundle as a push of the requester's organisation, or nothing of it. */
    void store(Requester source, Bundle bundle);
}
