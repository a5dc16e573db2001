package org.accordhie.audit.fhir;

import org.accordhie.audit.Call;
import org.accordhie.audit.RestfulInteraction;
import org.accordhie.fhirserver.RequestOrigin;
import org.accordhie.fhirserver.RequestedInteraction;

/** Tells the audit trail what a request asks for. */
public final class Calls {

    private Calls() {}

    /** What the request asks for, and from where. */
    public static Call of(RequestedInteraction asked) {
        var origin = RequestOrigin.of(asked.details());
        return new Call(
                origin.id(),
                origin.address(),
                RestfulInteraction.of(asked.interaction(), asked.resourceType(), asked.query()),
                asked.resourceType(),
                asked.query());
    }
}
