package org.accordhie.fhirserver;

import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.accordhie.vocabulary.Interaction;
import org.hl7.fhir.instance.model.api.IBaseResource;

/** Writes whose address says what they are about instead of naming it. Source: FHIR R4, RESTful API, "Conditional update". */
final class ConditionalWrites {

    private ConditionalWrites() {}

    /** Whether a condition comes with the request. */
    static boolean isOne(Interaction interaction, RequestDetails request) {
        return switch (interaction) {
            case CREATE -> request.getHeader(Constants.HEADER_IF_NONE_EXIST) != null;
            case UPDATE, PATCH, DELETE -> request.getConditionalUrl(RestOperationTypeEnum.UPDATE) != null;
            default -> false;
        };
    }

    /** HAPI forgets the id in the body of a conditional update, which must be that of what is found. */
    static void putBackId(IBaseResource resource, RequestDetails request) {
        var encoding = RestfulServerUtils.determineRequestEncodingNoDefault(request);
        if (encoding != null) {
            var body = new InputStreamReader(
                    new ByteArrayInputStream(request.loadRequestContents()), StandardCharsets.UTF_8);
            var sent = encoding.newParser(request.getFhirContext()).parseResource(resource.getClass(), body);
            resource.setId(sent.getIdElement().getIdPart());
        }
    }
}
