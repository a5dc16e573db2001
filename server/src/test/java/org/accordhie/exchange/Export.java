package org.accordhie.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * A bulk export, as its client sees it.
 *
 * @param caller the client
 * @param status where it is asked after
 */
record Export(Caller caller, String status) {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Asks for an export. */
    static Response ask(Caller caller, String path) {
        return caller.given()
                .header("Prefer", "respond-async")
                .accept("application/fhir+json")
                .get(caller.base() + "/" + path);
    }

    /** An export that is taken on. */
    static Export of(Caller caller, String path) {
        var answer = ask(caller, path);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(202);
        return new Export(caller, answer.header("Content-Location"));
    }

    /** The same job, asked after by somebody else. */
    Export by(Caller other) {
        return new Export(other, status);
    }

    Response poll() {
        return caller.get(status);
    }

    /** What is told of it once it is complete. */
    JsonNode manifest() throws InterruptedException {
        var until = System.nanoTime() + PATIENCE.toNanos();
        var answer = poll();
        while (answer.statusCode() == 202) {
            assertThat(answer.header("X-Progress")).contains("types listed");
            assertThat(answer.header("Retry-After")).matches("\\d+");
            assertThat(System.nanoTime()).as("the export ends in time").isLessThan(until);
            TimeUnit.MILLISECONDS.sleep(200);
            answer = poll();
        }
        return Caller.json(answer);
    }

    /** The addresses of its files. */
    List<String> files() throws InterruptedException {
        var files = new ArrayList<String>();
        manifest().path("output").forEach(each -> files.add(each.path("url").asText()));
        return files;
    }

    /** The resources of a file. */
    List<JsonNode> lines(String file) {
        var answer = caller.given().accept("application/fhir+ndjson").get(file);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("application/fhir+ndjson");
        return answer.asString().lines().map(Caller::tree).toList();
    }

    /** The addresses of all resources in all files, each of which is there once. */
    Set<String> resources() throws InterruptedException {
        var resources = new TreeSet<String>();
        for (var file : files()) {
            for (var resource : lines(file)) {
                assertThat(resources.add(addressOf(resource)))
                        .as("%s is there once", addressOf(resource))
                        .isTrue();
            }
        }
        return resources;
    }

    static String addressOf(JsonNode resource) {
        return resource.path("resourceType").asText() + "/"
                + resource.path("id").asText();
    }

    void delete() {
        caller.delete(status).then().statusCode(202);
    }
}
