package org.accordhie.worlds.plain;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.interceptor.consent.ConsentOutcome;
import ca.uhn.fhir.rest.server.interceptor.consent.IConsentContextServices;
import ca.uhn.fhir.rest.server.interceptor.consent.IConsentService;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * Hides what carries the label {@value #SYSTEM}|{@value #HIDDEN} from whoever sends the header {@value #READER}: asked about a
 * resource, it never errs. It rejects on both occasions that HAPI gives, before storage hands a row out and before it is told.
 */
public final class LabelConsentService implements IConsentService {

    /** The label's system. */
    public static final String SYSTEM = "urn:worlds";

    /** The label's code. */
    public static final String HIDDEN = "hidden";

    /** Says that a reader asks. */
    public static final String READER = "X-Reader";

    @Override
    public ConsentOutcome canSeeResource(
            RequestDetails request, IBaseResource resource, IConsentContextServices services) {
        return decide(request, resource);
    }

    @Override
    public ConsentOutcome willSeeResource(
            RequestDetails request, IBaseResource resource, IConsentContextServices services) {
        return decide(request, resource);
    }

    private static ConsentOutcome decide(RequestDetails request, IBaseResource resource) {
        var hidden = request.getHeader(READER) != null && resource.getMeta().getSecurity(SYSTEM, HIDDEN) != null;
        return hidden ? ConsentOutcome.REJECT : ConsentOutcome.PROCEED;
    }
}
