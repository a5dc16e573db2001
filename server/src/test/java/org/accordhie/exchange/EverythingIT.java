package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The parameters of a whole record. Source: FHIR R4, Patient $everything. */
@ExchangeTest
class EverythingIT {

    @Autowired
    Exchange exchange;

    private String alice = "";

    /** Alice's encounter was on 2 January 2026; her Patient, Condition and Observation say no time. */
    @BeforeEach
    void aliceVisitsLakeside() {
        var visit = Visit.of("alice");
        exchange.as(LAKESIDE_HOSPITAL).post("", visit.bundle()).then().statusCode(200);
        alice = exchange.as(LAKESIDE_HOSPITAL)
                .search("Patient?identifier=" + visit.token())
                .matches()
                .get(0);
        for (var month : List.of("01", "03", "05")) {
            exchange.as(LAKESIDE_HOSPITAL)
                    .post("Procedure", """
                            {"resourceType":"Procedure","status":"completed","subject":{"reference":"%s"},
                             "performedPeriod":{"start":"2026-%s-10T22:00:00Z","end":"2026-%s-12T02:00:00Z"}}""".formatted(alice, month, month))
                    .then()
                    .statusCode(201);
        }
    }

    @ParameterizedTest(name = "{0}: {1} procedures, {2} encounters")
    @CsvSource(delimiter = ';', textBlock = """
            start=2026-01-01&end=2026-12-31; 3; 1
            start=2026-02;                   2; 0
            start=2026-03-12;                2; 0
            start=2026-03-13;                1; 0
            end=2026-03-10;                  2; 1
            end=2026-03-09;                  1; 1
            end=2026;                        3; 1
            start=2026-03-11&end=2026-03-11; 1; 0
            start=2026-01-02&end=2026-01-02; 0; 1
            start=2027;                      0; 0
            """)
    void isCutByDaysOfCare(String days, int procedures, int encounters) {
        for (var page : List.of("", "&_count=2")) {
            var pages = clinic().pages(alice + "/$everything?" + days + page);

            assertThat(pages.stream().flatMap(each -> each.matches().stream()))
                    .contains(alice)
                    .satisfies(all -> assertThat(all.stream().filter(each -> each.startsWith("Procedure/")))
                            .hasSize(procedures))
                    .satisfies(all -> assertThat(all.stream().filter(each -> each.startsWith("Encounter/")))
                            .hasSize(encounters))
                    .anyMatch(each -> each.startsWith("Condition/"))
                    .hasSize(pages.get(0).total());
        }
        assertThat(posted(days).total())
                .isEqualTo(clinic().search(alice + "/$everything?" + days).total());
    }

    @Test
    void refusesWhatItDoesNotCarryOut() {
        for (var address : List.of(alice, "Patient/no-such-patient")) {
            for (var query : List.of("start=x", "start=2026&start=2027", "_typeFilter=x")) {
                assertThat(clinic().get(address + "/$everything?" + query).statusCode())
                        .as(query)
                        .isEqualTo(400);
            }
            var answer = clinic().post(address + "/$everything", """
                    {"resourceType":"Parameters","parameter":[{"name":"_at","valueDate":"2026"}]}""");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.asString()).contains("unknown parameter `_at`");
        }
    }

    @Test
    void linksOfWhatWasPostedLeadOnFromIt() {
        var first = Found.in(Caller.json(clinic().post(alice + "/$everything", """
                {"resourceType":"Parameters","parameter":[{"name":"start","valueDate":"2026-03-12"},
                 {"name":"_type","valueCode":"Procedure"},{"name":"_count","valueInteger":1}]}""")));

        var second = clinic().search(first.next());

        assertThat(first.total()).isEqualTo(2);
        assertThat(first.matches()).hasSize(1);
        assertThat(second.matches()).hasSize(1).doesNotContainAnyElementsOf(first.matches());
        assertThat(second.total()).isEqualTo(2);
        assertThat(second.next()).isEmpty();
    }

    @Test
    void readsRefuseWhatTheyDoNotCarryOut() {
        for (var address : List.of(alice, alice + "/_history/1", "Patient/no-such-patient", "AuditEvent/none")) {
            for (var name : List.of("_at", "_since", "_type")) {
                var answer = clinic().get(address + "?" + name + "=x");

                assertThat(answer.statusCode()).as("%s?%s", address, name).isEqualTo(400);
                assertThat(answer.asString()).contains("unknown parameter `" + name + "`");
            }
            // HAPI refuses those of searches before there is a route.
            for (var name : List.of("_count", "_include", "identifier")) {
                clinic().get(address + "?" + name + "=x").then().statusCode(400);
            }
        }
        for (var known : List.of("_format=xml", "_pretty=true", "_elements=id", "_summary=true", "_narrative=normal")) {
            assertThat(clinic().get(alice + "?" + known).statusCode()).as(known).isEqualTo(200);
        }
    }

    @Test
    void aModifierThatFindsNothingIsRefused() {
        for (var query : List.of(
                "Condition?subject:identifier=x",
                "Patient?_has:Condition:subject:encounter:identifier=x",
                alice + "/Condition?subject:identifier=x")) {
            var answer = clinic().get(query);

            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(answer.asString()).contains("`identifier`");
        }
    }

    private Found posted(String days) {
        var parameters = days.replaceAll("(\\w+)=([0-9-]+)", "{\"name\":\"$1\",\"valueDate\":\"$2\"}")
                .replace("&", ",");
        return Found.in(Caller.json(clinic().post(
                        alice + "/$everything",
                        "{\"resourceType\":\"Parameters\",\"parameter\":[" + parameters + "]}")));
    }

    private Caller clinic() {
        return exchange.as(RIVERSIDE_CLINIC);
    }
}
