package org.accordhie.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Somebody's browser at Keycloak's pages, which keeps cookies and sends forms. */
final class KeycloakBrowser {

    private static final Pattern FORM = Pattern.compile("<form[^>]*\\baction=\"([^\"]*)\"");
    private static final Pattern HIDDEN = Pattern.compile("<input[^>]*\\bname=\"code\"[^>]*\\bvalue=\"([^\"]*)\"");
    private static final int MOST_STEPS = 10;

    private final Map<String, String> cookies = new HashMap<>();

    /** Signs in and permits whatever is asked; returns where the browser is sent back to. */
    String launch(String address, String name, String password, String redirect) {
        var answer = given(address, Map.of());
        for (int step = 0; step < MOST_STEPS; step++) {
            var location = answer.header("Location");
            if (location != null && location.startsWith(redirect)) {
                return location;
            }
            answer = location == null ? submitted(answer.asString(), name, password) : given(location, Map.of());
        }
        throw new AssertionError("Keycloak sends nobody back, but says " + answer.asString());
    }

    private Response submitted(String page, String name, String password) {
        var form = FORM.matcher(page);
        assertThat(form.find()).as(page).isTrue();
        var fields = new HashMap<>(Map.of("username", name, "password", password));
        if (page.contains("name=\"accept\"")) {
            fields.put("accept", "Yes");
        }
        var hidden = HIDDEN.matcher(page);
        if (hidden.find()) {
            fields.put("code", hidden.group(1));
        }
        return given(form.group(1).replace("&amp;", "&"), fields);
    }

    private Response given(String address, Map<String, String> fields) {
        var request = RestAssured.given()
                .urlEncodingEnabled(false)
                .redirects()
                .follow(false)
                .cookies(cookies);
        var answer = fields.isEmpty()
                ? request.get(address)
                : RestAssured.given()
                        .redirects()
                        .follow(false)
                        .cookies(cookies)
                        .formParams(fields)
                        .post(URI.create(address));
        cookies.putAll(answer.cookies());
        return answer;
    }
}
