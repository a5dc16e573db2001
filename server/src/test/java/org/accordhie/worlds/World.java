package org.accordhie.worlds;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One server with its data. Not thread-safe. */
final class World {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern LOCATION = Pattern.compile("[A-Za-z]+/([0-9a-f-]{36})/_history/[0-9]+");

    private final String base;
    private final Credentials credentials;
    private final boolean complete;
    private final Names names = new Names();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Who somebody is, said in headers. */
    interface Credentials {

        /** The headers of a client or reader, whose name may hold ids of the world. */
        Map<String, String> of(String who) throws IOException, InterruptedException;

        /** An answer without what is left to chance on this kind of server. */
        default String certain(String told) {
            return told;
        }

        /** What is sent where something happens that is hidden. */
        default String hide(String body) {
            return body;
        }
    }

    /**
     * A world.
     *
     * @param base its FHIR address
     * @param complete whether it has what is hidden
     */
    World(String base, Credentials credentials, boolean complete) {
        this.base = base;
        this.credentials = credentials;
        this.complete = complete;
    }

    Names names() {
        return names;
    }

    String base() {
        return base;
    }

    /** All of an answer that a reader could notice. */
    String told(Answer answer) {
        return credentials.certain(answer.told(names));
    }

    /** Something happens, if it happens in this world. */
    void happens(Deed deed) throws IOException, InterruptedException {
        if (!deed.happensIn(complete)) {
            return;
        }
        var said = complete ? deed.body() : deed.otherwise();
        var body = deed.hidden() ? credentials.hide(said) : said;
        // By what it is called, since it may happen here with one deed and there with another.
        var which = Map.of(
                SteadyExchange.HEADER,
                String.join(" ", deed.names()) + " " + (deed.names().isEmpty() ? deed.hashCode() : ""));
        var answer = send(deed.who(), deed.method(), deed.path(), which, body.isEmpty() ? null : body);
        if (!answer.succeeded()) {
            throw new IllegalStateException(deed.method() + " " + deed.path() + " by " + deed.who() + ": "
                    + answer.status() + " " + answer.body() + "\n" + body);
        }
        var ids = idsOf(deed, answer);
        for (int index = 0; index < deed.names().size(); index++) {
            names.put(deed.names().get(index), ids.get(index));
        }
    }

    private static List<String> idsOf(Deed deed, Answer answer) {
        var said = deed.path().isEmpty()
                ? LOCATION.matcher(answer.body())
                : LOCATION.matcher(answer.headers().getOrDefault("location", ""));
        return said.results().map(result -> result.group(1)).distinct().toList();
    }

    /**
     * Sends a request.
     *
     * @param which equal in both worlds, and for no other request
     */
    Answer send(String reader, Ask ask, String which) throws IOException, InterruptedException {
        var content = ask.content();
        var headers = new LinkedHashMap<>(ask.headers());
        headers.put(SteadyExchange.HEADER, which);
        if (ask.isForm()) {
            headers.put("Content-Type", "application/x-www-form-urlencoded");
        }
        return send(reader, ask.method(), ask.address(), headers, content.isEmpty() ? null : content);
    }

    private Answer send(String who, String method, String path, Map<String, String> further, @Nullable String body)
            throws IOException, InterruptedException {
        var filled = names.fill(path);
        var address = filled.startsWith("http") ? filled : filled.isEmpty() ? base : base + "/" + filled;
        var request = HttpRequest.newBuilder(URI.create(address))
                .timeout(PATIENCE)
                .method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(names.fill(body), StandardCharsets.UTF_8));
        var headers = new LinkedHashMap<String, String>();
        if (body != null) {
            headers.put("Content-Type", "application/fhir+json");
        }
        headers.putAll(credentials.of(names.fill(who)));
        headers.putAll(further);
        headers.forEach((name, value) -> request.header(name, names.fill(value)));
        var begun = System.nanoTime();
        var response = client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        var took = System.nanoTime() - begun;
        var received = new LinkedHashMap<String, String>();
        response.headers()
                .map()
                .forEach((name, values) -> received.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        return new Answer(response.statusCode(), received, response.body(), took);
    }
}
