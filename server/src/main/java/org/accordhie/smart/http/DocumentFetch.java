package org.accordhie.smart.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fetches one small JSON document: at most 512 KiB within five seconds, no redirects. */
public final class DocumentFetch {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 512 * 1024;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(Redirect.NEVER)
            .build();

    /** The document's text, or an exception for every answer but a 200 of bearable size. */
    String fetch(URI address) throws IOException {
        return answer(HttpRequest.newBuilder(address));
    }

    /** The document that answers a form, as {@link #fetch}. */
    String post(URI address, String authorization, String form) throws IOException {
        return answer(HttpRequest.newBuilder(address)
                .header("Authorization", authorization)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private String answer(HttpRequest.Builder request) throws IOException {
        var answer = client.sendAsync(
                request.timeout(PATIENCE).header("Accept", "application/json").build(), BodyHandlers.ofInputStream());
        try {
            return answer.thenApply(DocumentFetch::body).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
            throw new IOException("the issuer gave no usable answer", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the issuer", e);
        }
    }

    private static String body(HttpResponse<InputStream> response) {
        try (var body = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException("the issuer answered with status " + response.statusCode());
            }
            var bytes = body.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("the issuer's document is too large");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
