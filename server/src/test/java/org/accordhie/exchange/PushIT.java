package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PATIENT_APP;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RESEARCH_INSTITUTE;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a source pushes is stored once, whole, under its own name, or not at all. */
@ExchangeTest
class PushIT {

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    private final Visit visit = Visit.of("alice");

    @Test
    void leavesOneCopyOfABundleSentTwice() {
        var first = Caller.json(lakeside().post("", visit.bundle()));
        var rows = archive.rows();

        var second = Caller.json(lakeside().post("", visit.bundle()));

        assertThat(archive.rows()).isEqualTo(rows);
        assertThat(locations(second))
                .isEqualTo(locations(first))
                .hasSize(4)
                .allSatisfy(location -> assertThat(location).startsWith(exchange.base()));
        assertStoredOnce();
    }

    @Test
    void leavesOneCopyOfABundleSentFourTimesAtOnce() throws Exception {
        var senders = Executors.newFixedThreadPool(4);
        try {
            Callable<Integer> send = () -> lakeside().post("", visit.bundle()).statusCode();

            for (var answer : senders.invokeAll(List.of(send, send, send, send))) {
                assertThat(answer.get()).isEqualTo(200);
            }
        } finally {
            senders.shutdown();
        }

        assertStoredOnce();
    }

    @Test
    void recognisesTheSameContentUnderNewTemporaryNames() {
        lakeside().post("", visit.bundle()).then().statusCode(200);
        var versions = versions();

        lakeside().post("", visit.exportedAgain().bundle()).then().statusCode(200);

        assertThat(versions()).isEqualTo(versions);
        assertStoredOnce();
    }

    @Test
    void matchesAPatientByIdentifierInAnotherBundle() {
        lakeside().post("", visit.bundle()).then().statusCode(200);
        var later = visit.exportedAgain();

        lakeside().post("", Visit.bundleOf(later.patient())).then().statusCode(200);

        assertThat(lakeside().search("Patient?identifier=" + visit.token()).total())
                .isEqualTo(1);
    }

    @Test
    void tellsOfEachEntryWhichVersionItIsAndSinceWhen() {
        var several = lakeside().post("", visit.bundle());
        var one = lakeside()
                .post("", Visit.bundleOf(Visit.entry("urn:uuid:" + UUID.randomUUID(), "Patient", """
                {"resourceType":"Patient","identifier":[{"system":"urn:lakeside:mrn","value":"%s"}]}""".formatted(
                                UUID.randomUUID()))));

        for (var answer : List.of(several, one)) {
            answer.then()
                    .body("entry.response.etag", everyItem(is("W/\"1\"")))
                    .body("entry.response.lastModified", everyItem(startsWith("20")));
        }
    }

    @Test
    void storesWhatRefersToItself() {
        var name = "urn:uuid:" + UUID.randomUUID();
        var bundle = Visit.bundleOf(Visit.entry(name, "Patient", """
                {"resourceType":"Patient","identifier":[{"system":"urn:lakeside:mrn","value":"%s"}],
                 "link":[{"other":{"reference":"%s"},"type":"seealso"}]}""".formatted(name, name)));

        var first = locations(Caller.json(lakeside().post("", bundle)));
        var again = locations(Caller.json(lakeside().post("", bundle)));

        assertThat(again).isEqualTo(first).hasSize(1);
        var found = lakeside().get("Patient?identifier=urn:lakeside:mrn%7C" + name);
        found.then().body("total", is(1)).body("entry[0].resource.meta.versionId", is("1"));
        assertThat(first.get(0))
                .endsWith("/" + found.jsonPath().getString("entry[0].resource.link[0].other.reference"));
    }

