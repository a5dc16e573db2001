package org.accordhie.exchange;

import static io.restassured.RestAssured.given;
import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.method.BaseMethodBinding;
import ca.uhn.fhir.rest.server.method.OperationMethodBinding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.accordhie.fhirserver.ResourceTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** {@code docs/routes.md} has a row for every way in and out, and every row is so. */
@ExchangeTest
class RouteTableIT {

    private static final String ANY_TYPE = "[type]";

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    @Autowired
    RestfulServer server;

    @Test
    void everyBoundMethodHasARow() throws IOException {
        var routes = routes();

        assertThat(bound()).allMatch(route -> isIn(routes, route));
    }

    @Test
    void everyClaimOfTheCapabilityStatementHasARow() throws IOException {
        var routes = routes();
        var types = new TreeSet<String>();
        RouteRow.all().forEach(row -> types.add(row.way().replace("`", "")));

        assertThat(claimed()).isNotEmpty().allMatch(route -> isIn(routes, route));
        assertThat(claimed().stream().map(route -> route.split(" ", 2)[0]).filter(type -> !type.equals("(server)")))
                .allMatch(types::contains);
    }

    @Test
    void everyRowIsOfSomethingThatIsThere() throws IOException {
        var there = new LinkedHashSet<>(bound());
        there.addAll(claimed());

        for (var route : routes()) {
            var isThere = route.startsWith(ANY_TYPE)
                    ? ResourceTypes.SERVED.stream()
                            .allMatch(type -> there.contains(type + route.substring(ANY_TYPE.length())))
                    : there.contains(route);
            assertThat(isThere).as(route).isTrue();
        }
    }

    @Test
    void everyRowHasATestThatExists() throws Exception {
        var rows = RouteRow.all();
        assertThat(rows).hasSizeGreaterThan(100);
        for (var row : rows) {
            assertThat(row.tests()).as(row.way()).isNotEmpty();
            for (var test : row.tests()) {
                var parts = test.split("#", 2);
                var methods = Class.forName("org.accordhie." + parts[0]).getDeclaredMethods();
                assertThat(methods)
                        .as("%s: %s", row.way(), test)
                        .anyMatch(method -> method.getName().equals(parts[1])
                                && Stream.of(method.getAnnotations())
                                        .anyMatch(each -> each.annotationType()
                                                .getSimpleName()
                                                .endsWith("Test")));
            }
        }
    }

    /** As a clinic that may not see Clark, and as an officer who may see Patients, about what is there, hidden and absent. */
    @ParameterizedTest
    @MethodSource("org.accordhie.exchange.RouteRow#closed")
    void everyClosedRowAnswersAsItSays(RouteRow row) {
        var rows = archive.rows();
        var ids =
                List.of(idOf(Person.CORY), idOf(Person.CLARK), UUID.randomUUID().toString());
        for (var partner : List.of(RIVERSIDE_CLINIC, PRIVACY_OFFICER)) {
            var answers = new ArrayList<String>();
            for (var id : ids) {
                answers.add(row.answerTo(exchange.as(partner), id));
            }

            assertThat(answers.get(0))
                    .as("%s as %s", row.requests(), partner)
                    .startsWith(row.expected(partner == PRIVACY_OFFICER) + "\n")
                    .contains("OperationOutcome");
            assertThat(answers).as("%s as %s", row.requests(), partner).containsOnly(answers.get(0));
        }
        assertThat(archive.rows()).isEqualTo(rows);
    }

    /** A source that owns what it asks about hears the same as about what it does not. */
    @ParameterizedTest
    @MethodSource("org.accordhie.exchange.RouteRow#closed")
    void aSourceHearsTheSameOfItsOwn(RouteRow row) {
        var visit = Visit.of("gina");
        var hospital = exchange.as(LAKESIDE_HOSPITAL);
        hospital.post("", visit.bundle()).then().statusCode(200);
        var own =
                hospital.search("Patient?identifier=" + visit.token()).matches().get(0);
        var rows = archive.rows();

        var ofOwn = row.answerTo(hospital, own.substring("Patient/".length()));

        assertThat(ofOwn).isEqualTo(row.answerTo(hospital, idOf(Person.CLARK)));
        assertThat(Integer.parseInt(ofOwn.substring(0, 3))).isBetween(400, 499);
        assertThat(archive.rows()).isEqualTo(rows);
    }

    @Test
    void aHistoryIsReadByHeadAndInABatchToo() {
        var clinic = exchange.as(RIVERSIDE_CLINIC);
        var history = "Patient/" + idOf(Person.CORY) + "/_history";

        assertThat(clinic.given().head(clinic.base() + "/" + history).statusCode())
                .isEqualTo(200);
        assertThat(clinic.bundle("batch", List.of(history))
                        .path("entry")
                        .path(0)
                        .path("response")
                        .path("status")
                        .asText())
                .startsWith("200");
    }

    private String idOf(Person person) {
        return archive.recordOf(person).stream()
                .filter(Archive.Stored::isPatient)
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static Set<String> routes() throws IOException {
        var routes = new LinkedHashSet<String>();
        RouteRow.all().forEach(row -> routes.addAll(row.routes()));
        return routes;
    }

    private static boolean isIn(Set<String> routes, String route) {
        var parts = route.split(" ", 2);
        return routes.contains(route)
                || (ResourceTypes.SERVED.contains(parts[0]) && routes.contains(ANY_TYPE + " " + parts[1]));
    }

    private List<String> bound() {
        return Stream.concat(
                        server.getResourceBindings().stream().flatMap(type -> type.getMethodBindings().stream()),
                        server.getServerBindings().stream())
                .map(RouteTableIT::route)
                .distinct()
                .toList();
    }

    private static String route(BaseMethodBinding bound) {
        return Objects.requireNonNullElse(bound.getResourceName(), "(server)") + " "
                + (bound instanceof OperationMethodBinding operation
                        ? operation.getName()
                        : bound.getRestOperationType().getCode());
    }

    private List<String> claimed() {
        var claims = new ArrayList<String>();
        var rest = Caller.tree(given().get(exchange.base() + "/metadata").asString())
                .path("rest")
                .path(0);
        rest.path("interaction")
                .forEach(each -> claims.add("(server) " + each.path("code").asText()));
        rest.path("operation")
                .forEach(each -> claims.add("(server) $" + each.path("name").asText()));
        for (var resource : rest.path("resource")) {
            var type = resource.path("type").asText();
            resource.path("interaction")
                    .forEach(each -> claims.add(type + " " + each.path("code").asText()));
            resource.path("operation")
                    .forEach(each -> claims.add(type + " $" + each.path("name").asText()));
        }
        return claims;
    }
}
