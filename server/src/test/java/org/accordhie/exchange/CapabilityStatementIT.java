package org.accordhie.exchange;

import static io.restassured.RestAssured.given;
import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Walks the CapabilityStatement and tries what it claims, and what it does not. */
@ExchangeTest
@DisplayName("D1, D5, D7, D10: what the exchange says of itself is so")
class CapabilityStatementIT {

    private static final String SMART = "http://fhir-registry.smarthealthit.org/StructureDefinition/";
    private static final String BULK_DATA = "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/";

    /** A value of each type of search parameter. */
    private static final Map<String, String> VALUES = Map.of(
            "token", "urn:nowhere%7Cx",
            "string", "x",
            "date", "2024",
            "reference", "Patient/x",
            "number", "1",
            "quantity", "1",
            "uri", "urn:nowhere");

    @Autowired
    Exchange exchange;

    private JsonNode statement = Caller.JSON.createObjectNode();
    private Caller officer = new Caller("", "");

    @BeforeEach
    void read() {
        statement = Caller.tree(given().get(exchange.base() + "/metadata").asString());
        officer = exchange.as(PRIVACY_OFFICER);
    }

    @Test
    @DisplayName("D10: the statement is open to everybody, in both formats")
    void isOpenInBothFormats() {
        assertThat(statement.path("fhirVersion").asText()).isEqualTo("4.0.1");
        assertThat(statement.path("kind").asText()).isEqualTo("instance");
        for (var format : texts(statement.path("format"))) {
            var answer = given().accept(format.contains("/") ? format : "application/fhir+" + format)
                    .get(exchange.base() + "/metadata");
            assertThat(answer.statusCode()).as(format).isEqualTo(200);
        }
        assertThat(given().get(exchange.base() + "/Patient").statusCode()).isEqualTo(401);
    }

    @Test
    @DisplayName("D1, D5, D7: the statement and the SMART configuration tell of the same endpoints and capabilities")
    void tellsOfSmartAsTheDiscoveryDocumentDoes() {
        var configuration = Caller.tree(given().accept("application/fhir+xml")
                .get(exchange.base() + "/.well-known/smart-configuration")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .extract()
                .asString());
        var security = rest().path("security");
        var addresses = new HashMap<String, String>();
        var capabilities = new ArrayList<String>();
        for (var extension : security.path("extension")) {
            if (extension.path("url").asText().equals(SMART + "oauth-uris")) {
                extension
                        .path("extension")
                        .forEach(each -> addresses.put(
                                each.path("url").asText(), each.path("valueUri").asText()));
            } else if (extension.path("url").asText().equals(SMART + "capabilities")) {
                capabilities.add(extension.path("valueCode").asText());
            }
        }

        assertThat(security.path("cors").asBoolean()).isTrue();
        assertThat(security.path("service")
                        .path(0)
                        .path("coding")
                        .path(0)
                        .path("code")
                        .asText())
                .isEqualTo("SMART-on-FHIR");
        assertThat(capabilities).isEqualTo(texts(configuration.path("capabilities")));
        assertThat(addresses.get("token"))
                .isEqualTo(configuration.path("token_endpoint").asText());
        assertThat(addresses.get("authorize")).isEqualTo(textOrNull(configuration, "authorization_endpoint"));
        assertThat(addresses.get("introspect")).isEqualTo(textOrNull(configuration, "introspection_endpoint"));
        assertThat(addresses.get("revoke")).isEqualTo(textOrNull(configuration, "revocation_endpoint"));
    }

    @Test
    @DisplayName("every search parameter is documented, and answered")
    void everySearchParameterIsAnswered() {
        var problems = new TreeSet<String>();
        var tried = 0;
        for (var resource : resources()) {
            var type = resource.path("type").asText();
            for (var parameter : resource.path("searchParam")) {
                var name = parameter.path("name").asText();
                if (parameter.path("documentation").asText().isBlank()) {
                    problems.add(type + "?" + name + " is not documented");
                }
                var answer = officer.get(type + "?" + name + "=" + value(name, parameter) + "&_count=1");
                if (answer.statusCode() != 200) {
                    problems.add(
                            type + "?" + name + " (" + parameter.path("type").asText() + "): " + said(answer));
                }
                tried++;
            }
        }

        assertThat(problems).isEmpty();
        assertThat(tried).isGreaterThan(400);
    }

    @Test
    @DisplayName("every include and reverse include is answered")
    void everyIncludeIsAnswered() {
        var problems = new TreeSet<String>();
        for (var resource : resources()) {
            var type = resource.path("type").asText();
            tryIncludes(type, "_include", texts(resource.path("searchInclude")), problems);
            tryIncludes(type, "_revinclude", texts(resource.path("searchRevInclude")), problems);
        }

        assertThat(problems).isEmpty();
    }

