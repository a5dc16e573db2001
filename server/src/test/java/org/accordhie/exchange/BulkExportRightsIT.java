package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PATIENT_APP;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RESEARCH_INSTITUTE;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An export carries the right of whoever asked for it, and gives none to whoever fetches it. */
@ExchangeTest
class BulkExportRightsIT {

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    @Autowired
    AlteredTokens tokens;

    @Test
    void whatIsRevokedAfterTheListingIsNotInTheFiles() throws InterruptedException {
        var clinic = exchange.as(RIVERSIDE_CLINIC);
        var alice = push(Visit.of("alice"));
        var bob = push(Visit.of("bob"));
        var export = Export.of(clinic, "$export?_type=Patient");
        var listed = export.resources();

        var consent = Caller.json(
                        exchange.as(PRIVACY_OFFICER).post("Consent", Consents.refuse(alice, RIVERSIDE_CLINIC)))
                .path("id")
                .asText();

        assertThat(listed).contains(alice, bob);
        assertThat(export.resources()).contains(bob).doesNotContain(alice).hasSize(listed.size() - 1);

        exchange.as(PRIVACY_OFFICER)
                .put("Consent/" + consent, Consents.withId(Consents.share(alice), consent))
                .then()
                .statusCode(200);
        assertThat(export.resources()).isEqualTo(listed);
        export.delete();
    }

    @Test
    void anothersJobAnswersAsOneThatNeverWas() throws InterruptedException {
        var export = Export.of(exchange.as(RIVERSIDE_CLINIC), "$export?_type=Organization");
        var file = export.files().get(0);
        var other = exchange.as(LAKESIDE_HOSPITAL);
        var job = export.status().substring(export.status().indexOf('=') + 1);
        var never = UUID.randomUUID().toString();

        for (var address : List.of(export.status(), file)) {
            assertSame(other.get(address), other.get(address.replace(job, never)));
            assertSame(other.get(address), other.get(address.replace(job, "x")));
        }
        assertSame(other.delete(export.status()), other.delete(export.status().replace(job, never)));
        assertSame(
                export.caller().get(file.replaceFirst("-1$", "-99")),
                export.caller().get(file.replace("Organization-1", "")));
        assertThat(export.poll().statusCode()).isEqualTo(200);

        export.delete();
        assertSame(export.poll(), other.get(export.status()));
        assertSame(export.caller().get(file), other.get(file));
        assertSame(export.caller().delete(export.status()), other.delete(export.status()));
    }

    @Test
    void anotherClientOfTheSameOrganizationDoesNotSeeTheJob() throws InterruptedException {
        var officer = exchange.as(PRIVACY_OFFICER);
        var organization = Caller.json(officer.post(
                        "Organization",
                        Registered.organization(
                                "Two Clients",
                                Registered.clinic("one-of-two", "system/*.rs"),
                                Registered.clinic("other-of-two", "system/*.rs"))))
                .path("id")
                .asText();
        var export = Export.of(asClient("one-of-two"), "$export?_type=Location");
        var other = asClient("other-of-two");

        assertThat(export.resources()).isNotEmpty();
        assertSame(other.get(export.status()), other.get("$export-poll-status?_jobId=" + UUID.randomUUID()));
        assertSame(other.get(fileOf(export, "Location")), other.get("$export-file?_jobId=x&_file=Location-1"));
        assertThat(other.delete(export.status()).statusCode()).isEqualTo(404);

        export.delete();
        officer.delete("Organization/" + organization).then().statusCode(204);
    }

    private Caller asClient(String client) {
        var token = exchange.token(RIVERSIDE_CLINIC, "", RIVERSIDE_CLINIC.scope);
        return exchange.with(tokens.of(token, Registered.asClient(client, "TREAT")));
    }

    @Test
    void theTokenOfTheMomentBoundsAFile() throws InterruptedException {
        var export = Export.of(exchange.as(RIVERSIDE_CLINIC), "$export?_type=Observation,Organization");
        var organizations = fileOf(export, "Organization");
        var observations = fileOf(export, "Observation");
        var narrower = exchange.with(exchange.token(RIVERSIDE_CLINIC, "", "system/Organization.rs"));
        var granular = exchange.with(
                exchange.token(
                        RIVERSIDE_CLINIC,
                        "",
                        "system/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory"));

        assertThat(export.by(narrower).lines(organizations)).isNotEmpty();
        assertThat(narrower.get(observations).statusCode()).isEqualTo(403);
        assertThat(export.by(granular).lines(observations))
                .allMatch(observation -> observation.path("category").toString().contains("laboratory"))
                .hasSizeLessThan(export.lines(observations).size());
        export.delete();
    }

    @Test
    @DisplayName("C7: a kick-off needs the scopes of each type that it names")
    void aKickOffNeedsTheScopesOfEachTypeThatItNames() throws InterruptedException {
        var some = exchange.with(exchange.token(RIVERSIDE_CLINIC, "", "system/Location.rs system/Organization.r"));

        assertThat(Export.ask(some, "$export?_type=Location,Patient").statusCode())
                .isEqualTo(403);
        assertThat(Export.ask(some, "$export?_type=Organization").statusCode()).isEqualTo(403);
        assertThat(Export.ask(some, "Patient/$export").statusCode()).isEqualTo(403);
        assertThat(Export.ask(some, "Group/any/$export").statusCode()).isEqualTo(403);
        var export = Export.of(some, "$export");
        assertThat(export.resources()).isNotEmpty().allMatch(address -> address.startsWith("Location/"));
        export.delete();
    }

