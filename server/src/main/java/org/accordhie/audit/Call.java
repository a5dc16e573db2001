package org.accordhie.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for, and from where.
 *
 * @param request the request's own id, which the events of one request share; null for what no request over HTTP caused
 * @param address the network address of the client; empty where there is none
 * @param interaction what it does, in FHIR's words
 * @param resourceType the type named in the address; empty where it names none
 * @param query the address asked for, without the server's base
 */
public record Call(
        @Nullable UUID request, String address, RestfulInteraction interaction, String resourceType, String query) {

    /** The same, telling only of which kind it was. */
    Call ofItsKind() {
        return new Call(request, "", interaction, resourceType, "");
    }
}
