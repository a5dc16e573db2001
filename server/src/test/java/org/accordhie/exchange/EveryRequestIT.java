package org.accordhie.exchange;

import static io.restassured.RestAssured.given;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** No answer leaves without an event, whatever was asked and however far it came. */
@ExchangeTest
class EveryRequestIT {

    private static final String FHIR = "application/fhir+json";

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    /** A request that never comes to a route, and what is recorded of it. */
    static List<Arguments> beforeTheRoutes() {
        return List.of(
                asked(
                        "without a token",
                        (fhir, clinic) -> given().get(fhir + "/Observation/1?_elements=code"),
                        401,
                        "READ Observation REFUSED 401 by  at /Observation/1?_elements=code"),
                asked(
                        "with a token of nobody",
                        (fhir, clinic) -> given().auth()
                                .oauth2("eyJhbGciOiJub25lIn0.e30.")
                                .get(fhir + "/Patient"),
                        401,
                        "SEARCH_TYPE Patient REFUSED 401 by  at /Patient"),
                asked(
                        "with a token in the address",
                        (fhir, clinic) -> given().get(fhir + "/Patient?access_token=secret&_count=1"),
                        400,
                        "SEARCH_TYPE Patient FAILED 400 by  at /Patient?access_token=&_count=1"),
                asked(
                        "for what is open to everybody",
                        (fhir, clinic) -> given().get(fhir + "/metadata"),
                        200,
                        "CAPABILITIES  SUCCESS 0 by  at /metadata"),
                asked(
                        "for an address that leads nowhere",
                        (fhir, clinic) -> clinic.get("Nothing/1/at/all"),
                        404,
                        "OTHER  REFUSED 404 by dev-riverside-clinic at /Nothing/1/at/all"),
                asked(
                        "for an operation that does not exist",
                        (fhir, clinic) -> clinic.get("Patient/1/$meta"),
                        400,
                        "OPERATION Patient FAILED 400 by dev-riverside-clinic at /Patient/1/$meta"),
                asked(
                        "with a body that no parser must meet",
                        (fhir, clinic) ->
                                clinic.given().contentType(FHIR).body("{{{").post(fhir + "/Observation"),
                        400,
                        "CREATE Observation FAILED 400 by  at /Observation"),
                asked(
                        "with a body that is no resource",
                        (fhir, clinic) ->
                                clinic.given().contentType(FHIR).body("{}").post(fhir + "/Observation"),
                        400,
                        "CREATE Observation FAILED 400 by dev-riverside-clinic at /Observation"),
                asked(
                        "with a body that is no bundle",
                        (fhir, clinic) ->
                                clinic.given().contentType(FHIR).body("{}").post(fhir),
                        400,
                        "BATCH  FAILED 400 by dev-riverside-clinic at "),
                asked(
                        "with a bundle of nothing",
                        (fhir, clinic) -> clinic.given()
                                .contentType(FHIR)
                                .body("{\"resourceType\":\"Bundle\",\"type\":\"batch\"}")
                                .post(fhir),
                        200,
                        "BATCH  SUCCESS 0 by dev-riverside-clinic at "),
                asked(
                        "by a page of another origin",
                        (fhir, clinic) -> given().header("Origin", "https://elsewhere.example")
                                .header("Access-Control-Request-Method", "GET")
                                .options(fhir + "/Patient"),
                        403,
                        "OTHER Patient REFUSED 403 by  at /Patient"));
    }

    @ParameterizedTest(name = "a request {0}")
    @MethodSource("beforeTheRoutes")
    void leavesOneEventFromItsAddress(
            String what, BiFunction<String, Caller, Response> request, int status, String event) {
        var before = archive.sql()
                .sql("SELECT event_id FROM accord.audit_event")
                .query(UUID.class)
                .list();

        var answer = request.apply(exchange.base(), exchange.as(RIVERSIDE_CLINIC));

        assertThat(answer.statusCode()).as(what).isEqualTo(status);
        assertThat(eventsAfter(before)).containsExactly(event + " from 127.0.0.1");
    }

    @Test
    void whatIsRefusedAfterItWasReleasedIsRecordedAsThatToo() {
        var clinic = exchange.as(RIVERSIDE_CLINIC);
        var patient = clinic.search("Patient?_count=1").matches().get(0);
        var before = archive.sql()
                .sql("SELECT event_id FROM accord.audit_event")
                .query(UUID.class)
                .list();

        clinic.get(patient + "?_elements=name&_summary=true").then().statusCode(400);

        assertThat(eventsAfter(before)).anyMatch(event -> event.contains("Patient FAILED 400"));
    }

    @Test
    void nothingLeavesWhereNoEventCanBeWritten() {
        archive.sql()
                .sql("CREATE FUNCTION public.no_event() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN RAISE EXCEPTION 'no event'; END $$")
                .update();
        archive.sql()
                .sql(
                        "CREATE TRIGGER no_event BEFORE INSERT ON accord.audit_event FOR EACH ROW"
                                + " WHEN (NEW.query = '/metadata' OR NEW.query LIKE '/Condition%') EXECUTE FUNCTION public.no_event()")
                .update();
        try {
            for (var answer : List.of(
                    given().get(exchange.base() + "/metadata"),
                    exchange.as(RIVERSIDE_CLINIC).get("Condition?_count=1"),
                    given().get(exchange.base() + "/Condition"))) {
                assertThat(answer.statusCode()).isEqualTo(500);
                assertThat(answer.asString())
                        .contains("OperationOutcome", "exception")
                        .doesNotContain("no event");
            }
        } finally {
            archive.sql().sql("DROP TRIGGER no_event ON accord.audit_event").update();
            archive.sql().sql("DROP FUNCTION public.no_event()").update();
        }
    }

    private List<String> eventsAfter(List<UUID> before) {
        return archive.sql()
                .sql(
                        "SELECT concat_ws(' ', interaction, res_type, outcome, status, 'by', client_id, 'at', query, 'from',"
                                + " client_address) FROM accord.audit_event WHERE event_id <> ALL (?) ORDER BY recorded")
                .param(before.toArray(UUID[]::new))
                .query(String.class)
                .list();
    }

    private static Arguments asked(
            String what, BiFunction<String, Caller, Response> request, int status, String event) {
        return Arguments.of(what, request, status, event);
    }
}
