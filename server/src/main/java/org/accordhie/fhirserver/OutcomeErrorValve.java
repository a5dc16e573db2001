package org.accordhie.fhirserver;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** Answers what Tomcat itself refuses, such as a malformed request line, with an OperationOutcome instead of its own page. */
public final class OutcomeErrorValve extends ErrorReportValve {

    private static final String OUTCOME = """
            {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"%s","diagnostics":"%s"}]}""";

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        var status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        var ours = status >= 500;
        response.setContentType("application/fhir+json");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        try {
            response.getReporter()
                    .write(OUTCOME.formatted(
                            ours ? "exception" : "invalid", ours ? "the server failed" : "the request is malformed"));
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            // The client has hung up, so there is nobody to tell.
            container.getLogger().debug("nobody to answer", gone);
        }
    }
}
