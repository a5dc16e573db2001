package org.accordhie.consent.web;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Set;
import org.accordhie.consent.web.Explainer.Asked;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.vocabulary.Interaction;
import org.accordhie.vocabulary.PurposeOfUse;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** The explanations of one resource type. Source: {@code docs/explain.md}. */
class ExplainRoutes implements IResourceProvider {

    private final Class<? extends IBaseResource> resourceClass;
    private final String type;
    private final ExplanationGate gate;
    private final Explainer explainer;

    ExplainRoutes(
            Class<? extends IBaseResource> resourceClass, String type, ExplanationGate gate, Explainer explainer) {
        this.resourceClass = resourceClass;
        this.type = type;
        this.gate = gate;
        this.explainer = explainer;
    }

    @Override
    public final Class<? extends IBaseResource> getResourceType() {
        return resourceClass;
    }

    /** Would this requester see this resource, now or at an instant, and why. */
    @Operation(name = "$explain", idempotent = true)
    public Parameters explain(
            @IdParam IIdType id,
            @OperationParam(name = "requester", min = 1, max = 1) @Nullable StringType requester,
            @OperationParam(name = "purpose", max = 1) @Nullable CodeType purpose,
            @OperationParam(name = "user", max = 1) @Nullable StringType user,
            @OperationParam(name = "at", max = 1) @Nullable InstantType at,
            ServletRequestDetails request) {
        return gate.tell(asked(id, request), (asker, now) -> {
            var asked = new Asked(
                    named(requester),
                    value(user),
                    purposes(purpose),
                    at == null ? null : at.getValue().toInstant());
            if (asked.at() != null && asked.at().isAfter(now)) {
                throw new InvalidRequestException("`at` is in the future");
            }
            return explainer.explain(type, id.getIdPart(), asked, asker, now);
        });
    }

    static String named(@Nullable StringType requester) {
        var named = value(requester);
        if (named == null) {
            throw new InvalidRequestException("`requester` must be an organization, as `Organization/[id]`");
        }
        return named;
    }

    static @Nullable String value(@Nullable StringType text) {
        return text == null ? null : text.getValue();
    }

    final ExplanationGate gate() {
        return gate;
    }

    final Explainer explainer() {
        return explainer;
    }

    final RequestedInteraction asked(IIdType id, ServletRequestDetails request) {
        return new RequestedInteraction(Interaction.READ, type, id.getIdPart(), false, request);
    }

    static Set<PurposeOfUse> purposes(@Nullable CodeType purpose) {
        return purpose == null || !purpose.hasValue()
                ? Set.of()
                : Set.of(PurposeOfUse.ofCode(purpose.getValue())
                        .orElseThrow(() -> new InvalidRequestException(
                                "`purpose` is not a purpose of use of " + PurposeOfUse.SYSTEM)));
    }
}
