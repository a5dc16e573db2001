package org.accordhie.fhirserver.gate;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.accordhie.fhirserver.OutcomeWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The outermost filter: turns whatever escapes the rest into a constant answer, and keeps its words out of the log. */
public final class LastResortFilter implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(LastResortFilter.class);
    private static final int MAX_CAUSES = 6;
    private static final int MAX_FRAMES = 40;

    private final OutcomeWriter outcomes;

    public LastResortFilter(OutcomeWriter outcomes) {
        this.outcomes = outcomes;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (Throwable escaped) {
            // Errors too: one request that exhausts the stack or the memory must not end in the container's page.
            answer((HttpServletRequest) request, (HttpServletResponse) response, escaped);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, Throwable escaped)
            throws IOException {
        var id = UUID.randomUUID();
        LOG.error("error {}{}", id, trace(escaped));
        if (response.isCommitted()) {
            // Half an answer is out; a broken connection is the only way left to say that it is not whole.
            throw new IOException("answer broken off, error " + id);
        }
        response.reset();
        outcomes.write(
                request,
                response,
                500,
                "exception",
                "The server could not answer this request; error " + id + ".",
                null);
    }

    /** Classes and frames, never messages: those may quote a patient's data. */
    private static String trace(Throwable escaped) {
        var trace = new StringBuilder();
        @Nullable Throwable cause = escaped;
        for (var i = 0; i < MAX_CAUSES && cause != null; i++) {
            trace.append("\n  ").append(cause.getClass().getName());
            var frames = cause.getStackTrace();
            for (var j = 0; j < Math.min(frames.length, MAX_FRAMES); j++) {
                trace.append("\n    at ").append(frames[j]);
            }
            cause = cause.getCause();
        }
        return trace.toString();
    }
}
