package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RESEARCH_INSTITUTE;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Whoever may not see a resource gets, to the byte, what they would get if it had never been. */
@ExchangeTest
class HiddenMeansAbsentIT {

    /** Of Clark, who lets nobody but research see him. */
    private static final List<String> TYPES = List.of("Patient", "Condition", "Encounter", "Claim", "Consent");

    private static final Set<String> WARM = new HashSet<>();

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    @ParameterizedTest
    @MethodSource("org.accordhie.exchange.Way#every")
    void whatIsHiddenAnswersLikeWhatNeverWas(Way way) {
        var clark = archive.recordOf(Person.CLARK);
        var rows = archive.rows();
        for (var partner : List.of(RIVERSIDE_CLINIC, LAKESIDE_HOSPITAL)) {
            for (var type : TYPES) {
                var hidden = clark.stream()
                        .filter(stored -> stored.type().equals(type))
                        .findFirst()
                        .orElseThrow()
                        .address();
                warmCaches(hidden);

                assertSame(way, exchange.as(partner), hidden, type + "/" + UUID.randomUUID());
            }
        }
        assertThat(archive.rows()).isEqualTo(rows);
    }

    @ParameterizedTest
    @MethodSource("org.accordhie.exchange.Way#every")
    void whatWasDeletedWhileHiddenAnswersLikeWhatNeverWas(Way way) {
        var carol = Visit.of("carol");
        exchange.as(LAKESIDE_HOSPITAL).post("", carol.bundle()).then().statusCode(200);
        var patient = exchange.as(LAKESIDE_HOSPITAL)
                .search("Patient?identifier=" + carol.token())
                .matches()
                .get(0);
        var observation = exchange.as(LAKESIDE_HOSPITAL)
                .search("Observation?patient.identifier=" + carol.token())
                .matches()
                .get(0);
        exchange.as(PRIVACY_OFFICER)
                .post("Consent", Consents.refuse(patient))
                .then()
                .statusCode(201);
        exchange.as(LAKESIDE_HOSPITAL).delete(observation).then().statusCode(204);

        assertSame(way, exchange.as(RIVERSIDE_CLINIC), observation, "Observation/" + UUID.randomUUID());
    }

    @Test
    void bisectionOfHiddenValuesFindsNothing() {
        var clinic = exchange.as(RIVERSIDE_CLINIC);
        var code = archive.recordOf(Person.CLARK).stream()
                .filter(Archive.Stored::isCondition)
                .findFirst()
                .orElseThrow()
                .codes()
                .iterator()
                .next();

        for (var query : List.of(
                "Patient?identifier=" + Person.CLARK.token(),
                "Patient?_has:Condition:subject:code=" + code + "&identifier=" + Person.CLARK.token(),
                "Condition?patient.identifier=" + Person.CLARK.token() + "&code=" + code,
                "Encounter?subject:Patient.identifier=" + Person.CLARK.token(),
                "Patient?_has:Observation:patient:_has:Provenance:target:_id=x&identifier=" + Person.CLARK.token())) {
            assertThat(clinic.search(query).total()).as(query).isZero();
        }
    }

    @Test
    void nobodySortsByWhatMayBeHidden() {
        for (var query :
                List.of("Condition?_sort=subject", "Condition?_sort=-patient", "Observation?_sort=encounter")) {
            exchange.as(RIVERSIDE_CLINIC).get(query).then().statusCode(400);
        }
    }

    @Test
    void aPageLinkShowsItsFollowerTheirOwnPage() {
        var query = "Encounter?_count=5&_sort=date";
        for (var owner : List.of(RIVERSIDE_CLINIC, PRIVACY_OFFICER, RESEARCH_INSTITUTE)) {
            var link = exchange.as(owner).search(query).next();
            for (var follower : List.of(RIVERSIDE_CLINIC, RESEARCH_INSTITUTE)) {
                var own = exchange.as(follower).search(query + "&_offset=5");

                var followed = exchange.as(follower).search(link);

                assertThat(followed.matches()).isEqualTo(own.matches());
                assertThat(followed.total()).isEqualTo(own.total());
            }
        }
    }

    @Test
    void aPageLinkIsNothingWithoutAToken() {
        var link = exchange.as(RIVERSIDE_CLINIC).search("Encounter?_count=5").next();

        io.restassured.RestAssured.given()
                .urlEncodingEnabled(false)
                .get(link)
                .then()
                .statusCode(401);
    }

    @Test
    void theCapabilityStatementCountsNothing() {
        var statement = exchange.as(RIVERSIDE_CLINIC).get("metadata").asString();

        assertThat(statement)
                .doesNotContain("resourceCount")
                .doesNotContain("$meta")
                .doesNotContain("$expunge");
    }

    @Test
    void whatHapiBringsAlongIsNotThere() {
        var cory = archive.released(Person.CORY, RIVERSIDE_CLINIC, Archive.Stored::isPatient).stream()
                .findFirst()
                .orElseThrow();
        for (var path : List.of(
                cory + "/$meta",
                "$meta",
                "Patient/$meta",
                "$get-resource-counts",
                "$export",
                "Patient/$export",
                cory + "/$diff",
                "$graphql?query=x",
                "SearchParameter",
                "Bundle",
                "Condition?_filter=code%20eq%20x",
                "Patient?_getpages=x",
                "?_getpages=" + UUID.randomUUID())) {
            assertThat(exchange.as(PRIVACY_OFFICER).get(path).statusCode())
                    .as(path)
                    .isBetween(400, 405);
        }
    }

    private void assertSame(Way way, Caller caller, String hidden, String absent) {
        var aboutHidden = way.told(caller, hidden);
        var aboutAbsent = way.told(caller, absent);

        assertThat(aboutHidden).as("%s of %s", way, hidden).isEqualTo(aboutAbsent);
    }

    /** HAPI remembers which ids exist; whoever may see them makes it remember. */
    private void warmCaches(String address) {
        if (!WARM.add(address)) {
            return;
        }
        exchange.as(RESEARCH_INSTITUTE).get(address);
        exchange.as(RESEARCH_INSTITUTE).get(address + "/_history");
        exchange.as(RESEARCH_INSTITUTE).get("Condition?subject=" + address);
        exchange.as(PRIVACY_OFFICER).get(address);
    }
}
