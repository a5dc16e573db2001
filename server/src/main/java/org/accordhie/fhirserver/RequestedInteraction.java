package org.accordhie.fhirserver;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.accordhie.vocabulary.Interaction;

/**
 * One interaction asked for over HTTP, by itself or as an entry of a bundle.
 *
 * @param interaction what it does
 * @param resourceType the type named in the address
 * @param instance the id named in the address; empty where it names none
 * @param conditional whether it depends on what a search finds
 * @param details the request as HAPI sees it
 */
public record RequestedInteraction(
        Interaction interaction, String resourceType, String instance, boolean conditional, RequestDetails details) {

    /** The address asked for, without the server's base. */
    public String query() {
        var address = details.getCompleteUrl();
        var base = details.getFhirServerBase();
        if (address == null) {
            return resourceType + (instance.isEmpty() ? "" : "/" + instance);
        }
        return base != null && address.startsWith(base) ? address.substring(base.length()) : address;
    }
}