    @Test
    void makesAChangedResourceVersionTwo() {
        lakeside().post("", visit.bundle()).then().statusCode(200);

        lakeside()
                .post("", visit.diagnosedWith("73211009", "Diabetes mellitus").bundle())
                .then()
                .statusCode(200);

        var conditions = lakeside().get("Condition?patient.identifier=" + visit.token());
        conditions
                .then()
                .body("total", is(1))
                .body("entry[0].resource.meta.versionId", is("2"))
                .body("entry[0].resource.code.coding[0].code", is("73211009"));
        lakeside()
                .get("Encounter?patient.identifier=" + visit.token())
                .then()
                .body("entry[0].resource.meta.versionId", is("1"));
    }

    @Test
    void storesNothingOfABundleWithABadEntryAndSaysWhichAndWhere() {
        var rows = archive.rows();

        var answer =
                lakeside().post("", visit.bundleWith(Visit.entry("urn:uuid:" + UUID.randomUUID(), "Observation", """
                {"resourceType":"Observation","status":"final","code":{"text":"x"},
                 "subject":{"reference":"Patient/nobody-of-this-name"}}""")));

        answer.then()
                .statusCode(422)
                .body("resourceType", is("OperationOutcome"))
                .body("issue", hasSize(1))
                .body("issue[0].expression", hasItem("Bundle.entry[1].resource.subject"));
        assertThat(archive.rows()).isEqualTo(rows);
        assertThat(lakeside().search("Patient?identifier=" + visit.token()).total())
                .isZero();
    }

    @Test
    void namesEveryBadEntry() {
        var answer = lakeside().post("", Visit.bundleOf(visit.patient() + "," + visit.patient() + "," + """
                {"fullUrl":"urn:uuid:0b0b0b0b-0000-4000-8000-000000000000","request":{"method":"POST","url":"Condition"}}"""));

        answer.then().statusCode(422).body("issue.expression.flatten()", hasItem("Bundle.entry[1].fullUrl"));
        answer.then().body("issue.expression.flatten()", hasItem("Bundle.entry[2].resource"));
    }

    @Test
    void keepsOneSourceOutOfAnothersData() {
        var nobodys = UUID.randomUUID();
        var absent = lakeside().put("Condition/" + nobodys, """
                {"resourceType":"Condition","id":"%s"}""".formatted(nobodys));
        for (var person : Person.values()) {
            var condition = archive.recordOf(person).stream()
                    .filter(Archive.Stored::isCondition)
                    .findFirst()
                    .orElseThrow();
            var changed = """
                    {"resourceType":"Condition","id":"%s","subject":{"reference":"%s"}}""".formatted(condition.id(), condition.patient());
            var rows = archive.rows();

            var put = lakeside().put(condition.address(), changed);
            var deleted = lakeside().delete(condition.address());

            assertThat(put.statusCode()).isEqualTo(404).isEqualTo(absent.statusCode());
            assertThat(put.asString()).isEqualTo(absent.asString());
            assertThat(deleted.asString()).isEqualTo(absent.asString());
            assertThat(archive.rows()).isEqualTo(rows);
        }
    }

    @Test
    void movesNothingFromOnePatientToAnother() {
        lakeside().post("", visit.bundle()).then().statusCode(200);
        var other = Visit.of("bea");
        lakeside().post("", other.bundle()).then().statusCode(200);
        var bea = lakeside()
                .search("Patient?identifier=" + other.token())
                .matches()
                .get(0);
        var condition =
                lakeside().search("Condition?subject=" + alice()).matches().get(0);
        var moved = """
                {"resourceType":"Condition","id":"%s","subject":{"reference":"%s"}}""".formatted(condition.substring("Condition/".length()), bea);
        var rows = archive.rows();

        var alone = lakeside().put(condition, moved);
        var inABundle = lakeside().post("", Visit.bundleOf("""
                {"resource":%s,"request":{"method":"PUT","url":"%s"}}""".formatted(moved, condition)));

        for (var answer : List.of(alone, inABundle)) {
            answer.then()
                    .statusCode(422)
                    .body("issue[0].expression", hasItem("Bundle.entry[0].resource"))
                    .body("issue[0].diagnostics", containsString("cannot be moved"));
        }
        assertThat(archive.rows()).isEqualTo(rows);
        assertThat(lakeside().search("Condition?subject=" + alice()).matches()).contains(condition);
    }

