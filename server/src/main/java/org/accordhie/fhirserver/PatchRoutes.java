package org.accordhie.fhirserver;

import ca.uhn.fhir.rest.annotation.ConditionalUrlParam;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Patch;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.PatchTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import org.accordhie.fhirserver.PushGate.Patch.Form;
import org.accordhie.vocabulary.Interaction;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.jspecify.annotations.Nullable;

/** The patch of one resource type. The body stays unread until it is known whether there is anything to patch. */
final class PatchRoutes implements IResourceProvider {

    private final Class<? extends IBaseResource> resourceType;
    private final String type;
    private final RequestLine line;

    PatchRoutes(Class<? extends IBaseResource> resourceType, String type, RequestLine line) {
        this.resourceType = resourceType;
        this.type = type;
        this.line = line;
    }

    @Override
    public Class<? extends IBaseResource> getResourceType() {
        return resourceType;
    }

    /** A patch by id, or of what meets the condition in the address. */
    @Patch
    public MethodOutcome patch(
            @IdParam @Nullable IIdType id,
            @ConditionalUrlParam @Nullable String condition,
            PatchTypeEnum form,
            @ResourceParam String body,
            RequestDetails request) {
        ResourceRoutes.requireNoVersion(request);
        if (id == null && condition == null) {
            throw new InvalidRequestException("a patch must name an id or a condition");
        }
        var asked = new RequestedInteraction(
                Interaction.PATCH, type, id == null ? "" : id.getIdPart(), condition != null, request);
        var written = line.patch(asked, new PushGate.Patch(formOf(form), body));
        // HAPI has none for a patch.
        request.getResponse()
                .addHeader(Constants.HEADER_ETAG, "W/\"" + written.getId().getVersionIdPart() + "\"");
        return written;
    }

    private static Form formOf(PatchTypeEnum form) {
        return switch (form) {
            case JSON_PATCH -> Form.JSON;
            case FHIR_PATCH_JSON -> Form.FHIRPATH_JSON;
            case FHIR_PATCH_XML -> Form.FHIRPATH_XML;
            case XML_PATCH -> throw new InvalidRequestException("a patch must be a JSON patch or a FHIRPath patch");
        };
    }
}
