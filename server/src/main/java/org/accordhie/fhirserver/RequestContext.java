package org.accordhie.fhirserver;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * What one step of the {@link RequestLine} hands to a later one, kept with the HTTP request: entries of a bundle share it, so
 * only what is true of them all may be put here.
 */
public final class RequestContext {

    private RequestContext() {}

    /** Hands a value on. */
    public static <T> void put(HttpServletRequest request, Class<T> type, T value) {
        request.setAttribute(type.getName(), value);
    }

    /** The value handed on; empty if no earlier step did. */
    public static <T> Optional<T> get(HttpServletRequest request, Class<T> type) {
        return Optional.ofNullable(request.getAttribute(type.getName())).map(type::cast);
    }

    /** The value handed on; empty if no earlier step did, or if the request did not come over HTTP. */
    public static <T> Optional<T> get(RequestDetails details, Class<T> type) {
        return details instanceof ServletRequestDetails over ? get(over.getServletRequest(), type) : Optional.empty();
    }
}
