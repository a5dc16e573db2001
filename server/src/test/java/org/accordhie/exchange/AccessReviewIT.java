package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RESEARCH_INSTITUTE;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Rules bring accesses before an officer, who says what becomes of them. */
@ExchangeTest
class AccessReviewIT {

    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    @Autowired
    AlteredTokens tokens;

    private String alice = "";
    private String doctor = "";

    @BeforeEach
    void aliceIsSeenByANamesakeOfTheClinic() {
        var visit = Visit.of("alice");
        var hospital = exchange.as(LAKESIDE_HOSPITAL);
        hospital.post("", visit.bundle()).then().statusCode(200);
        alice = hospital.search("Patient?identifier=" + visit.token()).matches().get(0);
        var written = hospital.post("Practitioner", """
                {"resourceType":"Practitioner","identifier":[{"system":"urn:lakeside:staff","value":"%s"}],
                 "name":[{"family":"EXAMPLE-Jones","given":["Bo"]}]}""".formatted(UUID.randomUUID()));
        written.then().statusCode(201);
        doctor = "Practitioner/" + written.header("Location").replaceFirst(".*/Practitioner/([^/]+).*", "$1");
        reading().get(alice).then().statusCode(200);
    }

    @Test
    void theRulesFindWhatTheyAreAboutOnceHoweverOftenTheyAreAsked() {
        list(true);
        review(today, today);

        var found = findings("open");
        assertThat(found)
                .extracting(each -> each.text("rule"))
                .containsExactlyInAnyOrder("vip", "same-surname", "no-relationship");
        assertThat(found.get(0).text("rule")).isEqualTo("vip");
        assertThat(found.stream().map(each -> each.text("sentence")))
                .contains(doctor + " of Organization/riverside-clinic read " + alice
                        + ": they and the patient share a surname, or a part of one");
        assertThat(event(found.get(0))).contains(alice);

        reading().get(alice).then().statusCode(200);
        var again = review(today, today);
        assertThat(again.all("found")).isNotEmpty();
        assertThat(ids(findings("open"))).isEqualTo(ids(found));
        list(false);
    }

    @Test
    void aRelationshipSaysThatTheClinicTreats() {
        var team = """
                {"resourceType":"CareTeam","status":"active","subject":{"reference":"%s"},
                 "participant":[{"member":{"reference":"%s"}}]}""".formatted(alice, RIVERSIDE_CLINIC.organization);
        exchange.as(LAKESIDE_HOSPITAL).post("CareTeam", team).then().statusCode(201);

        review(today, today);

        assertThat(findings("open")).extracting(each -> each.text("rule")).containsExactly("same-surname");
    }

    @Test
    void anOfficerAnswersAFindingWhichIsNotTheirOwn() {
        review(today, today);
        var id = findings("open").get(0).text("id");

        assertThat(close(officer(doctor), id, 1, "dismissed")).isEqualTo(422);
        assertThat(close(officer(""), id, 1, "fine")).isEqualTo(400);
        assertThat(close(officer(""), id, 7, "dismissed")).isEqualTo(409);
        assertThat(close(officer(""), id, 1, "dismissed")).isEqualTo(200);
        assertThat(close(officer(""), id, 1, "confirmed")).isEqualTo(409);
        assertThat(close(officer(""), id, 2, "dismissed")).isEqualTo(422);

        review(today, today);
        assertThat(ids(findings("open"))).doesNotContain(id);
        assertThat(findings("dismissed")).singleElement().satisfies(finding -> {
            assertThat(finding.the("said").text("comment")).isEqualTo("because");
            assertThat(finding.the("said").node().toString()).contains("Practitioner/privacy-officer");
        });
        assertThat(close(officer(""), id, 2, "confirmed")).isEqualTo(200);
    }

    @Test
    void manyRefusalsInADayAreFound() {
        var lost = exchange.with(tokens.of(
                exchange.as(RIVERSIDE_CLINIC).token(),
                claims -> claims.claim("fhirUser", exchange.base() + "/Practitioner/" + UUID.randomUUID())));
        for (int each = 0; each < 20; each++) {
            lost.get("Patient/nobody-" + each).then().statusCode(404);
        }

        review(today, today);

        var refusals =
                told(officer(""), "$access-findings?rule=refusals&count=500").all("finding");
        assertThat(refusals)
                .filteredOn(each -> each.text("sentence").contains("20 of 20 requests in a day were refused"))
                .isNotEmpty();
    }

