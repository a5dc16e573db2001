package org.accordhie.smart.web;

import ca.uhn.fhir.context.FhirContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Writes a refusal as an OperationOutcome, in JSON unless the request asks for XML. */
final class RefusalWriter {

    private static final FhirContext FHIR = FhirContext.forR4Cached();

    private RefusalWriter() {}

    static void write(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            String issueCode,
            String diagnostics,
            @Nullable String expression)
            throws IOException {
        var outcome = new OperationOutcome();
        var issue = outcome.addIssue()
                .setSeverity(IssueSeverity.ERROR)
                .setCode(IssueType.fromCode(issueCode))
                .setDiagnostics(diagnostics);
        if (expression != null) {
            issue.addExpression(expression);
        }
        var xml = asksForXml(request);
        var parser = xml ? FHIR.newXmlParser() : FHIR.newJsonParser();
        response.setStatus(status);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentType(xml ? "application/fhir+xml" : "application/fhir+json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write(parser.encodeResourceToString(outcome));
    }

    /** The {@code _format} parameter, else the first of XML and JSON that Accept names. Never reads the body. */
    private static boolean asksForXml(HttpServletRequest request) {
        var query = request.getQueryString();
        if (query != null) {
            var format = Arrays.stream(query.split("&", -1))
                    .filter(parameter -> parameter.startsWith("_format="))
                    .findFirst();
            if (format.isPresent()) {
                return namesXmlFirst(format.get());
            }
        }
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && namesXmlFirst(accept);
    }

    private static boolean namesXmlFirst(String mediaTypes) {
        var text = mediaTypes.toLowerCase(Locale.ROOT).replace("xhtml+xml", "");
        var xml = text.indexOf("xml");
        var json = text.indexOf("json");
        return xml >= 0 && (json < 0 || xml < json);
    }
}
