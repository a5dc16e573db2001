package org.accordhie.local.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** An exchange that answers as it is told, and remembers what it was sent. */
final class StubExchange implements AutoCloseable {

    static final String STORED =
            "{\"resourceType\":\"Bundle\",\"type\":\"transaction-response\",\"entry\":[{\"response\":{\"status\":\"201 Created\"}}]}";

    final List<String> pushed = new ArrayList<>();
    final List<String> queries = new ArrayList<>();
    final List<String> authorizations = new ArrayList<>();
    final List<String> tokenRequests = new ArrayList<>();
    private final Deque<Reply> replies = new ArrayDeque<>();
    private final HttpServer server;

    private record Reply(int status, String body) {}

    private StubExchange(HttpServer server) {
        this.server = server;
    }

    static StubExchange start() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var stub = new StubExchange(server);
        server.createContext("/token", stub::token);
        server.createContext("/fhir", stub::bundle);
        server.createContext("/fhir/.well-known/smart-configuration", stub::discovery);
        server.start();
        return stub;
    }

    /** The next answer; without one it stores everything. */
    StubExchange reply(int status, String body) {
        replies.add(new Reply(status, body));
        return this;
    }

    String url() {
        return root() + "/fhir";
    }

    private String root() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void discovery(HttpExchange http) throws IOException {
        answer(http, 200, "{\"token_endpoint\":\"" + root() + "/token\"}");
    }

    private void token(HttpExchange http) throws IOException {
        tokenRequests.add(text(http));
        answer(http, 200, "{\"access_token\":\"token-" + tokenRequests.size() + "\",\"expires_in\":300}");
    }

    private void bundle(HttpExchange http) throws IOException {
        pushed.add(text(http));
        if (http.getRequestURI().getQuery() != null) {
            queries.add(http.getRequestURI().getQuery());
        }
        authorizations.add(http.getRequestHeaders().getFirst("Authorization"));
        var reply = replies.isEmpty() ? new Reply(200, STORED) : replies.remove();
        answer(http, reply.status(), reply.body());
    }

    private static String text(HttpExchange http) throws IOException {
        return new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange http, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        http.sendResponseHeaders(status, bytes.length);
        http.getResponseBody().write(bytes);
        http.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