    @Test
    void whatIsPastIsLookedAtByItself() throws InterruptedException {
        var day = today.minusDays(3);
        var event = readBefore(day, "{TREAT}");
        archive.sql()
                .sql("INSERT INTO accord.review_watermark (reviewed) VALUES (?::date) ON CONFLICT (single)"
                        + " DO UPDATE SET reviewed = excluded.reviewed")
                .param(day.minusDays(2).toString())
                .update();

        for (int patience = 900; patience > 0 && found(event) == 0; patience--) {
            Thread.sleep(100);
        }

        assertThat(found(event)).isEqualTo(1);
        assertThat(archive.sql()
                        .sql("SELECT reviewed::text FROM accord.review_watermark")
                        .query(String.class)
                        .single())
                .isGreaterThanOrEqualTo(day.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {TREAT}          | 1
            {TREAT,PATRQT}   | 1
            {PATRQT}         | 0
            {PATRQT,FAMRQT}  | 0""")
    void whatServesNothingButThePatientsOwnWishIsNotLookedAt(String purposes, int found) {
        var day = today.minusDays(9);
        var event = readBefore(day, purposes);

        review(day, day);

        assertThat(found(event)).isEqualTo(found);
    }

    @Test
    void theSameSeedDrawsTheSameSample() {
        var month = today.toString().substring(0, 7);
        var path = "$access-sample?month=" + month + "&count=5&seed=";

        var first = drawn(path + 4711);
        reading().get(alice).then().statusCode(200);

        assertThat(first).hasSizeBetween(1, 5).doesNotHaveDuplicates();
        assertThat(drawn(path + 4711)).isEqualTo(first);
        assertThat(Set.copyOf(drawn("$access-sample?month=" + month + "&count=400&seed=1"))
                        .size())
                .isGreaterThan(first.size());
        assertThat(officer("").get("$access-sample?month=2999-01&seed=1").statusCode())
                .isEqualTo(400);
        assertThat(officer("").get("$access-sample?month=" + month).statusCode())
                .isEqualTo(400);
    }

    @Test
    void whoIsNoOfficerHearsTheSameOfWhatIsThereAndWhatIsNot() {
        review(today, today);
        var id = findings("open").get(0).text("id");
        var app = exchange.asAppOf(alice);
        for (var caller : List.of(
                exchange.as(RIVERSIDE_CLINIC), exchange.as(LAKESIDE_HOSPITAL), exchange.as(RESEARCH_INSTITUTE), app)) {
            assertThat(close(caller, id, 1, "dismissed")).isEqualTo(403);
            assertThat(close(caller, UUID.randomUUID().toString(), 1, "dismissed"))
                    .isEqualTo(403);
            for (var path :
                    List.of("$access-findings", "$access-findings?rule=none", "$access-sample?month=2026-11&seed=1")) {
                assertThat(caller.get(path).statusCode()).as(path).isEqualTo(403);
            }
            for (var path : List.of("$access-review", "$vip-list")) {
                assertThat(caller.post(path, "{\"resourceType\":\"Parameters\"}")
                                .statusCode())
                        .as(path)
                        .isEqualTo(403);
            }
        }
        assertThat(ids(findings("open"))).contains(id);
        assertThat(close(officer(""), UUID.randomUUID().toString(), 1, "dismissed"))
                .isEqualTo(404);
    }

    private Caller reading() {
        return exchange.with(tokens.of(
                exchange.as(RIVERSIDE_CLINIC).token(),
                claims -> claims.claim("fhirUser", exchange.base() + "/" + doctor)));
    }

    /** The officer, or one who is somebody else too. */
    private Caller officer(String user) {
        return user.isEmpty()
                ? exchange.as(PRIVACY_OFFICER)
                : exchange.with(tokens.of(
                        exchange.as(PRIVACY_OFFICER).token(),
                        claims -> claims.claim("fhirUser", exchange.base() + "/" + user)));
    }

    private Told review(LocalDate from, LocalDate until) {
        var answer = officer("").post("$access-review", """
                {"resourceType":"Parameters","parameter":[{"name":"from","valueDate":"%s"},
                 {"name":"until","valueDate":"%s"}]}""".formatted(from, until));
        answer.then().statusCode(200);
        return new Told(Caller.json(answer));
    }

    private void list(boolean listed) {
        var answer = officer("").post("$vip-list", """
                {"resourceType":"Parameters","parameter":[{"name":"patient","valueString":"%s"},
                 {"name":"listed","valueBoolean":%s}]}""".formatted(alice, listed));
        answer.then().statusCode(200);
        assertThat(answer.asString().contains(alice)).isEqualTo(listed);
    }

    private static int close(Caller caller, String id, int version, String status) {
        return caller.post("$close-finding", """
                {"resourceType":"Parameters","parameter":[{"name":"finding","valueString":"%s"},
                 {"name":"version","valueInteger":%d},{"name":"status","valueCode":"%s"},
                 {"name":"comment","valueString":"because"}]}""".formatted(id, version, status)).statusCode();
    }

    /** Those about the doctor and Alice, what to look at first before the rest. */
    private List<Told> findings(String status) {
        return told(officer(""), "$access-findings?count=500&status=" + status).all("finding").stream()
                .filter(each -> each.text("sentence").startsWith(doctor + " ")
                        && each.text("sentence").contains(alice))
                .toList();
    }

    private static Set<String> ids(List<Told> findings) {
        return findings.stream().map(each -> each.text("id")).collect(Collectors.toSet());
    }

    private String event(Told finding) {
        var address = finding.the("event")
                .node()
                .path("valueReference")
                .path("reference")
                .asText();
        return officer("").get(address).asString();
    }

    private List<String> drawn(String path) {
        var events = new ArrayList<String>();
        told(officer(""), path)
                .all("access")
                .forEach(each -> events.add(each.the("event")
                        .node()
                        .path("valueReference")
                        .path("reference")
                        .asText()));
        return events;
    }

    private static Told told(Caller caller, String path) {
        var answer = caller.get(path);
        answer.then().statusCode(200);
        return new Told(Caller.json(answer));
    }

    /** Somebody of an organisation that treats nobody read Alice's record on that day. */
    private UUID readBefore(LocalDate day, String purposes) {
        var event = UUID.randomUUID();
        archive.sql().sql("""
                        INSERT INTO accord.audit_event
                          (event_id, recorded, client_address, interaction, res_type, query, outcome, status, organization,
                           client_id, user_ref, purposes, token_id, patients, resources, evidence)
                        VALUES (?, ?::date + interval '12 hours', '', 'READ', 'Patient', '', 'SUCCESS', 0, 'Organization/nowhere',
                           'nobody', NULL, ?::text[], '', ARRAY[?::text], '{}', '')""").params(event, day.toString(), purposes, alice).update();
        return event;
    }

    private int found(UUID event) {
        return archive.sql()
                .sql("SELECT count(*) FROM accord.access_finding WHERE event_id = ?")
                .param(event)
                .query(Integer.class)
                .single();
    }
}
