package org.accordhie.fhirserver;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The request as the outermost step met it.
 *
 * @param id its own id, made by the server; null for what no request over HTTP caused
 * @param address the network address of the client; empty where there is none
 */
public record RequestOrigin(@Nullable UUID id, String address) {

    private static final RequestOrigin INTERNAL = new RequestOrigin(null, "");

    /** Where a request comes from. */
    public static RequestOrigin of(RequestDetails details) {
        return RequestContext.get(details, RequestOrigin.class).orElse(INTERNAL);
    }
}
