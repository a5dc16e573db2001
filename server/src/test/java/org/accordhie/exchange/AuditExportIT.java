package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The audit trail leaves by a bulk export like the rest, to whom it may. Each story is about a patient of its own. */
@ExchangeTest
class AuditExportIT {

    /** What came so shortly before may have come too late for the export before, and is told once more. */
    private static final Duration AGAIN = Duration.ofMinutes(5);

    @Autowired
    Exchange exchange;

    @Autowired
    AlteredTokens tokens;

    private Caller officersSystem;
    private Instant begin;
    private String patient = "";

    @BeforeEach
    void aPatientIsPushedAndRead() {
        begin = Instant.now();
        officersSystem = system("system/AuditEvent.rs system/Group.rs");
        patient = pushed("exported");
        exchange.as(RIVERSIDE_CLINIC).get(patient).then().statusCode(200);
    }

    @Test
    void theOfficersSystemGetsWhatASearchFinds() throws InterruptedException {
        var export = Export.of(officersSystem, "$export?_type=AuditEvent&_since=" + begin);
        var until = export.manifest().path("transactionTime").asText();

        var found = new TreeSet<String>();
        exchange.as(PRIVACY_OFFICER)
                .pages("AuditEvent?_count=500&date=ge" + begin.minus(AGAIN) + "&date=lt" + until)
                .forEach(page -> found.addAll(page.matches()));

        assertThat(export.resources()).isEqualTo(found).hasSizeGreaterThan(1);
        assertThat(counted(export)).isEqualTo(found.size());
        export.delete();
    }

    @Test
    void aLineIsWhatAReadTells() throws InterruptedException {
        var export = Export.of(officersSystem, "Patient/$export?_type=AuditEvent&_since=" + begin);
        var lines = linesOf(export);

        assertThat(lines).isNotEmpty().allMatch(line -> concerns(line, "Patient/"));
        var own = lines.stream().filter(line -> concerns(line, patient)).toList();
        assertThat(own).hasSizeGreaterThan(1);
        for (var line : own) {
            assertThat(Caller.json(exchange.as(PRIVACY_OFFICER).get(Export.addressOf(line))))
                    .isEqualTo(line);
        }
        export.delete();
    }

    @Test
    void anExportOfAGroupHasTheEventsOfItsMembers() throws InterruptedException {
        var group = Caller.json(exchange.as(LAKESIDE_HOSPITAL).post("Group", """
                {"resourceType":"Group","type":"person","actual":true,"member":[{"entity":{"reference":"%s"}}]}""".formatted(patient)));
        var other = pushed("not-a-member");

        var export = Export.of(
                officersSystem, "Group/" + group.path("id").asText() + "/$export?_type=AuditEvent&_since=" + begin);
        var lines = linesOf(export);

        assertThat(lines).hasSizeGreaterThan(1).allMatch(line -> concerns(line, patient));
        assertThat(lines).noneMatch(line -> concerns(line, other));
        export.delete();
    }

    @Test
    void fetchingAFileIsRecordedWithTheEventsThatItTold() throws InterruptedException {
        var export = Export.of(officersSystem, "$export?_type=AuditEvent&_since=" + begin);
        var told = export.resources();

        var fetched = new TreeSet<String>();
        exchange.as(PRIVACY_OFFICER)
                .pages("AuditEvent?_count=500&agent:identifier=dev-privacy-officer&entity="
                        + told.iterator().next() + "&date=ge" + begin)
                .forEach(page -> fetched.addAll(page.matches()));

        assertThat(fetched).isNotEmpty().doesNotContainAnyElementsOf(told);
        export.delete();
    }

    @Test
    void theTrailComesOnlyWhereItIsNamed() throws InterruptedException {
        var everything = Export.of(system("system/AuditEvent.rs system/Location.rs"), "$export");

        assertThat(everything.manifest().path("output").findValuesAsText("type"))
                .contains("Location")
                .doesNotContain("AuditEvent");
        everything.delete();
    }

    @Test
    void everybodyElseGetsNothingOfIt() throws InterruptedException {
        for (var partner : List.of(RIVERSIDE_CLINIC, LAKESIDE_HOSPITAL)) {
            var export = Export.of(exchange.as(partner), "$export?_type=AuditEvent");

            assertThat(export.manifest().path("output")).isEmpty();
            export.delete();
        }
    }

    @Test
    void scopesForTheTrailAreNeededToAskAndToFetch() throws InterruptedException {
        var without = system("system/Location.rs");
        assertThat(Export.ask(without, "$export?_type=AuditEvent").statusCode()).isEqualTo(403);

        var export = Export.of(officersSystem, "$export?_type=AuditEvent&_since=" + begin);
        var file = export.files().get(0);
        assertThat(without.get(file).statusCode()).isEqualTo(403);
        assertThat(exchange.as(RIVERSIDE_CLINIC).get(file).statusCode()).isEqualTo(404);
        export.delete();
    }

    /** The privacy officers' own system, without a person. */
    private Caller system(String scope) {
        var token = exchange.token(PRIVACY_OFFICER, "", PRIVACY_OFFICER.scope);
        return exchange.with(
                tokens.of(token, claims -> claims.claim("scope", scope).claim("fhirUser", null)));
    }

    private static List<JsonNode> linesOf(Export export) throws InterruptedException {
        var lines = new ArrayList<JsonNode>();
        for (var file : export.files()) {
            lines.addAll(export.lines(file));
        }
        return lines;
    }

    private static boolean concerns(JsonNode event, String patient) {
        return event.path("entity").findValuesAsText("reference").stream()
                .anyMatch(reference -> reference.startsWith(patient));
    }

    private static int counted(Export export) throws InterruptedException {
        return export.manifest().path("output").findValuesAsText("count").stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }

    private String pushed(String person) {
        var visit = Visit.of(person + "-" + UUID.randomUUID());
        var hospital = exchange.as(LAKESIDE_HOSPITAL);
        hospital.post("", visit.bundle()).then().statusCode(200);
        return hospital.search("Patient?identifier=" + visit.token()).matches().get(0);
    }
}