    @Test
    void peopleAndEmergenciesHaveNoExports() {
        var clark = archive.recordOf(Person.CLARK).get(0).patient();
        var system = exchange.token(RIVERSIDE_CLINIC, "", RIVERSIDE_CLINIC.scope);
        var refused = Map.of(
                "an officer", exchange.as(PRIVACY_OFFICER),
                "a patient's app", exchange.asAppOf(clark),
                "an emergency", exchange.inEmergency(RIVERSIDE_CLINIC, clark, "unconscious"),
                "a mixture",
                        exchange.with(tokens.of(
                                system,
                                claims -> claims.claim("scope", "system/*.rs user/*.rs")
                                        .claim("fhirUser", "Practitioner/nobody"))));

        refused.forEach((who, caller) -> {
            for (var path : List.of("$export", "Patient/$export", "$export?_type=Location")) {
                var answer = Export.ask(caller, path);
                assertThat(answer.statusCode()).as(who + " " + path).isEqualTo(403);
                assertThat(answer.asString()).contains("\"forbidden\"");
            }
            assertThat(caller.get("$export-poll-status?_jobId=" + UUID.randomUUID())
                            .statusCode())
                    .as(who)
                    .isEqualTo(403);
        });
        assertThat(PATIENT_APP.scope).startsWith("patient/");
    }

    @Test
    void aClientHasOnlySoManyJobsAtOnce() {
        var institute = exchange.as(RESEARCH_INSTITUTE);
        var taken = new ArrayList<Export>();
        var answer = Export.ask(institute, "$export");
        while (answer.statusCode() == 202 && taken.size() < 50) {
            taken.add(new Export(institute, answer.header("Content-Location")));
            answer = Export.ask(institute, "$export");
        }

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).matches("\\d+");
        assertThat(answer.asString()).contains("\"throttled\"");
        taken.forEach(Export::delete);
        var after = Export.of(institute, "$export?_type=Location");
        after.delete();
    }

    @Test
    void everySliceOfAFileIsRecordedAndWithoutItsRecordItDoesNotLeave() throws InterruptedException {
        var export = Export.of(exchange.as(RIVERSIDE_CLINIC), "$export?_type=Condition");
        var file = export.files().get(0);
        var query = file.substring(exchange.base().length());
        var told = new TreeSet<String>();
        export.lines(file).forEach(line -> told.add(Export.addressOf(line)));

        var recorded = new TreeSet<String>();
        archive.sql()
                .sql("SELECT unnest(resources) FROM accord.audit_event WHERE query = ? AND outcome = 'SUCCESS'")
                .param(query)
                .query(String.class)
                .list()
                .forEach(version -> recorded.add(version.replaceFirst("/_history/.*", "")));
        assertThat(recorded).isEqualTo(told);

        withoutRecords("true", () -> {
            var failed = export.caller().get(file);
            assertThat(failed.statusCode()).isEqualTo(500);
            told.forEach(address ->
                    assertThat(failed.asString()).doesNotContain(address.substring(address.indexOf('/') + 1)));
        });
        export.delete();
    }

    @Test
    void halfAFileIsNotTakenForAWholeOne() throws InterruptedException {
        var export = Export.of(exchange.as(LAKESIDE_HOSPITAL), "$export?_type=Observation");
        var file = export.files().get(0);
        assertThat(export.lines(file)).hasSizeGreaterThan(200);

        // The first slice leaves with its record, the second has none.
        withoutRecords(
                "cardinality(NEW.resources) < 200",
                () -> assertThatThrownBy(() -> export.caller().get(file).asString())
                        .isInstanceOf(Exception.class));
        export.delete();
    }

    /** While the audit trail takes no record of a file for which the condition holds. */
    private void withoutRecords(String condition, Runnable meanwhile) {
        archive.sql()
                .sql("CREATE FUNCTION public.no_record() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN RAISE EXCEPTION 'no record'; END $$")
                .update();
        archive.sql()
                .sql("CREATE TRIGGER no_record BEFORE INSERT ON accord.audit_event FOR EACH ROW WHEN (NEW.query LIKE"
                        + " '%export-file%' AND NEW.outcome = 'SUCCESS' AND " + condition
                        + ") EXECUTE FUNCTION public.no_record()")
                .update();
        try {
            meanwhile.run();
        } finally {
            archive.sql().sql("DROP TRIGGER no_record ON accord.audit_event").update();
            archive.sql().sql("DROP FUNCTION public.no_record()").update();
        }
    }

    private static String fileOf(Export export, String type) throws InterruptedException {
        return export.files().stream()
                .filter(url -> url.endsWith(type + "-1"))
                .findFirst()
                .orElseThrow();
    }

    private static void assertSame(Response one, Response other) {
        assertThat(one.statusCode()).isEqualTo(404).isEqualTo(other.statusCode());
        assertThat(one.asString()).isEqualTo(other.asString());
        assertThat(one.headers().asList().stream()
                        .filter(header -> !header.getName().equals("X-Request-ID")
                                && !header.getName().equals("Date"))
                        .toList()
                        .toString())
                .isEqualTo(other.headers().asList().stream()
                        .filter(header -> !header.getName().equals("X-Request-ID")
                                && !header.getName().equals("Date"))
                        .toList()
                        .toString());
    }

    private String push(Visit visit) {
        var hospital = exchange.as(LAKESIDE_HOSPITAL);
        hospital.post("", visit.bundle()).then().statusCode(200);
        return hospital.search("Patient?identifier=" + visit.token()).matches().get(0);
    }
}
