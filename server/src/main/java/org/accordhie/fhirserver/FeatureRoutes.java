package org.accordhie.fhirserver;

import ca.uhn.fhir.rest.server.IResourceProvider;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceSearchParamComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;

/** Routes that a feature adds for a type which HAPI does not store. HAPI's own providers are not of this kind. */
public interface FeatureRoutes extends IResourceProvider {

    /** What the CapabilityStatement tells of the routes: those that carry something out, and not those that only refuse. */
    Set<TypeRestfulInteraction> interactions();

    /** The parameters that a search of the type answers, for the CapabilityStatement; it refuses all others. */
    List<CapabilityStatementRestResourceSearchParamComponent> searchParameters();
}
