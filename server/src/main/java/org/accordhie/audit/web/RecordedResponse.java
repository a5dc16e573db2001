package org.accordhie.audit.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;

/** An answer of which nothing leaves before a step has run with the status known. Of one thread. */
final class RecordedResponse extends HttpServletResponseWrapper {

    private final Runnable before;
    private boolean isRun;
    private boolean isRunning;

    RecordedResponse(HttpServletResponse response, Runnable before) {
        super(response);
        this.before = before;
    }

    /** Runs the step unless it has run; where it fails, it is tried again before anything else leaves. */
    void leave() {
        if (isRun || isRunning) {
            return;
        }
        isRunning = true;
        try {
            before.run();
            isRun = true;
        } finally {
            isRunning = false;
        }
    }

    /** What was to leave does not: another answer follows, which has a status of its own. */
    @Override
    public void reset() {
        super.reset();
        isRun = false;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        leave();
        return super.getOutputStream();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        leave();
        return super.getWriter();
    }

    @Override
    public void flushBuffer() throws IOException {
        leave();
        super.flushBuffer();
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        setStatus(status);
        leave();
        super.sendError(status, message);
    }

    @Override
    public void sendError(int status) throws IOException {
        setStatus(status);
        leave();
        super.sendError(status);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        setStatus(SC_FOUND);
        leave();
        super.sendRedirect(location);
    }
}
