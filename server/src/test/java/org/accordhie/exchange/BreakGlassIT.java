package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RESEARCH_INSTITUTE;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An emergency is opened by a reason, ends by itself, and is looked at afterwards by somebody else. */
@ExchangeTest
class BreakGlassIT {

    private static final String OFFICER = "Practitioner/privacy-officer";
    private static final String SECOND = "Practitioner/second-officer";

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    @Autowired
    AlteredTokens tokens;

    private final String reason = "unconscious on arrival, " + UUID.randomUUID();
    private String alice = "";
    private String consent = "";

    @BeforeEach
    void aliceRefusesEverybody() {
        var visit = Visit.of("alice");
        exchange.as(LAKESIDE_HOSPITAL).post("", visit.bundle()).then().statusCode(200);
        alice = exchange.as(LAKESIDE_HOSPITAL)
                .search("Patient?identifier=" + visit.token())
                .matches()
                .get(0);
        var filed = exchange.as(PRIVACY_OFFICER).post("Consent", Consents.refuse(alice));
        filed.then().statusCode(201);
        consent = "Consent/" + filed.header("Location").replaceFirst(".*/Consent/([^/]+).*", "$1");
    }

    @AfterEach
    void aliceTakesItBack() {
        exchange.as(PRIVACY_OFFICER).delete(consent).then().statusCode(204);
    }

    @Test
    void anEmergencyOpensOneCaseHoweverOftenItIsUsed() {
        for (int round = 0; round < 2; round++) {
            var clinic = exchange.inEmergency(
                    RIVERSIDE_CLINIC, alice, round == 0 ? reason : " " + reason.toUpperCase(Locale.ROOT));
            clinic.get(alice).then().statusCode(200);
            assertThat(clinic.search("Condition?patient=" + alice).total()).isEqualTo(1);
        }
        exchange.inEmergency(RIVERSIDE_CLINIC, alice, "another, " + reason)
                .get(alice)
                .then()
                .statusCode(200);

        assertThat(queued()).hasSize(2).allSatisfy(task -> {
            assertThat(task.path("status").asText()).isEqualTo("requested");
            assertThat(task.path("meta").path("versionId").asText()).isEqualTo("1");
            assertThat(input(task, "organization")).isEqualTo(RIVERSIDE_CLINIC.organization);
        });
        assertThat(queued().stream().map(task -> input(task, "reason"))).containsExactly(reason, "another, " + reason);
        assertThat(queued().stream().map(task -> input(task, "reads"))).containsExactly("4", "1");
    }

    @Test
    void whatWasNotReadOpensNone() {
        var clinic = exchange.inEmergency(RIVERSIDE_CLINIC, alice, reason);

        clinic.get("Patient/nobody").then().statusCode(404);

        assertThat(queued()).isEmpty();
    }

    @Test
    void afterItsWindowAnEmergencyIsAsIfNoneWereDeclared() {
        var clinic = exchange.inEmergency(RIVERSIDE_CLINIC, alice, reason);
        clinic.get(alice).then().statusCode(200);
        usedBefore(Duration.ofHours(3));
        clinic.get(alice).then().statusCode(200);

        usedBefore(Duration.ofHours(5));

        var renewed = exchange.inEmergency(RIVERSIDE_CLINIC, alice, reason);
        for (var caller : List.of(clinic, renewed)) {
            assertThat(caller.get(alice).asString())
                    .isEqualTo(exchange.as(RIVERSIDE_CLINIC).get(alice).asString())
                    .isEqualTo(
                            exchange.as(RIVERSIDE_CLINIC).get("Patient/nobody").asString());
            assertThat(caller.search("Condition?patient=" + alice).total()).isZero();
        }
        exchange.inEmergency(RIVERSIDE_CLINIC, alice, "still unconscious, " + reason)
                .get(alice)
                .then()
                .statusCode(200);
    }