    @Test
    void doesNotLetABundleTakeOverAnothersId() {
        var condition = archive.released(Person.CORY, RIVERSIDE_CLINIC, Archive.Stored::isCondition).stream()
                .findFirst()
                .orElseThrow();
        var before = versionsOf(condition);

        lakeside().post("", Visit.bundleOf("""
                {"fullUrl":"%s/%s","resource":{"resourceType":"Condition","id":"%s","subject":{"reference":"%s"}},
                 "request":{"method":"PUT","url":"%s"}},%s""".formatted(
                        exchange.base(),
                        condition,
                        condition.substring(10),
                        visit.name("patient"),
                        condition,
                        visit.patient())));

        assertThat(versionsOf(condition)).isEqualTo(before);
    }

    @Test
    void setsSourceAndLabelsItself() {
        var depression = """
                {"resourceType":"Condition","meta":{"source":"https://elsewhere.example.org",
                 "tag":[{"system":"urn:x","code":"mine"}],
                 "security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"U"}]},
                 "code":{"coding":[{"system":"http://snomed.info/sct","code":"370143000"}]},
                 "subject":{"reference":"%s"}}""".formatted(visit.name("patient"));

        lakeside()
                .post(
                        "",
                        Visit.bundleOf(
                                visit.patient() + "," + Visit.entry(visit.name("depression"), "Condition", depression)))
                .then()
                .statusCode(200);

        lakeside()
                .get("Condition?patient.identifier=" + visit.token())
                .then()
                .body("total", is(1))
                .body(
                        "entry[0].resource.meta.source",
                        startsWith(exchange.base() + "/" + LAKESIDE_HOSPITAL.organization))
                .body("entry[0].resource.meta.security.code.sort()", is(List.of("PSY", "R")))
                .body("entry[0].resource.meta.tag", is((Object) null));
    }

    @Test
    void keepsASensitivityThatTheSourceAdds() {
        var condition = """
                {"resourceType":"Condition","meta":{
                 "security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"ETH"}]},
                 "code":{"text":"something"},"subject":{"reference":"%s"}}""".formatted(visit.name("patient"));

        lakeside()
                .post("", Visit.bundleOf(visit.patient() + "," + Visit.entry(visit.name("c"), "Condition", condition)))
                .then()
                .statusCode(200);

        assertThat(lakeside()
                        .search("Condition?patient.identifier=" + visit.token())
                        .total())
                .isEqualTo(1);
        assertThat(exchange.as(RIVERSIDE_CLINIC)
                        .search("Condition?patient.identifier=" + visit.token())
                        .total())
                .isZero();
    }

    @Test
    void letsOnlyOfficersAndThePatientsOwnAppWriteConsents() {
        lakeside().post("", visit.bundle()).then().statusCode(200);
        var alice = alice();
        var rows = archive.rows();

        for (var partner : List.of(LAKESIDE_HOSPITAL, RIVERSIDE_CLINIC, RESEARCH_INSTITUTE)) {
            var caller = exchange.as(partner);
            caller.post("Consent", Consents.share(alice)).then().statusCode(403);
            caller.post("", Visit.bundleOf(Visit.entry(visit.name("consent"), "Consent", Consents.share(alice))))
                    .then()
                    .statusCode(403);
        }
        exchange.asAppOf("Patient/somebody-else")
                .post("Consent", Consents.share(alice))
                .then()
                .statusCode(403);

        assertThat(archive.rows()).isEqualTo(rows);
        exchange.asAppOf(alice).post("Consent", Consents.share(alice)).then().statusCode(201);
        exchange.as(PRIVACY_OFFICER)
                .post("Consent", Consents.share(alice))
                .then()
                .statusCode(201);
    }

