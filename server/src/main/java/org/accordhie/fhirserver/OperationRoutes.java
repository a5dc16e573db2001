package org.accordhie.fhirserver;

import java.util.List;

/**
 * Operations that a feature adds to the system, or to types which HAPI stores; each goes the way of the {@link RequestLine}.
 */
public interface OperationRoutes {

    /** Objects with methods that HAPI binds. */
    List<?> providers();
}
