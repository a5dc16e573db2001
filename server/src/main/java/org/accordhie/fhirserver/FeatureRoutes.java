package org.accordhie.fhirserver;

import ca.uhn.fhir.rest.server.IResourceProvider;

/** Routes that a feature adds for a type which HAPI does not store. HAPI's own providers are not of this kind. */
public interface FeatureRoutes extends IResourceProvider {}