    @Test
    void anotherOfficerClosesItAndItStaysClosed() throws InterruptedException {
        exchange.inEmergency(RIVERSIDE_CLINIC, alice, reason).get(alice).then().statusCode(200);
        var id = queued().get(0).path("id").asText();

        close(OFFICER, id, 1, "needs-follow-up", "asked the clinic").then().statusCode(200);
        close(OFFICER, id, 1, "justified", "stale").then().statusCode(409);
        var closed = close(OFFICER, id, 2, "justified", "they were unconscious");

        closed.then().statusCode(200);
        assertThat(Caller.json(closed).path("status").asText()).isEqualTo("completed");
        assertThat(Caller.json(closed).path("note")).hasSize(2);
        assertThat(queued()).isEmpty();
        assertThat(queued("justified")).hasSize(1);
        close(SECOND, id, 3, "unjustified", "too late").then().statusCode(422);
        assertHeard(id, "emergency-opened", "emergency-closed");
        assertThat(archive.sql()
                        .sql("SELECT count(*) FROM accord.audit_event WHERE query LIKE '%$close-review' AND outcome ="
                                + " 'SUCCESS' AND patients = ARRAY[?::text]")
                        .param(alice)
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void aSecondOfficerMustConfirmThatItWasUnjustified() throws InterruptedException {
        exchange.inEmergency(RIVERSIDE_CLINIC, alice, reason).get(alice).then().statusCode(200);
        var id = queued().get(0).path("id").asText();

        close(OFFICER, id, 1, "unjustified", "nobody was there").then().statusCode(200);
        close(OFFICER, id, 2, "unjustified", "really").then().statusCode(422);
        close(SECOND, id, 2, "justified", "let it go").then().statusCode(422);

        assertThat(queued().get(0).path("businessStatus").path("text").asText()).isEqualTo("awaiting-confirmation");
        close(SECOND, id, 2, "unjustified", "I agree").then().statusCode(200);
        assertThat(queued("unjustified")).hasSize(1);
        assertHeard(id, "emergency-opened", "confirmation-needed", "emergency-closed");
    }

    @Test
    void nobodyReviewsTheirOwn() {
        emergencyOf(OFFICER).get(alice).then().statusCode(200);
        var id = queued().get(0).path("id").asText();

        close(OFFICER, id, 1, "justified", "it was me").then().statusCode(422);
        close(null, id, 1, "justified", "it was a machine").then().statusCode(422);

        close(SECOND, id, 1, "justified", "it was not me").then().statusCode(200);
    }

    @Test
    void ofTwoOfficersAtOnceOneIsLate() throws Exception {
        exchange.inEmergency(RIVERSIDE_CLINIC, alice, reason).get(alice).then().statusCode(200);
        var id = queued().get(0).path("id").asText();
        var threads = Executors.newFixedThreadPool(2);
        try {
            var answers = new ArrayList<Integer>();
            List<Callable<Integer>> closings = List.of(
                    () -> close(OFFICER, id, 1, "justified", "yes").statusCode(),
                    () -> close(SECOND, id, 1, "unjustified", "no").statusCode());
            var tries = threads.invokeAll(closings);
            for (var each : tries) {
                answers.add(each.get());
            }

            assertThat(answers).containsExactlyInAnyOrder(200, 409);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void thePatientsOwnAppHearsOfItAndNobodyElses() throws InterruptedException {
        exchange.inEmergency(RIVERSIDE_CLINIC, alice, reason).get(alice).then().statusCode(200);

        assertHeard(queued().get(0).path("id").asText(), "emergency-opened");
        var told = new Told(Caller.json(exchange.asAppOf(alice).get("$review-notices")));

        assertThat(told.all("notice")).singleElement().satisfies(notice -> {
            assertThat(notice.text("kind")).isEqualTo("emergency-opened");
            assertThat(notice.node().toString())
                    .contains(RIVERSIDE_CLINIC.organization)
                    .doesNotContain(reason);
        });
        // Nothing in it tells how much else happens in the exchange.
        assertThat(told.text("next")).isEqualTo("0.1");
        var rest = exchange.asAppOf(alice).get("$review-notices?after=" + told.text("next"));
        assertThat(new Told(Caller.json(rest)).all("notice")).isEmpty();
        var formerly = exchange.asAppOf(alice).get("$review-notices?after=74996.29");
        assertThat(new Told(Caller.json(formerly)).all("notice")).hasSize(1);
        exchange.asAppOf(alice).get("$review-queue").then().statusCode(403);
    }

    @Test
    void aReportCountsThem() {
        exchange.inEmergency(RIVERSIDE_CLINIC, alice, reason).get(alice).then().statusCode(200);
        var id = queued().get(0).path("id").asText();
        close(OFFICER, id, 1, "justified", "yes").then().statusCode(200);

        var report = new Told(Caller.json(officer(OFFICER).get("$review-report")));

        var clinics = report.the("group", group -> group.text("name").equals(RIVERSIDE_CLINIC.organization));
        assertThat(clinics.number("opened")).isPositive();
        assertThat(clinics.number("justified")).isPositive();
        assertThat(clinics.number("medianSecondsToClosing")).isNotNegative();
    }

    @Test
    void whoIsNoOfficerHearsTheSameOfWhatIsThereAndWhatIsNot() {
        exchange.inEmergency(RIVERSIDE_CLINIC, alice, reason).get(alice).then().statusCode(200);
        var id = queued().get(0).path("id").asText();
        for (var partner : List.of(RIVERSIDE_CLINIC, LAKESIDE_HOSPITAL, RESEARCH_INSTITUTE)) {
            var caller = exchange.as(partner);
            var answers = new ArrayList<String>();
            for (var named : List.of(id, UUID.randomUUID().toString())) {
                answers.add(caller.post("$close-review", parameters(named, 1, "justified", "no"))
                        .asString());
            }
            for (var path : List.of("$review-queue", "$review-report", "$review-notices", "$review-queue?state=none")) {
                answers.add(caller.get(path).asString());
                assertThat(caller.get(path).statusCode())
                        .as("%s %s", partner, path)
                        .isEqualTo(403);
            }
            assertThat(answers).as("%s", partner).containsOnly(answers.get(0));
        }
        close(OFFICER, UUID.randomUUID().toString(), 1, "justified", "?").then().statusCode(404);
        close(OFFICER, id, 1, "maybe", "?").then().statusCode(400);
        assertThat(queued()).hasSize(1);
    }

    @Test
    void whatWasSaidIsNotTakenBack() {
        for (var statement : List.of(
                "DELETE FROM accord.emergency_use",
                "UPDATE accord.review_step SET comment = ''",
                "TRUNCATE accord.review_notice")) {
            assertThatThrownBy(() -> archive.sql().sql(statement).update())
                    .as(statement)
                    .hasMessageContaining("added to");
        }
    }

    /** Moves the beginning of the emergency back, as if it had been used before. */
    private void usedBefore(Duration ago) {
        var moved = archive.sql()
                .sql("""
                        INSERT INTO accord.emergency_use
                        SELECT gen_random_uuid(), emergency_id, organization, client_id, user_ref, patient, reason, ?
                        FROM accord.emergency WHERE reason = ?""")
                .params(Timestamp.from(Instant.now().minus(ago)), reason)
                .update();
        assertThat(moved).isEqualTo(1);
    }

    private Caller emergencyOf(String user) {
        return exchange.with(tokens.of(
                exchange.inEmergency(RIVERSIDE_CLINIC, alice, reason).token(),
                claims -> claims.claim("fhirUser", exchange.base() + "/" + user)));
    }

    private Caller officer(@Nullable String user) {
        return exchange.with(tokens.of(
                exchange.as(PRIVACY_OFFICER).token(),
                claims -> claims.claim("fhirUser", user == null ? null : exchange.base() + "/" + user)
                        .claim("scope", user == null ? "system/*.cruds" : "user/*.cruds")));
    }

    private Response close(@Nullable String user, String id, int version, String outcome, String comment) {
        return officer(user).post("$close-review", parameters(id, version, outcome, comment));
    }

    private static String parameters(String id, int version, String outcome, String comment) {
        return """
                {"resourceType":"Parameters","parameter":[{"name":"case","valueString":"%s"},
                 {"name":"version","valueInteger":%d},{"name":"outcome","valueCode":"%s"},
                 {"name":"comment","valueString":"%s"}]}""".formatted(id, version, outcome, comment);
    }

    private List<JsonNode> queued() {
        return tasks("$review-queue?count=500");
    }

    private List<JsonNode> queued(String state) {
        return tasks("$review-queue?count=500&state=" + state);
    }

    /** Those of Alice. */
    private List<JsonNode> tasks(String path) {
        var bundle = Caller.json(officer(OFFICER).get(path));
        return StreamSupport.stream(bundle.path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .filter(task -> task.path("for").path("reference").asText().equals(alice))
                .toList();
    }

    private static String input(JsonNode task, String name) {
        return StreamSupport.stream(task.path("input").spliterator(), false)
                .filter(each -> each.path("type").path("text").asText().equals(name))
                .flatMap(each -> each.properties().stream())
                .filter(field -> field.getKey().startsWith("value"))
                .map(Map.Entry::getValue)
                .map(value -> value.has("reference") ? value.path("reference").asText() : value.asText())
                .findFirst()
                .orElseThrow();
    }

    /** A notice is there once every older transaction has ended. */
    private void assertHeard(String id, String... kinds) throws InterruptedException {
        for (int patience = 100; patience > 0 && kinds(id).size() < kinds.length; patience--) {
            Thread.sleep(100);
        }
        assertThat(kinds(id)).containsExactly(kinds);
    }

    private List<String> kinds(String id) {
        var told = new Told(Caller.json(exchange.as(PRIVACY_OFFICER).get("$review-notices?count=500")));
        return told.all("notice").stream()
                .filter(notice -> notice.text("case").equals(id))
                .map(notice -> notice.text("kind"))
                .toList();
    }
}
