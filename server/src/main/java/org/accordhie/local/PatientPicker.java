package org.accordhie.local;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;

/**
 * Where one says which of one's records the app is for.
 *
 * <p>Source: SMART App Launch 2.2.0, "Apps that launch outside the EHR", {@code launch/patient}.
 */
final class PatientPicker extends HttpServlet {

    static final String PATH = "/launch/patient";

    private final transient OAuth2AuthorizationService authorizations;
    private final transient DevelopmentPatients patients;

    PatientPicker(OAuth2AuthorizationService authorizations, DevelopmentPatients patients) {
        this.authorizations = authorizations;
        this.patients = patients;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var launch = Launch.of(request, authorizations);
        if (launch.isEmpty()) {
            ScopesPage.writeNoLaunch(response);
            return;
        }
        show(launch.get(), request, response, false);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var launch = Launch.of(request, authorizations);
        if (launch.isEmpty()) {
            ScopesPage.writeNoLaunch(response);
            return;
        }
        var patient = request.getParameter("patient");
        if (patient == null || !person(launch.get()).has(patient)) {
            show(launch.get(), request, response, true);
            return;
        }
        authorizations.save(launch.get().about(patient).authorization());
        response.sendRedirect(launch.get().addressOf(ScopesPage.PATH));
    }

    private void show(Launch launch, HttpServletRequest request, HttpServletResponse response, boolean isNoneOfTheirs)
            throws IOException {
        Page.PATIENT_PICKER.write(
                response,
                isNoneOfTheirs ? HttpServletResponse.SC_BAD_REQUEST : HttpServletResponse.SC_OK,
                Map.of(
                        "csrf", request.getAttribute("_csrf"),
                        "state", launch.state(),
                        "client", launch.client(),
                        "none", isNoneOfTheirs,
                        "person", person(launch)));
    }

    private DevelopmentPatients.Person person(Launch launch) {
        return patients.withId(launch.authorization().getPrincipalName())
                .orElseThrow(() -> new IllegalStateException("who signed in is known no longer"));
    }
}
