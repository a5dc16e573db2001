package org.accordhie.fhirserver;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;

/** Takes note of what was refused or failed. */
public interface RefusalStep {

    /** Records a request that was not carried out. */
    void refused(RequestedInteraction asked, BaseServerResponseException refused);
}
