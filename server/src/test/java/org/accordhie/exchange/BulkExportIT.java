package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RESEARCH_INSTITUTE;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.accordhie.fhirserver.ResourceTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** An export tells what searches tell, at each of its levels. */
@ExchangeTest
class BulkExportIT {

    /** R4's patient compartment, as far as this exchange has its types. */
    private static final Set<String> OF_PATIENTS = Set.of("""
            AllergyIntolerance CarePlan CareTeam Claim Condition Consent Coverage DiagnosticReport DocumentReference Encounter
            ExplanationOfBenefit ImagingStudy Immunization MedicationAdministration MedicationRequest Observation Patient
            Procedure Provenance RelatedPerson SupplyDelivery
            """.split("\\s+"));

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    @ParameterizedTest
    @EnumSource(names = {"RIVERSIDE_CLINIC", "LAKESIDE_HOSPITAL", "RESEARCH_INSTITUTE"})
    void aSystemExportHasWhatSearchesFind(Partner partner) throws InterruptedException {
        var caller = exchange.as(partner);
        var found = new TreeSet<String>();
        for (var type : ResourceTypes.SERVED) {
            caller.pages(type + "?_count=500").forEach(page -> found.addAll(page.matches()));
        }

        var export = Export.of(caller, "$export");

        assertThat(export.resources()).isEqualTo(found).hasSizeGreaterThan(100);
        assertThat(listedBy(export)).isEqualTo(found);
        assertThat(export.manifest().path("output").findValuesAsText("count").stream()
                        .mapToInt(Integer::parseInt)
                        .sum())
                .isEqualTo(found.size());
        export.delete();
    }

    @Test
    void anExportOfPatientsHasTheirRecords() throws InterruptedException {
        var clinic = exchange.as(RIVERSIDE_CLINIC);
        var records = new TreeSet<String>();
        for (var page : clinic.pages("Patient?_count=500")) {
            for (var patient : page.matches()) {
                records.addAll(recordOf(patient, clinic));
            }
        }

        var export = Export.of(clinic, "Patient/$export");

        assertThat(export.resources()).isEqualTo(records).hasSizeGreaterThan(50);
        export.delete();
    }

    @Test
    void anExportOfAGroupHasTheRecordsOfItsMembers() throws InterruptedException {
        var hospital = exchange.as(LAKESIDE_HOSPITAL);
        var alice = push(Visit.of("alice"));
        var bob = push(Visit.of("bob"));
        var carl = push(Visit.of("carl"));
        var group = groupOf(member(alice), member(bob), """
                {"entity":{"reference":"%s"},"inactive":true}""".formatted(carl));
        var both = new TreeSet<>(recordOf(alice, hospital));
        both.addAll(recordOf(bob, hospital));

        var export = Export.of(hospital, group + "/$export");
        assertThat(export.resources()).isEqualTo(both).contains(alice, bob).doesNotContain(carl);
        export.delete();

        var clinic = exchange.as(RIVERSIDE_CLINIC);
        var clinics = Export.of(clinic, group + "/$export");
        assertThat(clinics.resources()).isEqualTo(both);
        clinics.delete();

        // Whoever hides from the clinic hides the Group that names them, which then answers as if it had never been.
        refuse(alice, RIVERSIDE_CLINIC);
        var hidden = Export.ask(clinic, group + "/$export");
        var absent = Export.ask(clinic, "Group/no-such-group/$export");
        assertThat(hidden.statusCode()).isEqualTo(404);
        assertThat(hidden.asString()).isEqualTo(absent.asString());
        var own = Export.of(hospital, group + "/$export");
        assertThat(own.resources()).isEqualTo(both);
        own.delete();
    }

    @Test
    void nothingHiddenIsEverListed() throws InterruptedException {
        var hidden = new ArrayList<String>();
        for (var person : List.of(Person.LEOPOLDO, Person.CLARK)) {
            archive.hidden(person, RIVERSIDE_CLINIC).forEach(stored -> hidden.add(stored.address()));
        }

        var export = Export.of(exchange.as(RIVERSIDE_CLINIC), "$export");
        export.manifest();

        assertThat(hidden).hasSizeGreaterThan(20);
        assertThat(listedBy(export)).isNotEmpty().doesNotContainAnyElementsOf(hidden);
        for (var address : hidden) {
            assertThat(batchFrameworkKnows(address.substring(address.indexOf('/') + 1)))
                    .as(address)
                    .isFalse();
        }
        export.delete();
    }

    @Test
    void aLineIsWhatAReadTells() throws InterruptedException {
        var institute = exchange.as(RESEARCH_INSTITUTE);
        var export = Export.of(institute, "$export?_type=Condition");
        var lines = export.lines(export.files().get(0));

        assertThat(lines).hasSizeGreaterThan(3);
        for (var line : lines.subList(0, 3)) {
            assertThat(line).isEqualTo(Caller.json(institute.get(Export.addressOf(line))));
        }
        export.delete();
    }