    @Test
    @DisplayName("every interaction of every type is there, and those that are not claimed are not")
    void everyInteractionIsThere() {
        var problems = new TreeSet<String>();
        for (var resource : resources()) {
            var type = resource.path("type").asText();
            var claimed = new TreeSet<String>();
            resource.path("interaction")
                    .forEach(each -> claimed.add(each.path("code").asText()));
            answers(type).forEach((interaction, answer) -> {
                if (claimed.contains(interaction) ? !isThere(answer) : answer.statusCode() < 400) {
                    problems.add(type + " " + interaction + ": " + said(answer));
                }
            });
        }

        assertThat(problems).isEmpty();
    }

    @Test
    @DisplayName("nothing is claimed that has no route: no other patch, no delete of many, no other format")
    void claimsNothingElse() {
        assertThat(texts(statement.path("patchFormat")))
                .containsExactlyInAnyOrder(
                        "application/json-patch+json", "application/fhir+json", "application/fhir+xml");
        assertThat(texts(statement.path("format")))
                .containsExactlyInAnyOrder("json", "xml", "application/fhir+json", "application/fhir+xml");
    }

    @Test
    @DisplayName("conditions are claimed where they are answered, and nowhere else")
    void everyConditionIsThere() {
        var hospital = exchange.as(LAKESIDE_HOSPITAL);
        for (var resource : resources()) {
            var type = resource.path("type").asText();
            var isPushed = !Set.of("AuditEvent", "OperationDefinition").contains(type);
            assertThat(resource.path("conditionalUpdate").asBoolean()).as(type).isEqualTo(isPushed);
            assertThat(resource.path("conditionalCreate").asBoolean()).as(type).isEqualTo(isPushed);
            assertThat(resource.path("conditionalDelete").asText()).as(type).isEqualTo(isPushed ? "single" : "");
            var answer = hospital.delete(type + "?identifier=urn:nowhere%7Cx");
            assertThat(answer.statusCode()).as(type).isIn(isPushed ? Set.of(403, 404) : Set.of(400, 403, 404, 405));
        }
    }

    @Test
    @DisplayName("a search value that has not its type's form is the caller's mistake")
    void malformedValuesAreTheCallersMistake() {
        for (var search : List.of(
                "Location?near=x",
                "Location?near=1%7C",
                "Observation?code-value-string=x",
                "Observation?code-value-quantity=x$",
                "Observation?code-value-date=x$2024$1",
                "DocumentReference?relationship=DocumentReference/x$appends")) {
            assertThat(officer.get(search).statusCode()).as(search).isEqualTo(400);
        }
    }

    @Test
    @DisplayName("the system's interactions are there, and those that are not claimed are not")
    void theSystemsInteractionsAreThere() {
        var claimed = new TreeSet<String>();
        rest().path("interaction").forEach(each -> claimed.add(each.path("code").asText()));

        assertThat(claimed).containsExactlyInAnyOrder("batch", "history-system", "transaction");
        assertThat(officer.get("_history?_count=1").statusCode()).isEqualTo(200);
        assertThat(texts(rest().path("compartment")))
                .containsExactly("http://hl7.org/fhir/CompartmentDefinition/patient");
        for (var type : List.of("batch", "transaction")) {
            assertThat(officer.bundle(type, List.of("Patient?_count=1")).path("entry"))
                    .hasSize(1);
        }
        for (var unclaimed : List.of("$history", "?_type=Patient")) {
            assertThat(officer.get(unclaimed).statusCode()).as(unclaimed).isBetween(400, 499);
        }
    }

    @Test
    @DisplayName("every operation has a definition that can be read, and is there")
    void everyOperationIsThere() {
        var problems = new TreeSet<String>();
        for (var resource : resources()) {
            for (var operation : resource.path("operation")) {
                var address = operation.path("definition").asText();
                if (address.startsWith(BULK_DATA)) {
                    continue;
                }
                var definition = officer.get(address);
                if (definition.statusCode() != 200) {
                    problems.add(address + ": " + said(definition));
                    continue;
                }
                tryOperation(resource.path("type").asText(), Caller.tree(definition.asString()), problems);
            }
        }

        assertThat(problems).isEmpty();
    }

