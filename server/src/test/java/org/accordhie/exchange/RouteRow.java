package org.accordhie.exchange;

import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A row of {@code docs/routes.md}.
 *
 * @param way what comes in or goes out
 * @param requests routes that are bound or claimed, and requests that are made
 * @param answer {@code open}, {@code closed}, or the statuses of its refusal
 * @param tests each as {@code [package].[Class]#[method]}
 */
record RouteRow(String way, List<String> requests, String answer, List<String> tests) {

    private static final Path TABLE = Path.of("..", "docs", "routes.md");
    private static final Pattern ROW =
            Pattern.compile("\\| (.+) \\| (.*)\\| (open|closed|[0-9, ]+) \\| (.+) \\| (.+) \\|");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "batch");

    RouteRow {
        requests = List.copyOf(requests);
        tests = List.copyOf(tests);
    }

    static List<RouteRow> all() throws IOException {
        try (var lines = Files.lines(TABLE)) {
            return lines.map(ROW::matcher)
                    .filter(Matcher::matches)
                    .map(row -> new RouteRow(
                            row.group(1), quoted(row.group(2)), row.group(3).strip(), quoted(row.group(5))))
                    .toList();
        }
    }

    private static List<String> quoted(String cell) {
        return QUOTED.matcher(cell).results().map(each -> each.group(1)).toList();
    }

    @Override
    public String toString() {
        return way;
    }

    /** Whether the row has a request that is refused. */
    boolean isClosed() {
        return Character.isDigit(answer.charAt(0));
    }

    /** The routes among the requests. */
    List<String> routes() {
        return requests.stream().filter(each -> !isRequest(each)).toList();
    }

    private static boolean isRequest(String text) {
        return METHODS.contains(text.split(" ", 2)[0]);
    }

    /** The status that the clinic hears, or the officer. */
    String expected(boolean officer) {
        var statuses = answer.split(", ", -1);
        return statuses[officer ? statuses.length - 1 : 0];
    }

    /** The status and the body of the answer about an id, which is left out of it. */
    String answerTo(Caller caller, String id) {
        var request = requests.get(0).replace("[id]", id);
        if (request.startsWith("batch ")) {
            return entry(caller, request.substring("batch ".length())).replace(id, "[id]");
        }
        var answer = send(caller, request);
        return (answer.statusCode() + "\n" + answer.asString()).replace(id, "[id]");
    }

    private static Response send(Caller caller, String request) {
        var parts = request.split(" ", 4);
        var method = parts[0];
        var path = parts[1];
        var asked = caller.given();
        if (parts.length == 4) {
            var header = parts[2].substring(0, parts[2].length() - 1);
            asked = header.equals("Content-Type") ? asked.contentType(parts[3]) : asked.header(header, parts[3]);
        }
        if (method.equals("PATCH")) {
            asked.contentType(parts.length == 4 ? parts[3] : "application/json-patch+json")
                    .body("[]");
        } else if (path.endsWith("/_search") || path.equals("_search")) {
            asked.contentType("application/x-www-form-urlencoded").body("_id=x");
        } else if (Set.of("POST", "PUT").contains(method)) {
            asked.body(body(path));
        }
        return asked.request(method, caller.base() + (path.startsWith("?") ? "" : "/") + path);
    }

    private static String body(String path) {
        var parts = path.split("[/?]", -1);
        if (path.contains("$")) {
            return "{\"resourceType\":\"Parameters\"}";
        }
        var id = path.contains("/") && !parts[1].startsWith("_") ? ",\"id\":\"" + parts[1] + "\"" : "";
        return "{\"resourceType\":\"" + parts[0] + "\"" + id + "}";
    }

    private static String entry(Caller caller, String request) {
        var parts = request.split(" ", 2);
        var resource = Set.of("POST", "PUT").contains(parts[0]) ? "\"resource\":" + body(parts[1]) + "," : "";
        var answer = caller.post(
                "",
                "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{" + resource + "\"request\":{\"method\":\""
                        + parts[0] + "\",\"url\":\"" + parts[1] + "\"}}]}");
        if (answer.statusCode() != 200) {
            return answer.statusCode() + "\n" + answer.asString();
        }
        var response = Caller.tree(answer.asString()).path("entry").path(0).path("response");
        return response.path("status").asText().split(" ", 2)[0] + "\n" + response.path("outcome");
    }

    static Stream<RouteRow> closed() throws IOException {
        return all().stream().filter(RouteRow::isClosed);
    }
}
