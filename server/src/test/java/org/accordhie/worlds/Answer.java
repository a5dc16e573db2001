package org.accordhie.worlds;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What came back.
 *
 * @param status of HTTP
 * @param headers by their names in small letters
 * @param body as text
 * @param nanos how long it took
 */
record Answer(int status, Map<String, String> headers, String body, long nanos) {

    /** The status of a bundle's entry that the exchange could not answer. */
    private static final Pattern FAILED_ENTRY = Pattern.compile("\"status\"\\s*:\\s*\"5|<status value=\"5");

    /** Of the transport, the moment, and the request. */
    private static final Set<String> NOT_COMPARED =
            Set.of("date", "x-request-id", "connection", "keep-alive", ":status");

    private static final String LENGTH = "content-length";
    private static final Pattern SERVER = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
    private static final Pattern NEXT =
            Pattern.compile("\"relation\"\\s*:\\s*\"next\",\\s*\"url\"\\s*:\\s*\"([^\"]*)\"");
    /** What somebody asked, as an AuditEvent tells it. */
    private static final Pattern QUERY = Pattern.compile("(\"query\"\\s*:\\s*\"|<query value=\")([A-Za-z0-9+/=]{8,})");

    Answer {
        headers = Map.copyOf(headers);
    }

    /** Whether the exchange failed, in all or in an entry. */
    boolean isFailure() {
        return status >= 500 || FAILED_ENTRY.matcher(body).find();
    }

    boolean succeeded() {
        return status >= 200 && status < 300;
    }

    /** Where the next page is, if there is one. */
    Optional<String> next() {
        var link = NEXT.matcher(body);
        return link.find() ? Optional.of(link.group(1).replace("\\u0026", "&")) : Optional.empty();
    }

    /**
     * All that a reader could notice, with the names of both worlds instead of the ids and addresses of one, and without the
     * moments at which the server did something. The lines of a file of an export are in the order of the alphabet.
     */
    String told(Names names) {
        var told = new StringBuilder().append(status).append('\n');
        var kept = new TreeMap<>(headers);
        kept.keySet().removeAll(NOT_COMPARED);
        kept.computeIfPresent(LENGTH, (name, value) -> length(Integer.parseInt(value)));
        kept.forEach(
                (name, value) -> told.append(name).append(": ").append(value).append('\n'));
        if (headers.getOrDefault("content-type", "").contains("ndjson")) {
            return named(told.toString(), names)
                    + Arrays.stream(body.split("\n", -1))
                            .map(line -> named(line, names))
                            .sorted()
                            .collect(Collectors.joining("\n"));
        }
        return named(told.append(body).toString(), names);
    }

    /** Moments are not all of the same length. */
    private String length(int told) {
        return String.valueOf(told - Moments.lengthIn(body));
    }

    private static String named(String text, Names names) {
        var decoded = QUERY.matcher(text)
                .replaceAll(query -> Matcher.quoteReplacement(query.group(1) + decoded(query.group(2))));
        return Unordered.sorted(
                names.tell(SERVER.matcher(Moments.masked(decoded)).replaceAll("[server]")));
    }

    private static String decoded(String query) {
        return new String(Base64.getDecoder().decode(query), StandardCharsets.UTF_8);
    }
}