    @Test
    void refusesAConsentThatCannotBeEnforcedAndNamesTheProvision() {
        lakeside().post("", visit.bundle()).then().statusCode(200);
        var rows = archive.rows();
        var untyped = Consents.consent(alice(), "active", """
                {"type":"permit","provision":[{"type":"deny"},{"purpose":[{
                 "system":"http://terminology.hl7.org/CodeSystem/v3-ActReason","code":"HRESCH"}]}]}""");

        var answer = exchange.as(PRIVACY_OFFICER).post("Consent", untyped);

        answer.then()
                .statusCode(422)
                .body("issue[0].expression", hasItem("Consent.provision.provision[1]"))
                .body("issue[0].diagnostics", containsString("has no type"));
        assertThat(archive.rows()).isEqualTo(rows);
    }

    @Test
    void takesNothingFromClinicsThatAreNoSource() {
        var rows = archive.rows();

        exchange.as(RIVERSIDE_CLINIC).post("", visit.bundle()).then().statusCode(403);
        exchange.as(RESEARCH_INSTITUTE).post("", visit.bundle()).then().statusCode(403);
        exchange.as(RIVERSIDE_CLINIC)
                .post("Patient", "{\"resourceType\":\"Patient\"}")
                .then()
                .statusCode(403);
        exchange.with(exchange.token(LAKESIDE_HOSPITAL, "", "system/*.rs"))
                .post("", visit.bundle())
                .then()
                .statusCode(403);

        assertThat(archive.rows()).isEqualTo(rows);
        assertThat(PATIENT_APP.scope).endsWith("cruds");
    }

    @Test
    void storesManyVisitsAtOnce() throws Exception {
        var senders = Executors.newFixedThreadPool(4);
        var visits = IntStream.range(0, 8).mapToObj(number -> Visit.of("bob")).toList();
        try {
            var sent = visits.stream()
                    .map(each -> senders.submit(
                            () -> lakeside().post("", each.bundle()).statusCode()))
                    .toList();
            for (var answer : sent) {
                assertThat(answer.get()).isEqualTo(200);
            }
        } finally {
            senders.shutdown();
        }
        for (var each : visits) {
            assertThat(lakeside()
                            .search("Observation?patient.identifier=" + each.token())
                            .total())
                    .isEqualTo(1);
        }
    }

    private Caller lakeside() {
        return exchange.as(LAKESIDE_HOSPITAL);
    }

    private String alice() {
        return lakeside()
                .search("Patient?identifier=" + visit.token())
                .matches()
                .get(0);
    }

    private void assertStoredOnce() {
        for (var query : List.of(
                "Patient?identifier=",
                "Encounter?patient.identifier=",
                "Condition?patient.identifier=",
                "Observation?patient.identifier=")) {
            lakeside()
                    .get(query + visit.token())
                    .then()
                    .body("total", is(1))
                    .body("entry[0].resource.meta.versionId", is("1"));
        }
        assertThat(versions()).hasSize(4);
    }

    private List<String> versions() {
        return versionsOf(alice());
    }

    /** All versions of a resource and of what refers to it. */
    private List<String> versionsOf(String address) {
        return archive.sql()
                .sql("""
                        SELECT r.res_type || '/' || r.fhir_id || '/_history/' || v.res_ver FROM hfj_res_ver v
                        JOIN hfj_resource r ON r.res_id = v.res_id
                        WHERE r.res_type || '/' || r.fhir_id = :address OR r.res_id IN (
                          SELECT l.src_resource_id FROM hfj_res_link l JOIN hfj_resource p ON p.res_id = l.target_resource_id
                          WHERE p.res_type || '/' || p.fhir_id = :address) ORDER BY 1
                        """)
                .param("address", address)
                .query(String.class)
                .list();
    }

    private static List<String> locations(com.fasterxml.jackson.databind.JsonNode answer) {
        return answer.path("entry").findValuesAsText("location").stream()
                .map(location -> location.replaceFirst("/_history/.*", ""))
                .toList();
    }
}
