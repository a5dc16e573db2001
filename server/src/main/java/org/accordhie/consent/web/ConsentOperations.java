package org.accordhie.consent.web;

import ca.uhn.fhir.rest.annotation.Count;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Offset;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.accordhie.consent.EnforcementStatus.State;
import org.accordhie.consent.web.ConsentReports.Report;
import org.accordhie.fhirserver.AccordProperties.Limits;
import org.accordhie.fhirserver.RequestContext;
import org.accordhie.fhirserver.RequestLine;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.fhirserver.ToldResources;
import org.accordhie.smart.AccessGrant;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.Interaction;
import org.accordhie.vocabulary.Requester;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** What can be asked about consents. Each goes the way of a read; {@code docs/consent.md} says who may ask. */
final class ConsentOperations implements IResourceProvider {

    private final RequestLine line;
    private final ConsentReports reports;
    private final Limits limits;

    ConsentOperations(RequestLine line, ConsentReports reports, Limits limits) {
        this.line = line;
        this.reports = reports;
        this.limits = limits;
    }

    @Override
    public Class<? extends IBaseResource> getResourceType() {
        return Consent.class;
    }

    /** What would be said if this consent were written. Source: FHIR R4, $validate. */
    @Operation(name = "$validate")
    public OperationOutcome validate(
            @OperationParam(name = "resource", min = 1, max = 1) @Nullable Consent consent, RequestDetails request) {
        return told(Interaction.READ, "", request, () -> {
            if (consent == null) {
                throw new InvalidRequestException("`resource` must be a Consent");
            }
            return reports.validate(consent, requesterOf(request));
        });
    }

    /** Whether a consent is carried out, and if not, why not. */
    @Operation(name = "$enforcement-status", idempotent = true)
    public Parameters status(@IdParam IdType id, RequestDetails request) {
        return told(Interaction.READ, id.getIdPart(), request, () -> reports.status(id.toVersionless(), request));
    }

    /** What officers must look at, or, with a state, what has it. */
    @Operation(name = "$worklist", idempotent = true)
    public Parameters worklist(
            @OperationParam(name = "status") @Nullable List<CodeType> states,
            @Count @Nullable IntegerType count,
            @Offset @Nullable IntegerType offset,
            RequestDetails request) {
        return told(Interaction.SEARCH_TYPE, "", request, () -> {
            requireOfficer(request);
            return reports.worklist(statesOf(states), bounded("_count", count), from(offset), request);
        });
    }

    /** What happened to consents, oldest first. */
    @Operation(name = "$changes", idempotent = true)
    public Parameters changes(
            @OperationParam(name = "after", max = 1) @Nullable StringType after,
            @Count @Nullable IntegerType count,
            RequestDetails request) {
        return told(Interaction.SEARCH_TYPE, "", request, () -> {
            requireOfficer(request);
            return reports.changes(number(after), bounded("_count", count), request);
        });
    }

    private <T extends Resource> T told(
            Interaction interaction, String id, RequestDetails request, Supplier<Report<T>> report) {
        var asked = new RequestedInteraction(interaction, "Consent", id, false, request);
        return line.read(asked, report, ToldResources.<Report<T>>beside(Report::consents))
                .answer();
    }

    private static void requireOfficer(RequestDetails request) {
        if (!requesterOf(request).is(ExchangeRole.PRIVACY_OFFICER)) {
            throw new ForbiddenOperationException("not permitted");
        }
    }

    private static Requester requesterOf(RequestDetails request) {
        return RequestContext.get(request, AccessGrant.class)
                .map(AccessGrant::requester)
                .orElseThrow(() -> new ForbiddenOperationException("not permitted"));
    }

    private static Set<State> statesOf(@Nullable List<CodeType> codes) {
        if (codes == null) {
            return Set.of();
        }
        return codes.stream()
                .map(code -> Arrays.stream(State.values())
                        .filter(state -> state.code().equals(code.getValue()))
                        .findFirst()
                        .orElseThrow(() -> new InvalidRequestException("`status` must be one of "
                                + Arrays.stream(State.values()).map(State::code).collect(Collectors.joining(", ")))))
                .collect(Collectors.toSet());
    }

    private int bounded(String name, @Nullable IntegerType count) {
        if (count == null) {
            return limits.pageSize();
        }
        if (count.getValue() < 1) {
            throw new InvalidRequestException("`" + name + "` must be 1 or more");
        }
        return Math.min(count.getValue(), limits.maxPageSize());
    }

    private static int from(@Nullable IntegerType offset) {
        if (offset == null) {
            return 0;
        }
        if (offset.getValue() < 0) {
            throw new InvalidRequestException("`_offset` is negative");
        }
        return offset.getValue();
    }

    private static long number(@Nullable StringType after) {
        if (after == null) {
            return 0;
        }
        if (!after.getValue().matches("\\d{1,18}")) {
            throw new InvalidRequestException("`after` is not the number of a change");
        }
        return Long.parseLong(after.getValue());
    }
}
