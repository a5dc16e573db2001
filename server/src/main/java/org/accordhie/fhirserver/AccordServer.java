package org.accordhie.fhirserver;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.RestfulServer;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** HAPI's server, with names for requests that take no secure random numbers: they are for finding a request in a log. */
final class AccordServer extends RestfulServer {

    private static final long serialVersionUID = 1L;

    AccordServer(FhirContext context) {
        super(context);
    }

    @Override
    protected String newRequestId(int length) {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
