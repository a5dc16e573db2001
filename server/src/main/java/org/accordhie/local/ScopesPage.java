package org.accordhie.local;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.accordhie.smart.SmartScope;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;

/** Where one sees what an app asks for, and permits all of it, some or nothing. */
final class ScopesPage extends HttpServlet {

    static final String PATH = "/oauth2/consent";

    private static final Map<String, String> MEANINGS = Map.of(
            "openid",
            "know that it is you",
            "fhirUser",
            "know which record is you",
            "launch/patient",
            "know which record you picked",
            RefreshTokens.OFFLINE,
            "keep its access while you are away",
            RefreshTokens.ONLINE,
            "keep its access while you use it");

    private static final Map<Character, String> LETTERS =
            Map.of('c', "create", 'r', "read", 'u', "update", 'd', "delete", 's', "search");

    private final transient OAuth2AuthorizationService authorizations;

    ScopesPage(OAuth2AuthorizationService authorizations) {
        this.authorizations = authorizations;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var found = Launch.of(request, authorizations);
        if (found.isEmpty()) {
            writeNoLaunch(response);
            return;
        }
        var launch = found.get();
        var patient = launch.patient();
        if (patient == null) {
            response.sendRedirect(launch.addressOf(PatientPicker.PATH));
            return;
        }
        var meanings = new LinkedHashMap<String, String>();
        launch.scopes().forEach(scope -> meanings.put(scope, meaning(scope)));
        Page.SCOPES.write(
                response,
                HttpServletResponse.SC_OK,
                Map.of("state", launch.state(), "client", launch.client(), "patient", patient, "scopes", meanings));
    }

    static void writeNoLaunch(HttpServletResponse response) throws IOException {
        Page.NOTICE.write(
                response,
                HttpServletResponse.SC_BAD_REQUEST,
                Map.of("text", "This launch is not known here, or no longer. Start again from the app."));
    }

    private static String meaning(String scope) {
        return PreauthorizedScopes.parse(scope)
                .map(ScopesPage::meaning)
                .orElseGet(() -> MEANINGS.getOrDefault(scope, scope));
    }

    private static String meaning(SmartScope scope) {
        var letters = "crsud"
                .chars()
                .filter(letter -> scope.letters().contains((char) letter))
                .mapToObj(letter -> LETTERS.getOrDefault((char) letter, ""))
                .collect(Collectors.joining(", "));
        var type = scope.resourceType().equals(SmartScope.ANY_TYPE) ? "everything" : scope.resourceType();
        var only = scope.constraints().stream()
                .map(constraint -> " with " + constraint.param() + " " + String.join(" or ", constraint.values()))
                .collect(Collectors.joining(" and"));
        return letters + " " + type + " of the record" + only;
    }
}
