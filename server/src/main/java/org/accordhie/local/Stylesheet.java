package org.accordhie.local;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/** How the pages look. */
final class Stylesheet extends HttpServlet {

    static final String PATH = "/development.css";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/css;charset=UTF-8");
        try (var file = Stylesheet.class.getResourceAsStream("pages/development.css")) {
            Objects.requireNonNull(file, "the stylesheet is missing from this build")
                    .transferTo(response.getOutputStream());
        }
    }
}
