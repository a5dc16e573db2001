package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What SMART asks of a resource server beyond refusing: what is left out, on which way. */
@ExchangeTest
@DisplayName("what scopes leave")
class ScopeRulesIT {

    private static final String LABORATORY = "\"category\":[{\"coding\":[{\"code\":\"laboratory\"}]}]";
    private static final String SURVEY = "\"category\":[{\"coding\":[{\"code\":\"survey\"}]}]";

    @Autowired
    Exchange exchange;

    @Autowired
    AlteredTokens tokens;

    @Autowired
    Archive archive;

    private String alice = "";
    private String bob = "";

    @BeforeEach
    void twoPeopleVisitLakeside() {
        alice = arrives(Visit.of("alice"));
        bob = arrives(Visit.of("bob"));
    }

    private String arrives(Visit visit) {
        hospital().post("", visit.bundle()).then().statusCode(200);
        return hospital()
                .search("Patient?identifier=" + visit.token())
                .matches()
                .get(0);
    }

    private Caller hospital() {
        return exchange.as(LAKESIDE_HOSPITAL);
    }

    private String pushes(String observation) {
        var answer = hospital().post("Observation", observation);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
        return "Observation/"
                + answer.header("Location").replaceFirst(".*/Observation/", "").replaceFirst("/.*", "");
    }

    @Test
    @DisplayName("F2, F10: what is outside the grant reads as what was never there")
    void outsideTheGrantIsAbsent() {
        var app = with("patient/*.rs", alice);
        var bobs = hospital().search("Observation?subject=" + bob).matches().get(0);

        var hidden = app.get(bobs);
        var unknown = app.get("Observation/no-such-observation");

        assertThat(hidden.statusCode()).isEqualTo(404);
        assertThat(hidden.asString()).isEqualTo(unknown.asString());
        assertThat(hidden.header("ETag")).isNull();
        assertThat(hidden.header("Location")).isNull();
        assertThat(app.get(bob).asString())
                .isEqualTo(app.get("Patient/no-such-patient").asString());
        assertThat(app.search("Observation?_total=accurate&subject=" + bob).total())
                .isZero();
        assertThat(app.search("Observation?_summary=count").total()).isOne();
    }

    @Test
    @DisplayName("F4: a reference that the compartment does not name makes no member")
    void otherReferencesMakeNoMember() {
        var focused = pushes(observation(bob, "\"focus\":[{\"reference\":\"" + alice + "\"}]"));

        assertThat(with("patient/*.rs", alice).get(focused).statusCode()).isEqualTo(404);
        assertThat(with("patient/*.rs", alice)
                        .search("Observation?_summary=count")
                        .total())
                .isOne();
    }

    @Test
    @DisplayName("F6: a page's link shows whoever follows it what is theirs")
    void linksCarryNoRight() {
        for (int count = 0; count < 3; count++) {
            pushes(observation(alice, LABORATORY + ",\"issued\":\"2026-01-0" + (count + 1) + "T00:00:00Z\""));
        }
        var whole = with("system/Observation.rs system/Patient.rs", alice);
        var survey = with("system/Observation.rs?category=survey system/Patient.rs", alice);

        var next = whole.search("Observation?_count=2&subject=" + alice).next();

        assertThat(whole.search(next).matches()).hasSize(2);
        assertThat(survey.search(next).matches()).isEmpty();
        assertThat(survey.search(next).total()).isZero();
    }

    @Test
    @DisplayName("F7: of a history the versions inside the grant")
    void historyHoldsTheVersionsInsideTheGrant() {
        var left = pushes(observation(alice, LABORATORY));
        hospital().put(left, withId(observation(alice, SURVEY), left)).then().statusCode(200);
        var joined = pushes(observation(alice, SURVEY + ",\"issued\":\"2026-01-01T00:00:00Z\""));
        hospital()
                .put(joined, withId(observation(alice, LABORATORY), joined))
                .then()
                .statusCode(200);
        var laboratory = with("system/Observation.rs?category=laboratory", alice);

        assertThat(hospital().search(joined + "/_history").total()).isEqualTo(2);
        assertThat(laboratory.get(joined).statusCode()).isEqualTo(200);
        assertThat(laboratory.get(joined + "/_history/1").statusCode()).isEqualTo(200);
        assertThat(laboratory.get(joined + "/_history/2").statusCode()).isEqualTo(404);
        assertThat(laboratory.search(joined + "/_history").total()).isOne();
        for (var way : List.of("", "/_history/1", "/_history/2", "/_history")) {
            assertThat(laboratory.get(left + way).statusCode()).as(way).isEqualTo(404);
        }
    }

