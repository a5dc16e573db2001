package org.accordhie.local;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/** Tells a person why a launch cannot go on, where the app must not be told. */
final class RefusalPage extends HttpServlet {

    static final String PATH = "/error";

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var why = request.getAttribute(RequestDispatcher.ERROR_MESSAGE);
        var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Page.NOTICE.write(
                response,
                status instanceof Integer code ? code : HttpServletResponse.SC_NOT_FOUND,
                Map.of("text", "This request cannot be answered. " + Objects.requireNonNullElse(why, "")));
    }
}
