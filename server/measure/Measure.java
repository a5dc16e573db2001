import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

/** Times what a client waits for; called by measure.sh, and prints numbers only. */
public final class Measure {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private Measure() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "answered" -> answered(URI.create(arguments[1]), Integer.parseInt(arguments[2]));
            case "reads" -> reads(arguments[1], arguments[2], Integer.parseInt(arguments[3]));
            default -> throw new IllegalArgumentException("answered URL SECONDS | reads FHIR-URL TOKEN-URL COUNT");
        }
    }

    /** Waits for the first answer. */
    private static void answered(URI address, int seconds) throws InterruptedException {
        var end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (System.nanoTime() < end) {
            try {
                var request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(60)).build();
                if (HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // The next try comes soon enough.
            }
            Thread.sleep(50);
        }
        System.exit(1);
    }

    /** Reads one Patient again and again at one client over one connection: as often to warm up as to measure. */
    private static void reads(String fhir, String tokens, int count) throws Exception {
        var renewed = System.nanoTime();
        var token = token(tokens);
        var patient = first("\"resourceType\":\\s*\"Patient\",\\s*\"id\":\\s*\"([^\"]+)\"", get(fhir + "/Patient?_count=1", token).body());
        var address = fhir + "/Patient/" + patient;
        var nanos = new long[count];
        for (int read = -count; read < count; read++) {
            if (System.nanoTime() - renewed > Duration.ofMinutes(2).toNanos()) {
                renewed = System.nanoTime();
                token = token(tokens);
            }
            var started = System.nanoTime();
            var response = get(address, token);
            var took = System.nanoTime() - started;
            if (response.statusCode() != 200) {
                throw new IllegalStateException("a read is answered with " + response.statusCode());
            }
            if (read >= 0) {
                nanos[read] = took;
            }
        }
        Arrays.sort(nanos);
        System.out.printf(Locale.ROOT, "%.1f %.1f%n", nanos[count / 2] / 1e6, nanos[count * 95 / 100] / 1e6);
    }

    private static HttpResponse<String> get(String address, String token) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/fhir+json")
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    /** For the hospital that pushed nothing of the sample, and reads as any partner does. */
    private static String token(String tokens) throws Exception {
        var credentials = "dev-lakeside-hospital:development-only-lakeside-hospital".getBytes(StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(URI.create(tokens))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials&scope="
                        + URLEncoder.encode("system/Patient.rs", StandardCharsets.UTF_8)))
                .build();
        return first("\"access_token\":\"([^\"]+)\"", HTTP.send(request, BodyHandlers.ofString()).body());
    }

    private static String first(String pattern, String text) {
        var match = Pattern.compile(pattern).matcher(text);
        if (!match.find()) {
            throw new IllegalStateException("not found in an answer: " + pattern);
        }
        return match.group(1);
    }
}
