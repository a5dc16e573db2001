package org.accordhie.worlds;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What came back.
 *
 * @param status of HTTP
 * @param headers by their names in small letters
 * @param body as text
 * @param nanos how long it took
 */
record Answer(int status, Map<String, String> headers, String body, long nanos) {

    /** Of the transport, the moment, and the request. */
    private static final Set<String> NOT_COMPARED = Set.of(
            "date", "x-request-id", "content-length", "connection", "keep-alive", "transfer-encoding", ":status");

    private static final Pattern INSTANT =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(?:Z|[+-]\\d\\d:\\d\\d)");
    private static final Pattern SERVER = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
    private static final Pattern NEXT =
            Pattern.compile("\"relation\"\\s*:\\s*\"next\",\\s*\"url\"\\s*:\\s*\"([^\"]*)\"");

    Answer {
        headers = Map.copyOf(headers);
    }

    boolean succeeded() {
        return status >= 200 && status < 300;
    }

    /** Where the next page is, if there is one. */
    Optional<String> next() {
        var link = NEXT.matcher(body);
        return link.find() ? Optional.of(link.group(1).replace("\\u0026", "&")) : Optional.empty();
    }

    /** All that a reader could notice, with the names of both worlds instead of the ids and addresses of one. */
    String told(Names names) {
        var told = new StringBuilder().append(status).append('\n');
        var kept = new TreeMap<>(headers);
        kept.keySet().removeAll(NOT_COMPARED);
        kept.replaceAll((name, value) -> name.equals("last-modified") ? "[time]" : value);
        kept.forEach(
                (name, value) -> told.append(name).append(": ").append(value).append('\n'));
        told.append(body);
        var timeless = INSTANT.matcher(told.toString()).replaceAll("[time]");
        return names.tell(SERVER.matcher(timeless).replaceAll("[server]"));
    }
}
