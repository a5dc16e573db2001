package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Search of a patient's compartment, and HEAD of searches. Source: FHIR R4, RESTful API, "Variant Searches". */
@ExchangeTest
class CompartmentIT {

    private static final List<String> TYPES =
            List.of("Condition", "Encounter", "Observation", "MedicationRequest", "Claim", "Immunization", "Consent");

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    @Autowired
    AlteredTokens tokens;

    private String alice = "";
    private String bob = "";

    @BeforeEach
    void twoPeopleVisitLakeside() {
        alice = arrives(Visit.of("alice"));
        bob = arrives(Visit.of("bob"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Partner.class,
            names = {"RIVERSIDE_CLINIC", "RESEARCH_INSTITUTE"})
    void tellsTheReleasedPartOfARecord(Partner partner) {
        var caller = exchange.as(partner);
        for (var person : List.of(Person.CORY, Person.CLARK)) {
            for (var patient : patientsOf(person)) {
                for (var type : TYPES) {
                    var released = archive.released(
                            person,
                            partner,
                            stored -> stored.type().equals(type)
                                    && stored.patient().equals(patient));
                    var visible = archive.released(person, partner, Archive.Stored::isPatient)
                            .contains(patient);

                    var pages = caller.pages(patient + "/" + type + "?_count=10");

                    assertThat(pages.get(0).total())
                            .as("%s/%s", patient, type)
                            .isEqualTo(visible ? released.size() : 0);
                    assertThat(pages.stream().flatMap(page -> page.matches().stream()))
                            .as("%s/%s", patient, type)
                            .containsExactlyInAnyOrderElementsOf(visible ? released : List.of());
                }
            }
        }
    }

    @Test
    void findsWhatASearchByEachOfItsParametersFinds() {
        var performed = pushes("""
                {"resourceType":"Observation","status":"final","code":{"text":"of bob, by alice"},
                 "subject":{"reference":"%s"},"performer":[{"reference":"%s"}]}""".formatted(bob, alice));
        var twice = pushes("""
                {"resourceType":"Observation","status":"preliminary","code":{"text":"of alice, by alice"},
                 "subject":{"reference":"%s"},"performer":[{"reference":"%s"}]}""".formatted(alice, alice));
        var focused = pushes("""
                {"resourceType":"Observation","status":"final","code":{"text":"of bob, about alice"},
                 "subject":{"reference":"%s"},"focus":[{"reference":"%s"}]}""".formatted(bob, alice));

        var found = clinic().search(alice + "/Observation");
        var either =
                new TreeSet<>(clinic().search("Observation?subject=" + alice).matches());
        either.addAll(clinic().search("Observation?performer=" + alice).matches());

        assertThat(found.matches())
                .containsExactlyInAnyOrderElementsOf(either)
                .contains(performed, twice)
                .doesNotContain(focused)
                .hasSize(3);
        assertThat(found.total()).isEqualTo(3);
        assertThat(clinic().search(alice + "/Observation?_summary=count").total())
                .isEqualTo(3);
        for (var count : List.of(1, 2)) {
            assertThat(clinic().pages(alice + "/Observation?_count=" + count).stream()
                            .flatMap(page -> page.matches().stream()))
                    .containsExactlyElementsOf(found.matches());
        }
        assertThat(clinic().search(bob + "/Observation").total()).isEqualTo(3);
        assertThat(clinic().search(alice + "/Observation?status=preliminary").matches())
                .containsExactly(twice);
        assertThat(clinic().search(alice + "/Observation?performer=" + alice).matches())
                .containsExactlyInAnyOrder(performed, twice);
    }

    @Test
    void takesTheParametersOfTheSearchOfTheType() {
        var condition = clinic().search(alice + "/Condition").matches();

        assertThat(condition).hasSize(1);
        assertThat(clinic().search(alice + "/Condition?code=38341003").matches())
                .isEqualTo(condition);
        assertThat(clinic().search(alice + "/Condition?code=6525002").total()).isZero();
        assertThat(clinic().search(alice + "/Condition?encounter.status=finished")
                        .matches())
                .isEqualTo(condition);
        assertThat(clinic().search(alice + "/Condition?subject=" + bob).total()).isZero();
        assertThat(clinic().search(alice + "/Condition?_include=Condition:subject")
                        .included())
                .containsExactly(alice);
        assertThat(clinic().search(alice + "/Encounter?_revinclude=Condition:encounter")
                        .included())
                .isEqualTo(condition);
        for (var query : List.of("code:in=x", "nothing=x", "_sort=subject", "_filter=x", ":compartment=x")) {
            clinic().get(alice + "/Condition?" + query).then().statusCode(400);
            clinic().get("Condition?" + query).then().statusCode(400);
        }
    }

    @Test
    void isPostedToo() {
        var posted = clinic().given()
                .contentType("application/x-www-form-urlencoded")
                .body("code=38341003&_count=5")
                .post(exchange.base() + "/" + alice + "/Condition/_search");

        assertThat(Found.in(Caller.json(posted)).matches())
                .isEqualTo(clinic().search(alice + "/Condition").matches());
        var answers = clinic().bundle("batch", List.of(alice + "/Condition?code=38341003", alice + "/Practitioner"));
        assertThat(answers.at("/entry/0/resource/total").asInt()).isOne();
        assertThat(answers.at("/entry/1/response/status").asText()).startsWith("400");
    }

    @Test
    void ofSomebodyHiddenIsThatOfNobody() {
        exchange.as(PRIVACY_OFFICER)
                .post("Consent", Consents.refuse(bob))
                .then()
                .statusCode(201);

        for (var type : TYPES) {
            var hidden = Caller.json(clinic().get(bob + "/" + type));
            var nobody = Caller.json(clinic().get("Patient/no-such-patient/" + type));

            assertThat(hidden.path("total").asInt(-1)).as(type).isZero();
            assertThat(nobody.path("total").asInt(-1)).as(type).isZero();
            assertThat(hidden.has("entry")).as(type).isFalse();
        }
        assertThat(exchange.as(LAKESIDE_HOSPITAL).search(bob + "/Condition").total())
                .isOne();
    }

    @Test
    void needsTheRightToSearchTheType() {
        var observer = with("system/Observation.rs");

        assertThat(observer.search(alice + "/Observation").total()).isOne();
        assertThat(observer.get(alice + "/Condition").statusCode()).isEqualTo(403);
        assertThat(with("system/Observation.r").get(alice + "/Observation").statusCode())
                .isEqualTo(403);
        assertThat(with("patient/*.rs").search(alice + "/Observation").total()).isOne();
        assertThat(with("patient/*.rs").search(bob + "/Observation").total()).isZero();
    }

    @Test
    void isRecordedAsASearchOfTheType() {
        clinic().get(alice + "/Condition?code=38341003").then().statusCode(200);

        assertThat(archive.sql()
                        .sql("SELECT concat_ws(' ', interaction, res_type, outcome, query) FROM accord.audit_event"
                                + " ORDER BY recorded DESC LIMIT 1")
                        .query(String.class)
                        .single())
                .isEqualTo("SEARCH_TYPE Condition SUCCESS /" + alice + "/Condition?code=38341003");
    }

    @Test
    void headAnswersAsGetDoes() {
        var addresses = new ArrayList<>(List.of(
                "Condition?subject=" + alice,
                "Condition?nothing=x",
                alice + "/Condition",
                alice + "/Practitioner",
                "Patient?_id=x",
                "Nothing"));
        for (var address : addresses) {
            var head = clinic().given().head(exchange.base() + "/" + address);
            var get = clinic().get(address);

            assertThat(head.statusCode()).as(address).isEqualTo(get.statusCode());
            assertThat(head.contentType()).as(address).isEqualTo(get.contentType());
            assertThat(head.asString()).as(address).isEmpty();
        }
        assertThat(with("system/Observation.rs")
                        .given()
                        .head(exchange.base() + "/Condition")
                        .statusCode())
                .isEqualTo(403);
    }

    private String arrives(Visit visit) {
        exchange.as(LAKESIDE_HOSPITAL).post("", visit.bundle()).then().statusCode(200);
        return exchange.as(LAKESIDE_HOSPITAL)
                .search("Patient?identifier=" + visit.token())
                .matches()
                .get(0);
    }

    private String pushes(String observation) {
        var answer = exchange.as(LAKESIDE_HOSPITAL).post("Observation", observation);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
        return "Observation/"
                + answer.header("Location").replaceFirst(".*/Observation/", "").replaceFirst("/.*", "");
    }

    private List<String> patientsOf(Person person) {
        return archive.recordOf(person).stream()
                .filter(Archive.Stored::isPatient)
                .map(Archive.Stored::address)
                .toList();
    }

    private Caller with(String scopes) {
        return exchange.with(tokens.of(
                exchange.token(LAKESIDE_HOSPITAL, "", "system/*.rs"),
                claims -> claims.claim("scope", scopes).claim("patient", alice.substring("Patient/".length()))));
    }

    private Caller clinic() {
        return exchange.as(RIVERSIDE_CLINIC);
    }
}
