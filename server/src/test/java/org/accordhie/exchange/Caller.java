package org.accordhie.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody with a token.
 *
 * @param base the exchange's FHIR address
 * @param token theirs
 */
record Caller(String base, String token) {

    static final ObjectMapper JSON = new ObjectMapper();

    /** Without the character set that REST Assured would name, which is not UTF-8. */
    private static final RestAssuredConfig PLAIN = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig()
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                    .defaultContentCharset(StandardCharsets.UTF_8));

    /** A request of theirs, to be finished. */
    RequestSpecification given() {
        return RestAssured.given()
                .config(PLAIN)
                .urlEncodingEnabled(false)
                .auth()
                .oauth2(token)
                .contentType("application/fhir+json")
                .baseUri(base);
    }

    Response get(String path) {
        return given().get(address(path));
    }

    Response post(String path, String body) {
        return given().body(body).post(address(path));
    }

    Response put(String path, String body) {
        return given().body(body).put(address(path));
    }

    Response delete(String path) {
        return given().delete(address(path));
    }

    /** The answer to a search, which must succeed. */
    Found search(String query) {
        return Found.in(json(get(query)));
    }

    /** Every page of a search, in order, as the links lead. */
    List<Found> pages(String query) {
        var pages = new ArrayList<Found>();
        var next = query;
        while (!next.isEmpty()) {
            var page = search(next);
            pages.add(page);
            next = page.next();
            assertThat(pages).as("pages of %s", query).hasSizeLessThan(200);
        }
        return pages;
    }

    /** Sends a bundle of GETs of these addresses, and gives the answer. */
    JsonNode bundle(String type, List<String> addresses) {
        var bundle = JSON.createObjectNode().put("resourceType", "Bundle").put("type", type);
        var entries = bundle.putArray("entry");
        addresses.forEach(address ->
                entries.addObject().putObject("request").put("method", "GET").put("url", address));
        return json(post("", bundle.toString()));
    }

    static JsonNode json(Response response) {
        assertThat(response.statusCode()).as(response.asString()).isBetween(200, 201);
        return tree(response.asString());
    }

    static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new AssertionError("not JSON: " + text, malformed);
        }
    }

    private String address(String path) {
        return path.startsWith("http") || path.isEmpty() ? (path.isEmpty() ? base : path) : base + "/" + path;
    }
}
