package org.accordhie.export.web;

import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.accordhie.export.ExportFile;
import org.accordhie.export.ExportJob;
import org.accordhie.fhirserver.RequestLine;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.vocabulary.Interaction;

/** Says how far a job is, and ends it. Source: Bulk Data Access 2.0.0, "Bulk Data Status Request" and "Delete Request". */
final class JobStatus {

    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String JOB = "_jobId";
    private static final String FILE = "_file";
    private static final String RETRY_AFTER_SECONDS = "2";

    private final RequestLine line;
    private final ExportRecords records;
    private final String base;

    JobStatus(RequestLine line, ExportRecords records, String base) {
        this.line = line;
        this.records = records;
        this.base = base;
    }

    /** Where a job is asked after. */
    static String address(String base, UUID job) {
        return base + "/" + JobRoutes.STATUS + "?" + JOB + "=" + job;
    }

    /** The job that a request is about. One that is not there, never was, or is somebody else's answers the same. */
    static UUID jobOf(ServletRequestDetails request) {
        return Optional.ofNullable(request.getParameters().get(JOB))
                .filter(values ->
                        values.length == 1 && UUID_TEXT.matcher(values[0]).matches())
                .map(values -> UUID.fromString(values[0]))
                .orElseThrow(JobStatus::notFound);
    }

    /** The file that a request is about, in the same way. */
    static ExportFile fileOf(ServletRequestDetails request) {
        return Optional.ofNullable(request.getParameters().get(FILE))
                .filter(values -> values.length == 1)
                .flatMap(values -> ExportFile.parse(values[0]))
                .orElseThrow(JobStatus::notFound);
    }

    static ResourceNotFoundException notFound() {
        return new ResourceNotFoundException("not found");
    }

    void tell(ServletRequestDetails request) throws IOException {
        var asked = new RequestedInteraction(Interaction.READ, "", "", false, JobRoutes.STATUS, request);
        var job = line.job(asked, () -> jobOf(request), each -> List.of(), id -> {
            var requester = ExportRecords.grantOf(asked).requester();
            return records.seen(jobs -> jobs.find(id, requester)).orElseThrow(JobStatus::notFound);
        });
        var response = request.getServletResponse();
        response.setHeader("Cache-Control", "no-store");
        switch (job.state()) {
            case RUNNING -> {
                response.setStatus(202);
                response.setHeader("X-Progress", job.progress());
                response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
                response.setContentLength(0);
            }
            case COMPLETE -> {
                var body = JSON.writeValueAsBytes(manifest(job));
                response.setStatus(200);
                response.setHeader(
                        "Expires",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                job.expires().atOffset(ZoneOffset.UTC)));
                response.setContentType("application/json");
                response.setContentLength(body.length);
                response.getOutputStream().write(body);
            }
            case FAILED -> throw new InternalErrorException("the export was given up");
        }
    }

    private ObjectNode manifest(ExportJob job) {
        var manifest = JSON.createObjectNode()
                .put("transactionTime", job.transactionTime().toString())
                .put("request", job.request())
                .put("requiresAccessToken", true);
        var output = manifest.putArray("output");
        for (var listed : job.files()) {
            output.addObject()
                    .put("type", listed.file().type())
                    .put(
                            "url",
                            base + "/" + JobRoutes.FILE + "?" + JOB + "=" + job.id() + "&" + FILE + "="
                                    + listed.file().name())
                    .put("count", listed.count());
        }
        manifest.putArray("error");
        return manifest;
    }

    void end(ServletRequestDetails request) {
        var asked = new RequestedInteraction(Interaction.DELETE, "", "", false, JobRoutes.STATUS, request);
        line.job(asked, () -> jobOf(request), each -> List.of(), id -> {
            var requester = ExportRecords.grantOf(asked).requester();
            return records.recorded(asked, jobs -> {
                if (!jobs.delete(id, requester)) {
                    throw notFound();
                }
                return id;
            });
        });
        request.getServletResponse().setStatus(202);
        request.getServletResponse().setContentLength(0);
    }
}