    @Test
    @DisplayName("F2: an old version of what is hidden now is hidden too")
    void oldVersionsOfWhatIsHiddenAreHidden() {
        var condition =
                hospital().search("Condition?subject=" + alice).matches().get(0);
        var json = hospital().get(condition).asString();
        hospital()
                .put(condition, json.replace("38341003", "5602001").replace("Hypertension", "Opioid misuse"))
                .then()
                .statusCode(200);
        var clinic = exchange.as(RIVERSIDE_CLINIC);

        for (var way : List.of("", "/_history/1", "/_history/2", "/_history")) {
            assertThat(clinic.get(condition + way).statusCode()).as(way).isEqualTo(404);
        }
    }

    @Test
    @DisplayName("F11: one may search by a patient without the right to see them")
    void searchesByAPatientWhoIsNotGranted() {
        var observer = with("system/Observation.rs", alice);

        assertThat(observer.search("Observation?patient=" + alice).total()).isOne();
        assertThat(observer.search("Observation?subject=" + alice + "&_include=*")
                        .included())
                .isEmpty();
        assertThat(observer.search("Observation?subject=Patient/no-such-patient")
                        .total())
                .isZero();
        assertThat(observer.get("Patient?_id=" + alice.substring("Patient/".length()))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    @DisplayName("F11: a reference to what is not granted stays a reference")
    void referencesStay() {
        var observation = pushes(observation(alice, LABORATORY));

        var read = Caller.json(with("system/Observation.rs", alice).get(observation));

        assertThat(read.path("subject").path("reference").asText()).isEqualTo(alice);
        assertThat(with("system/Observation.rs", alice).get(alice).statusCode()).isEqualTo(403);
    }

    @Test
    @DisplayName("C1: patient scopes need to be told whose")
    void patientScopesNeedAPatient() {
        var nobody = exchange.with(tokens.of(
                exchange.token(RIVERSIDE_CLINIC, "", "system/*.rs"), claims -> claims.claim("scope", "patient/*.rs")));

        assertThat(nobody.get("Observation?_summary=count").statusCode()).isEqualTo(403);
        assertThat(with("patient/*.rs", alice).search("Patient").matches()).containsExactly(alice);
    }

    @Test
    @DisplayName("C2: who and where is read by everybody's app, and written by none")
    void directoriesAreRead() {
        var app = with(LAKESIDE_HOSPITAL, "patient/*.cruds", alice);

        assertThat(app.search("Organization?_summary=count").total()).isPositive();
        assertThat(app.post("Organization", "{\"resourceType\":\"Organization\",\"name\":\"x\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(app.get("Device?_summary=count").statusCode()).isEqualTo(403);
    }

    @Test
    @DisplayName("C3: links between patients are not followed")
    void linksBetweenPatientsAreNotFollowed() {
        var linked = hospital().post("Patient", """
                {"resourceType":"Patient","identifier":[{"system":"urn:lakeside:person","value":"%s"}],
                 "link":[{"type":"seealso","other":{"reference":"%s"}}]}""".formatted(UUID.randomUUID(), bob));
        linked.then().statusCode(201);
        var id = "Patient/"
                + linked.header("Location").replaceFirst(".*/Patient/", "").replaceFirst("/.*", "");

        assertThat(with("patient/*.rs", id).get(bob).statusCode()).isEqualTo(404);
        assertThat(with("patient/*.rs", id).search("Observation?_summary=count").total())
                .isZero();
    }

    @Test
    @DisplayName("C5: user scopes need to be told who")
    void userScopesNeedAUser() {
        var nobody = exchange.with(tokens.of(
                exchange.token(RIVERSIDE_CLINIC, "", "system/*.rs"), claims -> claims.claim("scope", "user/*.rs")));
        var somebody = exchange.with(tokens.of(
                exchange.token(RIVERSIDE_CLINIC, "", "system/*.rs"),
                claims -> claims.claim("scope", "user/*.rs").claim("fhirUser", "Practitioner/kim")));

        assertThat(nobody.get(alice).statusCode()).isEqualTo(403);
        assertThat(somebody.get(alice).statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("C6: a scope is an upper bound and never a grant")
    void consentsBindEveryScope() {
        var leopoldo = archive.recordOf(Person.LEOPOLDO).stream()
                .filter(Archive.Stored::isPatient)
                .findFirst()
                .orElseThrow()
                .address();

        for (var scopes : List.of("system/*.cruds", "patient/*.cruds", "system/Patient.rs")) {
            assertThat(with(scopes, leopoldo).get(leopoldo).statusCode())
                    .as(scopes)
                    .isEqualTo(404);
        }
    }

    @Test
    @DisplayName("F8, C1: nothing is written into the record of another beside one's own")
    void nobodyElsesRecordIsWritten() {
        for (var scopes : List.of("patient/*.cruds", "patient/Observation.cruds", "patient/Observation.cud")) {
            var app = with(LAKESIDE_HOSPITAL, scopes, alice);
            var both = observation(bob, "\"focus\":[{\"reference\":\"" + alice + "\"}]");
            var byAlice = observation(bob, "\"performer\":[{\"reference\":\"" + alice + "\"}]");

            assertThat(app.post("Observation", both).statusCode()).as(scopes).isIn(403, 422);
            assertThat(app.post("Observation", byAlice).statusCode()).as(scopes).isIn(403, 422);
        }
        assertThat(hospital()
                        .search("Observation?_summary=count&subject=" + bob)
                        .total())
                .isOne();
    }

    @Test
    @DisplayName("F5: a chain reads nothing of what the scopes do not reach")
    void chainsReadNoRowsBeyondTheGrant() {
        var observer = with("system/Observation.rs system/Device.rs", alice);

        for (var query : List.of(
                "Observation?subject:Observation._lastUpdated=ge2020-01-01",
                "Observation?subject:Device._lastUpdated=ge2020-01-01",
                "Observation?subject._lastUpdated=ge2020-01-01",
                "Observation?subject:Observation._pid=1,2,3",
                "Observation?subject:Patient._id=x",
                "Observation?_has:Observation:subject:_pid=1")) {
            assertThat(observer.get(query).statusCode()).as(query).isIn(400, 403);
        }
    }

    @Test
    @DisplayName("F3: no total tells of what was left out")
    void totalsTellNothingOfIncludes() {
        var observer = with("system/Observation.rs", alice);

        for (var total : List.of("none", "accurate", "estimate", "estimated")) {
            assertThat(observer.search("Observation?_include=*&_total=" + total + "&subject=" + alice)
                            .total())
                    .as(total)
                    .isOne();
        }
    }

    @ParameterizedTest(name = "F11: {0} comes along, and what is not granted beside it does not")
    @ValueSource(strings = {"Encounter", "Patient"})
    void whatIsGrantedComesAlongInEveryFormat(String type) {
        var observer = with("system/Condition.rs system/" + type + ".rs", alice);
        var search = "Condition?_include=*&subject=" + alice;

        var xml = observer.get(search + "&_format=xml");
        var entry = observer.bundle("batch", List.of(search)).at("/entry/0");

        assertThat(observer.search(search).included())
                .singleElement()
                .asString()
                .startsWith(type + "/");
        assertThat(xml.statusCode()).isEqualTo(200);
        assertThat(xml.asString().split("<mode value=\"include\"", -1)).hasSize(2);
        assertThat(entry.at("/response/status").asText()).startsWith("200");
        assertThat(entry.at("/resource/entry").findValuesAsText("resourceType")).containsExactly("Condition", type);
    }

    @Test
    @DisplayName("a search follows eight references and no more")
    void aSearchFollowsSoManyReferences() {
        var observer = with("system/*.rs", alice);
        var hop = "_has:Observation:subject:";

        assertThat(observer.get("Patient?" + hop + "code=8480-6").statusCode()).isEqualTo(200);
        for (var hops : List.of(9, 2_000)) {
            var refused = observer.given()
                    .contentType("application/x-www-form-urlencoded")
                    .body(hop.repeat(hops) + "code=8480-6")
                    .post(observer.base() + "/Patient/_search");
            assertThat(refused.statusCode()).as("%d hops", hops).isEqualTo(400);
            assertThat(refused.asString()).contains("at most 8 references");
        }
        var entry = observer.given()
                .body(
                        "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{\"request\":{\"method\":\"GET\",\"url\":\"Patient?"
                                + hop.repeat(2_000) + "code=1\"}}]}")
                .post(observer.base());
        assertThat(entry.statusCode()).isEqualTo(400);
        assertThat(entry.asString()).contains("Bundle.entry[0]");
    }

    @Test
    @DisplayName("section 4: finding by an identifier is a search, also in a push")
    void identifiersOfReferencesAreSearches() {
        var visit = Visit.of("carol");
        arrives(visit);
        var reference = "Patient?identifier=" + Visit.PEOPLE + "|" + visit.person();
        var reader = with(LAKESIDE_HOSPITAL, "system/Observation.crud system/Patient.r", alice);
        var searcher = with(LAKESIDE_HOSPITAL, "system/Observation.crud system/Patient.s", alice);

        assertThat(reader.post("Observation", observation(reference, LABORATORY))
                        .statusCode())
                .isEqualTo(422);
        assertThat(searcher.post("Observation", observation(reference, LABORATORY))
                        .statusCode())
                .isEqualTo(201);
    }

    private static String observation(String patient, String more) {
        return """
                {"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org",
                 "code":"718-7"}]},"subject":{"reference":"%s"},%s}""".formatted(patient, more);
    }

    private static String withId(String resource, String address) {
        return resource.replaceFirst("\\{", "{\"id\":\"" + address.substring(address.indexOf('/') + 1) + "\",");
    }

    private Caller with(String scopes, String patient) {
        return with(RIVERSIDE_CLINIC, scopes, patient);
    }

    private Caller with(Partner partner, String scopes, String patient) {
        return exchange.with(tokens.of(
                exchange.token(partner, "", "system/*.rs"),
                claims -> claims.claim("scope", scopes).claim("patient", patient)));
    }
}
