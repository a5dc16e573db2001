package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RESEARCH_INSTITUTE;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every access leaves one event, and none can be taken back. */
@ExchangeTest
class AuditIT {

    private static final String EVENTS = "SELECT interaction, res_type, outcome, organization, client_id, purposes, "
            + "query, patients, resources FROM accord.audit_event WHERE event_id <> ALL (?) ORDER BY recorded";

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    @Autowired
    @Qualifier("wholePool")
    DataSource server;

    private UUID[] before = {};

    /**
     * An event as it is stored.
     *
     * @param what interaction, type and outcome
     * @param who organisation, client and purposes
     */
    record Event(String what, String who, String query, Set<String> patients, Set<String> resources) {}

    @BeforeEach
    void count() {
        before = sql().sql("SELECT event_id FROM accord.audit_event")
                .query(UUID.class)
                .list()
                .toArray(UUID[]::new);
    }

    @Test
    void aReleasedReadLeavesOneEvent() {
        var condition = archive.released(Person.CORY, RIVERSIDE_CLINIC, Archive.Stored::isCondition).stream()
                .findFirst()
                .orElseThrow();

        exchange.as(RIVERSIDE_CLINIC).get(condition).then().statusCode(200);

        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.what()).isEqualTo("READ Condition SUCCESS");
            assertThat(event.who()).isEqualTo("Organization/riverside-clinic dev-riverside-clinic [TREAT]");
            assertThat(event.query()).contains(condition);
            assertThat(event.patients()).isEqualTo(Set.of(patientOf(condition)));
            assertThat(event.resources()).isEqualTo(Set.of(condition + "/_history/1"));
        });
    }

    @Test
    void aSearchLeavesOneEventWithAllItReturned() {
        var found = exchange.as(RESEARCH_INSTITUTE)
                .search("Condition?_include=Condition:subject&_count=500&patient.identifier=" + Person.CLARK.token());

        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.what()).isEqualTo("SEARCH_TYPE Condition SUCCESS");
            assertThat(event.who()).contains("[HRESCH]");
            assertThat(event.resources())
                    .hasSize(found.matches().size() + found.included().size());
            assertThat(event.patients()).containsExactlyInAnyOrderElementsOf(found.included());
        });
    }

    @Test
    void aSearchThatFindsNothingLeavesOneEvent() {
        exchange.as(RIVERSIDE_CLINIC).search("Condition?patient.identifier=" + Person.CLARK.token());

        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.what()).isEqualTo("SEARCH_TYPE Condition SUCCESS");
            assertThat(event.resources()).isEmpty();
        });
    }

    @Test
    void aPostedSearchIsRecordedAsItWasAsked() {
        var clark = exchange.as(RESEARCH_INSTITUTE)
                .search("Patient?identifier=" + Person.CLARK.token())
                .matches();
        count();

        var answer = exchange.as(RESEARCH_INSTITUTE)
                .given()
                .contentType("application/x-www-form-urlencoded")
                .body("identifier=" + Person.CLARK.token())
                .post(exchange.base() + "/Patient/_search?_count=7");

        assertThat(Found.in(Caller.json(answer)).matches()).isEqualTo(clark).hasSize(2);
        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.what()).isEqualTo("SEARCH_TYPE Patient SUCCESS");
            assertThat(event.query()).contains("_count=7").contains("identifier=https%3A%2F%2Fgithub.com");
        });
    }

    @Test
    void everythingLeavesOneEvent() {
        var cory = archive.released(Person.CORY, RIVERSIDE_CLINIC, Archive.Stored::isPatient).stream()
                .findFirst()
                .orElseThrow();

        var page = exchange.as(RIVERSIDE_CLINIC).search(cory + "/$everything?_count=10");

        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.what()).endsWith("Patient SUCCESS");
            assertThat(event.resources()).hasSize(page.matches().size());
        });
    }

    @Test
    void everyReadOfABatchLeavesItsOwnEvent() {
        var conditions = archive.released(Person.CORY, RIVERSIDE_CLINIC, Archive.Stored::isCondition).stream()
                .limit(2)
                .toList();

        exchange.as(RIVERSIDE_CLINIC)
                .bundle("batch", List.of(conditions.get(0), conditions.get(1), "Condition/nobodys"));

        assertThat(events())
                .extracting(Event::what)
                .containsExactlyInAnyOrder(
                        "READ Condition SUCCESS", "READ Condition SUCCESS", "READ Condition REFUSED");
    }

    @Test
    void anEntryOfABatchIsRecordedWithWhatItAsked() {
        var search = "Condition?_tag=" + UUID.randomUUID();
        var record = "Patient/" + UUID.randomUUID() + "/$everything";

        exchange.as(RIVERSIDE_CLINIC).bundle("batch", List.of(search, record));

        for (var asked : List.of(search, record)) {
            assertThat(archive.sql()
                            .sql("SELECT query FROM accord.audit_event WHERE query LIKE '%' || ?")
                            .param(asked)
                            .query(String.class)
                            .list())
                    .containsExactly("/" + asked);
        }
    }

    @Test
    void refusalsLeaveOneEventEach() {
        var clark = archive.hidden(Person.CLARK, RIVERSIDE_CLINIC).get(0);

        exchange.as(RIVERSIDE_CLINIC).get(clark.address()).then().statusCode(404);
        exchange.with(exchange.token(RIVERSIDE_CLINIC, "", "system/Patient.r"))
                .get("Condition?code=1")
                .then()
                .statusCode(403);
        exchange.as(RIVERSIDE_CLINIC)
                .post("Patient", "{\"resourceType\":\"Patient\"}")
                .then()
                .statusCode(403);

        assertThat(events())
                .extracting(Event::what)
                .containsExactly(
                        "READ " + clark.type() + " REFUSED", "SEARCH_TYPE Condition REFUSED", "CREATE Patient REFUSED");
        assertThat(events()).allSatisfy(event -> assertThat(event.resources()).isEmpty());
    }

    @Test
    void aBadSearchLeavesOneEvent() {
        exchange.as(RIVERSIDE_CLINIC).get("Condition?favourite=blue").then().statusCode(400);

        assertThat(events()).extracting(Event::what).containsExactly("SEARCH_TYPE Condition FAILED");
    }

    @Test
    void aPushLeavesOneEventWithAllItWrote() {
        var visit = Visit.of("dora");

        exchange.as(LAKESIDE_HOSPITAL).post("", visit.bundle()).then().statusCode(200);

        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.what()).isEqualTo("TRANSACTION Bundle SUCCESS");
            assertThat(event.who()).startsWith("Organization/lakeside-hospital");
            assertThat(event.patients()).hasSize(1);
            assertThat(event.resources()).hasSize(4).allMatch(written -> written.endsWith("/_history/1"));
        });
    }

    @Test
    void aRefusedPushLeavesOneEvent() {
        var visit = Visit.of("dora");

        exchange.as(LAKESIDE_HOSPITAL)
                .post("", Visit.bundleOf(visit.patient() + "," + visit.patient()))
                .then()
                .statusCode(422);

        assertThat(events()).extracting(Event::what).containsExactly("TRANSACTION Bundle FAILED");
    }

    @Test
    void aDeletionLeavesOneEventThatSaysWhat() {
        var visit = Visit.of("dora");
        exchange.as(LAKESIDE_HOSPITAL).post("", visit.bundle()).then().statusCode(200);
        var observation = exchange.as(LAKESIDE_HOSPITAL)
                .search("Observation?patient.identifier=" + visit.token())
                .matches()
                .get(0);
        count();

        exchange.as(LAKESIDE_HOSPITAL).delete(observation).then().statusCode(204);

        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.what()).isEqualTo("DELETE Observation SUCCESS");
            assertThat(event.resources()).isEqualTo(Set.of(observation + "/_history/2"));
        });
    }

    @Test
    void eventsCannotBeChangedOrRemoved() {
        exchange.as(PRIVACY_OFFICER).search("Consent");
        for (var change : List.of(
                "UPDATE accord.audit_event SET outcome = 'SUCCESS'",
                "DELETE FROM accord.audit_event",
                "TRUNCATE accord.audit_event")) {
            assertThatThrownBy(() -> sql().sql(change).update()).hasMessageContaining("only ever added to");
            assertThatThrownBy(() -> JdbcClient.create(server).sql(change).update())
                    .hasStackTraceContaining("permission denied");
        }
        assertThat(events()).hasSize(1);
    }

    private JdbcClient sql() {
        return archive.sql();
    }

    private String patientOf(String address) {
        return archive.recordOf(Person.CORY).stream()
                .filter(stored -> stored.address().equals(address))
                .findFirst()
                .orElseThrow()
                .patient();
    }

    /** What was added since. */
    private List<Event> events() {
        return sql().sql(EVENTS)
                .param(before)
                .query((row, number) -> new Event(
                        row.getString(1) + " " + row.getString(2) + " " + row.getString(3),
                        row.getString(4) + " " + row.getString(5) + " "
                                + Arrays.asList((String[]) row.getArray(6).getArray()),
                        row.getString(7),
                        Set.of((String[]) row.getArray(8).getArray()),
                        Set.of((String[]) row.getArray(9).getArray())))
                .list();
    }
}
