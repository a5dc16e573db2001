package org.accordhie.fhirserver;

import ca.uhn.fhir.rest.server.IResourceProvider;
import java.util.List;

/** Operations that a feature adds to types which HAPI stores; each goes the way of the {@link RequestLine}. */
public interface OperationRoutes {

    /** One for each type. */
    List<IResourceProvider> providers();
}
