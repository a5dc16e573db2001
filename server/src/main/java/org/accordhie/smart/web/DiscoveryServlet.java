package org.accordhie.smart.web;

import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.accordhie.fhirserver.OutcomeWriter;
import org.springframework.http.HttpHeaders;

/**
 * Serves {@code /fhir/.well-known}: the SMART configuration as plain JSON whatever Accept says, and nothing else.
 *
 * <p>Source: SMART App Launch 2.2.0, "Using {@code .well-known}"; UDAP Security, "Discovery": 404 says there is no UDAP.
 */
final class DiscoveryServlet extends HttpServlet {

    private static final JsonMapper JSON = new JsonMapper();

    private final transient SmartDiscovery discovery;

    DiscoveryServlet(SmartDiscovery discovery) {
        this.discovery = discovery;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!"/smart-configuration".equals(request.getPathInfo())) {
            new OutcomeWriter().write(request, response, 404, "not-found", "there is no such document", null);
            return;
        }
        byte[] body;
        try {
            body = JSON.writeValueAsBytes(discovery.configuration().members());
        } catch (IOException e) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "5");
            new OutcomeWriter()
                    .write(
                            request,
                            response,
                            503,
                            "transient",
                            "the authorization server does not answer at the moment",
                            null);
            return;
        }
        response.setContentType("application/json");
        response.getOutputStream().write(body);
    }
}
