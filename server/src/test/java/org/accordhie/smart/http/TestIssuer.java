package org.accordhie.smart.http;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BinaryOperator;

/** An authorization server on loopback that publishes its metadata and keys, counts who asks, and can fall silent. */
public final class TestIssuer implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final Map<String, Object> description = new ConcurrentHashMap<>();
    private volatile boolean down;

    public TestIssuer(JWK... keys) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        publish("/jwks", new JWKSet(List.of(keys)).toPublicJWKSet().toString());
        answer(
                "/.well-known/oauth-authorization-server",
                (authorization, form) -> JSONObjectUtils.toJSONString(description));
        describe(Map.of("issuer", uri().toString(), "jwks_uri", uri() + "/jwks", "token_endpoint", uri() + "/token"));
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** How often the path was asked for. */
    public int asked(String path) {
        return asked.getOrDefault(path, new AtomicInteger()).get();
    }

    /** Answers everything with 500, or properly again. */
    public void setDown(boolean down) {
        this.down = down;
    }

    public void publish(String path, String document) {
        answer(path, (authorization, form) -> document);
    }

    /** Says more of itself in its metadata, or something else. */
    public void describe(Map<String, ?> members) {
        description.putAll(members);
    }

    /** Answers a form, given what is sent as credentials and in the body. */
    public void answer(String path, BinaryOperator<String> answer) {
        server.createContext(path, exchange -> {
            asked.computeIfAbsent(path, any -> new AtomicInteger()).incrementAndGet();
            var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var authorization = exchange.getRequestHeaders().getFirst("Authorization");
            var body = answer.apply(authorization == null ? "" : authorization, form)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(down ? 500 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
