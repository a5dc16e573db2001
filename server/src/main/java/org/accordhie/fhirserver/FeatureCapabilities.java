package org.accordhie.fhirserver;

import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.ResourceVersionPolicy;

/**
 * What the CapabilityStatement tells of a type that HAPI does not store. HAPI takes it for one of its own, with all of R4's
 * search parameters and links to and from other types.
 */
final class FeatureCapabilities {

    private FeatureCapabilities() {}

    static void tell(FeatureRoutes feature, CapabilityStatement statement) {
        var type = feature.getResourceType().getSimpleName();
        for (var rest : statement.getRest()) {
            for (var resource : rest.getResource()) {
                resource.getSearchRevInclude()
                        .removeIf(include -> include.getValue().startsWith(type + ":"));
                if (resource.getType().equals(type)) {
                    tell(feature, resource);
                }
            }
        }
    }

    private static void tell(FeatureRoutes feature, CapabilityStatementRestResourceComponent resource) {
        resource.getInteraction()
                .removeIf(interaction -> !feature.interactions().contains(interaction.getCode()));
        resource.setSearchParam(feature.searchParameters());
        resource.setSearchInclude(null);
        resource.setSearchRevInclude(null);
        resource.setConditionalDelete(null);
        resource.setVersioning(ResourceVersionPolicy.VERSIONED);
    }
}
