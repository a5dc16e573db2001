package org.accordhie.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody at a browser who launches an app: follows redirects, keeps cookies, fills the forms of the pages. */
public final class LaunchBrowser {

    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");
    private static final Pattern CHECKBOX = Pattern.compile("<input type=\"checkbox\"[^>]*value=\"([^\"]*)\"");

    private static final Pattern RECORD = Pattern.compile("<input type=\"radio\"[^>]*value=\"([^\"]*)\"");

    private final URI issuer;
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(Redirect.NEVER)
            .build();

    /** A browser without cookies, at the machine of the authorization server. */
    public LaunchBrowser(URI issuer) {
        this.issuer = issuer;
    }

    /** Where an app sends the browser. */
    HttpResponse<String> authorize(Map<String, String> parameters) {
        return get(issuer.resolve("/oauth2/authorize?" + encode(parameters)));
    }

    /** Signs in, picks the record, permits the scopes that the page offers and that are not refused; the last redirect. */
    public URI launch(Map<String, String> parameters, String person, String patient, String... refused) {
        var scopes = scopesPage(parameters, person, patient);
        var fields = hidden(scopes.body());
        var form = new ArrayList<String>();
        fields.forEach((name, value) -> form.add(name + "=" + encode(value)));
        offered(scopes.body()).stream()
                .filter(scope -> !List.of(refused).contains(scope))
                .forEach(scope -> form.add("scope=" + encode(scope)));
        return location(post("/oauth2/authorize", String.join("&", form)));
    }

    /** Signs in and picks the record. */
    HttpResponse<String> scopesPage(Map<String, String> parameters, String person, String patient) {
        var picker = picker(parameters, person);
        var form = hidden(picker.body());
        form.put("patient", patient);
        return get(location(post("/launch/patient", encode(form))));
    }

    /** Signs in. */
    public HttpResponse<String> picker(Map<String, String> parameters, String person) {
        var signIn = get(location(authorize(parameters)));
        assertThat(signIn.body()).contains("Development only", "<h1>Sign in</h1>");
        var form = hidden(signIn.body());
        form.put("username", person);
        var request = get(location(post("/login", encode(form))));
        return get(location(request));
    }

    HttpResponse<String> get(URI address) {
        return send(HttpRequest.newBuilder(address).build());
    }

    HttpResponse<String> post(String path, String form) {
        return send(HttpRequest.newBuilder(issuer.resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
    }

    URI location(HttpResponse<?> response) {
        return issuer.resolve(response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError(response.statusCode() + " " + response.body())));
    }

    static Map<String, String> hidden(String page) {
        var fields = new LinkedHashMap<String, String>();
        var inputs = HIDDEN.matcher(page);
        while (inputs.find() && !fields.containsKey(inputs.group(1))) {
            fields.put(inputs.group(1), inputs.group(2).replace("&amp;", "&"));
        }
        return fields;
    }

    static List<String> offered(String page) {
        return CHECKBOX.matcher(page)
                .results()
                .map(found -> found.group(1).replace("&amp;", "&"))
                .toList();
    }

    /** The records that the patient picker offers, as ids. */
    public static List<String> records(String page) {
        return RECORD.matcher(page).results().map(found -> found.group(1)).toList();
    }

    /** What proves, with PKCE's method S256, that the verifier was known. */
    public static String challenge(String verifier) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError(missing);
        }
    }

    /** The parameters an app is sent back with. */
    static Map<String, String> parameters(URI address) {
        return List.of(address.getRawQuery().split("&", -1)).stream()
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    /** The code an app is sent back with. */
    public static String code(URI address) {
        return Objects.requireNonNull(parameters(address).get("code"), address::toString);
    }

    static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
