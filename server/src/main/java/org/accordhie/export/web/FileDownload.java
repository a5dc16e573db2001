package org.accordhie.export.web;

import ca.uhn.fhir.interceptor.api.HookParams;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.accordhie.audit.TrailReach;
import org.accordhie.audit.fhir.TrailExport;
import org.accordhie.export.ExportJob;
import org.accordhie.export.jpa.ExportJobs.Contents;
import org.accordhie.export.jpa.ReleasedRows;
import org.accordhie.fhirserver.RequestLine;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.fhirserver.ToldResources;
import org.accordhie.vocabulary.Interaction;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;

/**
 * Writes out a file: what the job listed, read again slice by slice, each as any read of storage, under the token of the
 * moment. A slice that fails breaks the connection, so that half a file is not taken for a whole one.
 */
final class FileDownload {

    private static final int SLICE = 200;

    private final RequestLine line;
    private final ExportRecords records;
    private final ReleasedRows rows;
    private final TrailExport trail;

    FileDownload(RequestLine line, ExportRecords records, ReleasedRows rows, TrailExport trail) {
        this.line = line;
        this.records = records;
        this.rows = rows;
        this.trail = trail;
    }

    void write(ServletRequestDetails request) throws IOException {
        var asked = new RequestedInteraction(
                Interaction.SEARCH_TYPE, typeOf(request), "", false, RequestedInteraction.EXPORT, request);
        var listed = listed(asked, request);
        var response = request.getServletResponse();
        for (int from = 0; from < listed.size(); from += SLICE) {
            var found = read(asked, listed.slice(from, from + SLICE), request);
            var text = ndjson(found, request);
            if (from == 0) {
                response.setStatus(200);
                response.setContentType("application/fhir+ndjson");
                response.setHeader("Cache-Control", "no-store");
            }
            response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            // From here on a failure can only break off.
            response.flushBuffer();
        }
    }

    private List<? extends IBaseResource> read(
            RequestedInteraction asked, Contents slice, ServletRequestDetails request) {
        return asked.resourceType().equals(TrailReach.TYPE)
                ? line.own(asked, () -> trail.read(asked, slice.events()))
                : line.read(
                        asked,
                        () -> rows.load(asked.resourceType(), slice.resources(), request),
                        ToldResources.inList());
    }

    /** Empty where the address names none, so that the refusal can be recorded. */
    private static String typeOf(ServletRequestDetails request) {
        try {
            return JobStatus.fileOf(request).type();
        } catch (ResourceNotFoundException none) {
            return "";
        }
    }

    private Contents listed(RequestedInteraction asked, ServletRequestDetails request) {
        return line.job(asked, () -> JobStatus.jobOf(request), each -> List.of(), id -> {
            var requester = ExportRecords.grantOf(asked).requester();
            var file = JobStatus.fileOf(request);
            var listed = records.seen(jobs -> jobs.find(id, requester)
                    .filter(job -> job.state() == ExportJob.State.COMPLETE)
                    .map(job -> jobs.contents(id, file))
                    .orElse(Contents.NONE));
            if (listed.size() == 0) {
                throw JobStatus.notFound();
            }
            return listed;
        });
    }

    private static String ndjson(List<? extends IBaseResource> resources, ServletRequestDetails request) {
        var answer = new Bundle();
        resources.forEach(resource -> answer.addEntry().setResource((Resource) resource));
        goOut(answer, request);
        var parser = request.getFhirContext().newJsonParser();
        return answer.getEntry().stream()
                .map(entry -> parser.encodeResourceToString(entry.getResource()) + "\n")
                .collect(Collectors.joining());
    }

    /** Past the same hooks as every answer, which HAPI calls by itself for answers that it writes. */
    private static void goOut(Bundle answer, ServletRequestDetails request) {
        var parameters = new HookParams()
                .add(RequestDetails.class, request)
                .add(ServletRequestDetails.class, request)
                .add(IBaseResource.class, answer)
                .add(ResponseDetails.class, new ResponseDetails(answer))
                .add(HttpServletRequest.class, request.getServletRequest())
                .add(HttpServletResponse.class, request.getServletResponse());
        request.getInterceptorBroadcaster().callHooks(Pointcut.SERVER_OUTGOING_RESPONSE, parameters);
    }
}
