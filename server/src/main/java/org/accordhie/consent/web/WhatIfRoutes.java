package org.accordhie.consent.web;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.vocabulary.Interaction;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.jspecify.annotations.Nullable;

/** Trying a consent or a policy before it is in force. Source: {@code docs/explain.md}. */
final class WhatIfRoutes implements IResourceProvider {

    private final ExplanationGate gate;
    private final WhatIf whatIf;

    WhatIfRoutes(ExplanationGate gate, WhatIf whatIf) {
        this.gate = gate;
        this.whatIf = whatIf;
    }

    @Override
    public Class<? extends IBaseResource> getResourceType() {
        return Consent.class;
    }

    /** Whose access this draft would change. */
    @Operation(name = "$what-if")
    public Parameters whatIf(
            @OperationParam(name = "resource", min = 1, max = 1) @Nullable Consent draft,
            @OperationParam(name = "days", max = 1) @Nullable IntegerType days,
            @OperationParam(name = "sample", max = 1) @Nullable IntegerType sample,
            @OperationParam(name = "seed", max = 1) @Nullable IntegerType seed,
            @OperationParam(name = "examples", max = 1) @Nullable IntegerType examples,
            ServletRequestDetails request) {
        var asked = new RequestedInteraction(Interaction.READ, "Consent", "", false, request);
        return gate.tell(asked, (asker, now) -> {
            if (draft == null) {
                throw new InvalidRequestException("`resource` must be a Consent");
            }
            var extent = new WhatIf.Extent(
                    within("days", days, 30, 366),
                    within("sample", sample, 20, 500),
                    seed == null ? 0 : seed.getValue(),
                    within("examples", examples, 5, 50));
            return whatIf.compare(draft, extent, asker, now);
        });
    }

    private static int within(String name, @Nullable IntegerType asked, int usual, int most) {
        var number = asked == null ? usual : asked.getValue();
        if (number < 0 || number > most) {
            throw new InvalidRequestException("`" + name + "` must be a number from 0 to " + most);
        }
        return number;
    }
}
