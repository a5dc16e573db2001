package org.accordhie.fhirserver;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;

/**
 * Lets HEAD find the searches, which HAPI binds to GET and POST alone. The answer is that to GET; the container leaves its body
 * out. Source: FHIR R4, RESTful API, "Support for HEAD".
 */
@Interceptor
final class HeadOfSearches {

    /** Called once HAPI has taken the address apart, and before it looks for the method. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    public void find(ServletRequestDetails details) {
        if (details.getRequestType() == RequestTypeEnum.HEAD && isSearch(details)) {
            details.setRequestType(RequestTypeEnum.GET);
        }
    }

    private static boolean isSearch(ServletRequestDetails details) {
        var operation = details.getOperation();
        return details.getResourceName() != null
                && (operation == null || operation.equals(Constants.PARAM_SEARCH))
                && (details.getId() == null || details.getCompartmentName() != null);
    }
}