    @Test
    @DisplayName("bulk export is told of as its specification asks, at each level")
    void tellsOfBulkExport() {
        var definitions = new HashMap<String, String>();
        resources()
                .forEach(resource -> resource.path("operation")
                        .forEach(each -> definitions.merge(
                                each.path("name").asText() + " of "
                                        + resource.path("type").asText(),
                                each.path("definition").asText(),
                                (one, other) -> one + " " + other)));
        var names = new ArrayList<String>();
        rest().path("operation").forEach(each -> {
            names.add(each.path("name").asText());
            definitions.put(each.path("name").asText(), each.path("definition").asText());
        });

        assertThat(texts(statement.path("instantiates")))
                .containsExactly("http://hl7.org/fhir/uv/bulkdata/CapabilityStatement/bulk-data");
        assertThat(names).contains("export", "export-poll-status", "export-file");
        assertThat(definitions)
                .containsEntry("export", BULK_DATA + "export")
                .containsEntry("export of Patient", BULK_DATA + "patient-export")
                .containsEntry("export of Group", BULK_DATA + "group-export");
        for (var own : List.of("export-poll-status", "export-file")) {
            assertThat(officer.get(definitions.getOrDefault(own, "")).statusCode())
                    .as(own)
                    .isEqualTo(200);
        }
    }

    @Test
    @DisplayName("T4: a refusal of the scopes is 403 insufficient_scope")
    void aRefusalOfTheScopesSaysSo() {
        var refused = exchange.as(RIVERSIDE_CLINIC).post("Patient", "{\"resourceType\":\"Patient\"}");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.header("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"accord\", error=\"insufficient_scope\"");
        assertThat(refused.asString()).contains("\"forbidden\"");
    }

    private Map<String, Response> answers(String type) {
        var hospital = exchange.as(LAKESIDE_HOSPITAL);
        var id = type + "/no-such-thing";
        var body = "{\"resourceType\":\"" + type + "\",\"id\":\"no-such-thing\",\"language\":7}";
        return Map.of(
                "read", officer.get(id),
                "vread", officer.get(id + "/_history/1"),
                "history-instance", officer.get(id + "/_history"),
                "history-type", officer.get(type + "/_history"),
                "search-type", officer.get(type + "?_count=1"),
                "create", hospital.post(type, body),
                "update", hospital.put(id, body),
                "patch",
                        hospital.given()
                                .contentType("application/json-patch+json")
                                .body("[{\"op\":\"remove\",\"path\":\"/text\"}]")
                                .patch(exchange.base() + "/" + id),
                "delete", hospital.delete(id));
    }

    /** What has no route is 400 with HAPI's word for it, 405 or 501; what has one is refused for another reason. */
    private static boolean isThere(Response answer) {
        return !Set.of(405, 501).contains(answer.statusCode())
                && !answer.asString().contains("resource type that this exchange does not store");
    }

    private void tryIncludes(String type, String parameter, List<String> includes, Set<String> problems) {
        var query = new StringBuilder(type).append("?_count=1");
        includes.forEach(
                include -> query.append('&').append(parameter).append('=').append(include));
        if (!includes.isEmpty()) {
            var answer = officer.get(query.toString());
            if (answer.statusCode() != 200) {
                problems.add(query + ": " + said(answer));
            }
        }
    }

    private void tryOperation(String type, JsonNode definition, Set<String> problems) {
        var name = "$" + definition.path("code").asText();
        var nothing = "{\"resourceType\":\"Parameters\"}";
        if (definition.path("type").asBoolean() && !isThere(officer.post(type + "/" + name, nothing))) {
            problems.add(type + "/" + name + " is not there");
        }
        if (definition.path("instance").asBoolean() && !isThere(officer.post(type + "/x/" + name, nothing))) {
            problems.add(type + "/[id]/" + name + " is not there");
        }
    }

    private static String value(String name, JsonNode parameter) {
        return switch (parameter.path("type").asText()) {
            case "composite" -> VALUES.get("token") + "$" + secondHalf(name);
            case "special" -> "42.25%7C-83.69%7C11.2%7Ckm";
            default -> VALUES.getOrDefault(parameter.path("type").asText(), "");
        };
    }

    private static String secondHalf(String name) {
        if (name.endsWith("quantity")) {
            return "1";
        }
        return name.endsWith("date") ? "2024" : "x";
    }

    private JsonNode rest() {
        return statement.path("rest").path(0);
    }

    private Iterable<JsonNode> resources() {
        assertThat(rest().path("resource")).isNotEmpty();
        return rest().path("resource");
    }

    private static String said(Response answer) {
        var text = answer.asString();
        return answer.statusCode() + " " + text.substring(0, Math.min(text.length(), 220));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static @Nullable String textOrNull(JsonNode node, String member) {
        return node.has(member) ? node.path(member).asText() : null;
    }
}