    @Test
    void theManifestSaysWhatWasAskedAndWhen() throws InterruptedException {
        var clinic = exchange.as(RIVERSIDE_CLINIC);
        var visit = Visit.of("dora");
        var export = Export.of(clinic, "$export?_type=Patient,Encounter&_outputFormat=ndjson");
        var manifest = export.manifest();
        var patient = push(visit);

        assertThat(manifest.path("request").asText())
                .isEqualTo(exchange.base() + "/$export?_type=Patient,Encounter&_outputFormat=ndjson");
        assertThat(manifest.path("requiresAccessToken").asBoolean()).isTrue();
        assertThat(manifest.path("error")).isEmpty();
        assertThat(typesOf(manifest)).containsExactlyInAnyOrder("Patient", "Encounter");
        assertThat(export.poll().contentType()).startsWith("application/json");
        assertThat(export.poll().header("Expires")).endsWith("GMT");
        export.delete();

        // What was stored later comes with the next export from there, and only that.
        var next = Export.of(
                clinic,
                "Patient/$export?_since=" + manifest.path("transactionTime").asText());
        assertThat(next.resources()).containsAll(recordOf(patient, clinic)).hasSizeLessThan(40);
        next.delete();
    }

    @Test
    void aPostedKickOffIsTheSame() throws InterruptedException {
        var clinic = exchange.as(RIVERSIDE_CLINIC);
        var answer = clinic.given()
                .header("Prefer", "handling=strict, respond-async")
                .body("""
                        {"resourceType":"Parameters","parameter":[{"name":"_type","valueString":"Organization"},
                         {"name":"_type","valueString":"Location"},
                         {"name":"_since","valueInstant":"2020-01-01T00:00:00Z"}]}""")
                .post(exchange.base() + "/$export");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(202);
        var posted = new Export(clinic, answer.header("Content-Location"));

        assertThat(posted.resources()).isNotEmpty().allMatch(address -> address.matches("(Organization|Location)/.*"));
        posted.delete();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            $export?_type=Basic                     | _type
            $export?_type=Patient,,Encounter        | _type
            Patient/$export?_type=Organization      | _type
            $export?_since=2020                     | _since
            $export?_outputFormat=text/csv          | _outputFormat
            $export?_typeFilter=Patient%3F_id%3Dx   | _typeFilter
            $export?_elements=id                    | _elements
            $export?_count=2                        | parameters
            $export?_since=2020-01-01T00:00:00Z&_since=2021-01-01T00:00:00Z | _since
            """)
    void whatIsNotCarriedOutIsRefused(String path, String named) {
        var answer = Export.ask(exchange.as(RIVERSIDE_CLINIC), path);

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
        assertThat(answer.asString()).contains("OperationOutcome").contains(named);
    }

    @Test
    void theHeadersOfAKickOffAreNeeded() {
        var clinic = exchange.as(RIVERSIDE_CLINIC);

        assertThat(clinic.get("$export").statusCode()).isEqualTo(400);
        assertThat(clinic.given()
                        .header("Prefer", "respond-async")
                        .accept("text/html")
                        .get(exchange.base() + "/$export")
                        .statusCode())
                .isEqualTo(406);
        assertThat(clinic.post("$export-file", "{\"resourceType\":\"Parameters\"}")
                        .statusCode())
                .isEqualTo(405);
    }

    /** What the job wrote down, by the database's own account. */
    private Set<String> listedBy(Export export) {
        return new TreeSet<>(archive.sql()
                .sql("SELECT h.res_type || '/' || h.fhir_id FROM accord.export_file f"
                        + " JOIN hfj_resource h ON h.res_id = ANY (f.res_ids) WHERE f.job_id = ?::uuid")
                .param(export.status().substring(export.status().indexOf('=') + 1))
                .query(String.class)
                .list());
    }

    private boolean batchFrameworkKnows(String id) {
        return archive.sql()
                .sql("SELECT EXISTS (SELECT 1 FROM bt2_job_instance i WHERE i::text LIKE '%' || ? || '%')"
                        + " OR EXISTS (SELECT 1 FROM bt2_work_chunk c WHERE c::text LIKE '%' || ? || '%')")
                .params(id, id)
                .query(Boolean.class)
                .single();
    }

    private static Set<String> recordOf(String patient, Caller caller) {
        var record = new TreeSet<String>();
        caller.pages(patient + "/$everything?_count=500")
                .forEach(page -> page.matches().stream()
                        .filter(address -> OF_PATIENTS.contains(address.substring(0, address.indexOf('/'))))
                        .forEach(record::add));
        return record;
    }

    private static List<String> typesOf(JsonNode manifest) {
        return manifest.path("output").findValuesAsText("type").stream()
                .distinct()
                .toList();
    }

    private String push(Visit visit) {
        var hospital = exchange.as(LAKESIDE_HOSPITAL);
        hospital.post("", visit.bundle()).then().statusCode(200);
        return hospital.search("Patient?identifier=" + visit.token()).matches().get(0);
    }

    private void refuse(String patient, Partner partner) {
        exchange.as(PRIVACY_OFFICER)
                .post("Consent", Consents.refuse(patient, partner))
                .then()
                .statusCode(201);
    }

    private static String member(String patient) {
        return "{\"entity\":{\"reference\":\"" + patient + "\"}}";
    }

    /** A Group of the hospital's, as {@code Group/[id]}. */
    private String groupOf(String... members) {
        var answer = exchange.as(LAKESIDE_HOSPITAL).post("Group", """
                {"resourceType":"Group","type":"person","actual":true,"member":[%s]}""".formatted(String.join(",", members)));
        return "Group/" + Caller.json(answer).path("id").asText();
    }
}
