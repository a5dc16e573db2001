package org.accordhie.local;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** Where one says who one is. */
final class SignInPage extends HttpServlet {

    static final String PATH = "/login";

    private final transient DevelopmentPatients patients;

    SignInPage(DevelopmentPatients patients) {
        this.patients = patients;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Page.SIGN_IN.write(
                response,
                HttpServletResponse.SC_OK,
                Map.of(
                        "csrf", request.getAttribute("_csrf"),
                        "unknown", request.getParameter("error") != null,
                        "people", patients.people()));
    }
}
