package org.accordhie.export.web;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.server.exceptions.MethodNotAllowedException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.io.IOException;

/** Where a job is asked after, ended, and its files fetched. Source: Bulk Data Access 2.0.0, "Endpoints". */
final class JobRoutes {

    static final String STATUS = "$export-poll-status";
    static final String FILE = "$export-file";

    private final JobStatus status;
    private final FileDownload files;

    JobRoutes(JobStatus status, FileDownload files) {
        this.status = status;
        this.files = files;
    }

    /** How far a job is; with DELETE, its end. */
    @Operation(name = STATUS, idempotent = true, deleteEnabled = true, manualResponse = true)
    public void status(ServletRequestDetails request) throws IOException {
        switch (request.getRequestType()) {
            case GET -> status.tell(request);
            case DELETE -> status.end(request);
            default -> throw new MethodNotAllowedException("a job is asked after with GET and ended with DELETE");
        }
    }

    /** One file of a job that is complete. */
    @Operation(name = FILE, idempotent = true, manualResponse = true)
    public void file(ServletRequestDetails request) throws IOException {
        if (request.getRequestType() != RequestTypeEnum.GET) {
            throw new MethodNotAllowedException("a file is fetched with GET");
        }
        files.write(request);
    }
}
