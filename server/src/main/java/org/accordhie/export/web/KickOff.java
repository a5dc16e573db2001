package org.accordhie.export.web;

import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.accordhie.export.ExportLevel;
import org.accordhie.export.ExportRequest;
import org.accordhie.export.ExportRight;
import org.accordhie.export.MalformedExport;
import org.accordhie.export.NewExport;
import org.accordhie.fhirserver.AccordProperties;
import org.accordhie.fhirserver.ErrorFactory;
import org.accordhie.fhirserver.RequestLine;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.fhirserver.ResourceTypes;
import org.accordhie.vocabulary.Interaction;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** Takes on an export. Source: Bulk Data Access 2.0.0, "Bulk Data Kick-off Request". */
final class KickOff {

    private static final Set<String> ACCEPTED =
            Set.of("application/fhir+json", "application/json", "application/*", "*/*");

    private static final String RETRY_AFTER_SECONDS = "60";

    private final RequestLine line;
    private final ExportRecords records;
    private final GroupMembers groups;
    private final AccordProperties.Export settings;
    private final String base;

    KickOff(
            RequestLine line,
            ExportRecords records,
            GroupMembers groups,
            AccordProperties.Export settings,
            String base) {
        this.line = line;
        this.records = records;
        this.groups = groups;
        this.settings = settings;
        this.base = base;
    }

    /**
     * Answers with the address at which the job can be asked after.
     *
     * @param group whose members it is about; null at other levels
     */
    void start(ExportLevel level, @Nullable IIdType group, ServletRequestDetails request) {
        var asked = asked(level, group, request);
        var members = new ArrayList<String>();
        if (group != null) {
            members.addAll(groups.of(group, ExportRecords.grantOf(asked), asked));
        }
        var job = line.job(
                asked,
                () -> plan(level, members, asked, request),
                export -> export.types().stream().map(type -> part(type, asked)).toList(),
                export -> records.recorded(asked, jobs -> {
                    if (jobs.running(export.grant().requester().clientId()) >= settings.runningPerClient()) {
                        throw tooMany();
                    }
                    return jobs.add(export);
                }));
        answer(job, request);
    }

    private static RequestedInteraction asked(
            ExportLevel level, @Nullable IIdType group, ServletRequestDetails request) {
        return switch (level) {
            case SYSTEM ->
                new RequestedInteraction(
                        Interaction.SEARCH_SYSTEM, "", "", false, RequestedInteraction.EXPORT, request);
            case PATIENT -> part("Patient", "", request);
            case GROUP -> part("Group", group == null ? "" : group.getIdPart(), request);
        };
    }

    private static RequestedInteraction part(String type, RequestedInteraction asked) {
        return part(type, "", (ServletRequestDetails) asked.details());
    }

    private static RequestedInteraction part(String type, String id, ServletRequestDetails request) {
        return new RequestedInteraction(Interaction.SEARCH_TYPE, type, id, false, RequestedInteraction.EXPORT, request);
    }

    private static NewExport plan(
            ExportLevel level, List<String> members, RequestedInteraction asked, ServletRequestDetails request) {
        var grant = ExportRecords.grantOf(asked);
        requireHeaders(request);
        try {
            var export = ExportRequest.parse(level, parameters(request), ResourceTypes.SERVED);
            var types = ExportRight.types(export, grant.scopes(), ResourceTypes.SERVED);
            if (types.isEmpty()) {
                throw new ForbiddenOperationException("not permitted");
            }
            return new NewExport(grant, String.valueOf(request.getCompleteUrl()), export, types, members);
        } catch (MalformedExport malformed) {
            throw new InvalidRequestException(malformed.getMessage(), malformed);
        }
    }

    private static void requireHeaders(ServletRequestDetails request) {
        var preferences = String.join(",", request.getHeaders(Constants.HEADER_PREFER));
        if (Arrays.stream(preferences.split("[,;]", -1))
                .noneMatch(each -> each.strip().equals("respond-async"))) {
            throw new InvalidRequestException("an export needs the header `Prefer: respond-async`");
        }
        var accepted = String.join(",", request.getHeaders(Constants.HEADER_ACCEPT));
        if (!accepted.isBlank()
                && Arrays.stream(accepted.split(",", -1))
                        .noneMatch(each -> ACCEPTED.contains(each.split(";", 2)[0].strip()))) {
            throw BaseServerResponseException.newInstance(
                    406, "the answer to a kick-off is of the type application/fhir+json");
        }
    }

    /** Those of the address, and those of a posted Parameters. */
    private static Map<String, List<String>> parameters(ServletRequestDetails request) {
        var parameters = new LinkedHashMap<String, List<String>>();
        request.getParameters()
                .forEach((name, values) -> parameters
                        .computeIfAbsent(name, key -> new ArrayList<>())
                        .addAll(List.of(values)));
        if (request.getResource() instanceof Parameters posted) {
            for (var each : posted.getParameter()) {
                if (!(each.getValue() instanceof PrimitiveType<?> value)) {
                    throw new InvalidRequestException("the parameters of an export have plain values");
                }
                parameters
                        .computeIfAbsent(String.valueOf(each.getName()), key -> new ArrayList<>())
                        .add(value.getValueAsString());
            }
        } else if (request.getResource() != null) {
            throw new InvalidRequestException("the body of a kick-off must be Parameters");
        }
        return parameters;
    }

    private static BaseServerResponseException tooMany() {
        var refused = BaseServerResponseException.newInstance(429, "too many exports");
        refused.setOperationOutcome(
                ErrorFactory.outcome(IssueType.THROTTLED, "as many exports of this client are running as may at once"));
        refused.addResponseHeader("Retry-After", RETRY_AFTER_SECONDS);
        return refused;
    }

    private void answer(UUID job, ServletRequestDetails request) {
        var response = request.getServletResponse();
        response.setStatus(202);
        response.setHeader("Content-Location", JobStatus.address(base, job));
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(0);
    }
}
