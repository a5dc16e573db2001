package org.accordhie.exchange;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.accordhie.local.EmbeddedDatabase;
import org.jspecify.annotations.Nullable;

/** One of several exchanges on a database, each a process that is killed and started again. Thread-safe. */
final class Node {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final String name;
    private final EmbeddedDatabase database;
    private final Map<String, Object> settings;
    private volatile @Nullable Life life;

    Node(String name, EmbeddedDatabase database) {
        this.name = name;
        this.database = database;
        this.settings = new LinkedHashMap<>(FreshExchange.settings());
        settings.remove("accord.database.port");
        settings.remove("accord.database.directory");
        // PostgreSQL tells by this name which sessions are this node's.
        settings.put("accord.database.url", database.url() + "?ApplicationName=" + name);
        settings.put("accord.database.user", database.serverUser());
        settings.put("accord.database.password", database.password());
        settings.put("accord.database.owner", database.user());
        settings.put("accord.database.owner-password", database.password());
    }

    /**
     * One process of the node, from its start to its end.
     *
     * @param server what runs
     * @param tokens of each partner that has asked
     * @param over open once nothing that it was asked can still have an effect
     */
    record Life(SecondServer server, Map<Partner, String> tokens, CountDownLatch over) {}

    /**
     * What a node answered.
     *
     * @param location the {@code Location} header; empty where there is none
     */
    record Answer(int status, String body, String location) {}

    String name() {
        return name;
    }

    /** Returns once the node answers. */
    void start() throws IOException, InterruptedException {
        life = new Life(SecondServer.start(settings), new ConcurrentHashMap<>(), new CountDownLatch(1));
    }

    /** The process; null while the node is down. */
    @Nullable
    Life life() {
        return life;
    }

    /** Without warning. Returns once PostgreSQL has ended, one way or the other, what the node had begun. */
    void kill() throws InterruptedException, SQLException {
        var dying = life;
        if (dying == null) {
            return;
        }
        life = null;
        dying.server().kill();
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var sessions = connection.prepareStatement(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = ?")) {
            sessions.setString(1, name);
            while (true) {
                try (var rows = sessions.executeQuery()) {
                    rows.next();
                    if (rows.getInt(1) == 0) {
                        break;
                    }
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
        dying.over().countDown();
    }

    void stop() throws InterruptedException {
        var ending = life;
        life = null;
        if (ending != null) {
            ending.server().stop();
        }
    }

    /** An address of the node's, from one relative to its base. */
    private URI address(String path) {
        return URI.create(
                "http://127.0.0.1:" + settings.get("server.port") + "/fhir" + (path.isEmpty() ? "" : "/") + path);
    }

    /**
     * Asks the running process.
     *
     * @throws ConnectException if it was not even asked
     * @throws IOException if it was asked and did not answer
     */
    Answer send(Life asked, Request request) throws IOException, InterruptedException {
        var answer = sendOnce(asked, request);
        if (answer.status() == 401) {
            asked.tokens().clear();
            return sendOnce(asked, request);
        }
        return answer;
    }

    private Answer sendOnce(Life asked, Request request) throws IOException, InterruptedException {
        var token = token(asked, request.by());
        var http = HttpRequest.newBuilder(address(request.path()))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header(
                        "Content-Type",
                        request.path().endsWith("/_search")
                                ? "application/x-www-form-urlencoded"
                                : "application/fhir+json")
                .method(
                        request.method(),
                        request.body().isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(request.body()))
                .build();
        var response = HTTP.send(http, HttpResponse.BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.body(),
                response.headers().firstValue("Location").orElse(""));
    }

    private static String token(Life asked, Partner partner) throws ConnectException {
        var known = asked.tokens().get(partner);
        if (known != null) {
            return known;
        }
        try {
            var token = asked.server().as(partner).token();
            asked.tokens().put(partner, token);
            return token;
        } catch (Exception noToken) {
            var unasked = new ConnectException(
                    "no token from " + asked.server().settings().get("server.port"));
            unasked.initCause(noToken);
            throw unasked;
        }
    }

    /**
     * What a node is asked.
     *
     * @param path relative to the base
     * @param body empty for none
     */
    record Request(Partner by, String method, String path, String body) {

        static Request get(Partner by, String path) {
            return new Request(by, "GET", path, "");
        }
    }
}
