package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.local.Commands;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;

@ExchangeTest
@DisplayName("labels")
class LabelsIT {

    private static final String BASIS =
            "http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-sec-label-basis";

    private static final String ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

    /** Epilepsy is no secret to the shipped rules. */
    private static final String OWN_RULES = """
            system: "urn:lakeside:rules"
            version: "1"
            rules:
              - id: "seizures"
                sensitivity: "ETH"
                confidentiality: "R"
                source: "An example."
                codes: {"http://snomed.info/sct": {"128613002": "Seizure disorder"}}
            """;

    @Autowired
    private Exchange exchange;

    @Autowired
    private Archive archive;

    @Autowired
    private JdbcConnectionDetails database;

    @TempDir
    private Path directory;

    private Path rules = Path.of("");

    @BeforeEach
    void writeRules() throws IOException {
        rules = Files.writeString(directory.resolve("rules.yaml"), OWN_RULES);
    }

    @Test
    void hideAStoredConditionOnceARuleIsAddedAndStoredRecordsAreRelabelledAndShowItAgainWithoutTheRule() {
        var visit = Visit.of("relabelled").diagnosedWith("128613002", "Seizure disorder");
        lakeside().post("", visit.bundle()).then().statusCode(200);
        var conditions = "Condition?patient.identifier=" + visit.token();
        assertThat(riverside().search(conditions).total()).isEqualTo(1);
        var address = address(lakeside().search(conditions).matches());
        var rows = archive.rows();

        var dryRun = relabel(0, withRules("--dry-run"));
        assertThat(dryRun).containsPattern("[^0-9]1 with other labels");
        assertThat(riverside().search(conditions).total()).isEqualTo(1);

        relabel(1, withRules("--at-most", "1"));
        var interrupted = epoch();
        assertThat(relabel(0, withRules())).contains("going on where epoch " + interrupted + " stopped");
        assertThat(epoch()).isEqualTo(interrupted);

        assertThat(riverside().search(conditions).total()).isZero();
        riverside().get(address).then().statusCode(404);
        riverside().get(address + "/_history/1").then().statusCode(404);
        assertThat(lakeside()
                        .search(conditions + "&_security=" + ACT_CODE + "%7CETH")
                        .total())
                .isEqualTo(1);
        assertThat(basesOf(Caller.json(lakeside().get(address))))
                .containsExactlyInAnyOrder("ETH urn:lakeside:rules|1#seizures", "R urn:lakeside:rules|1#seizures");
        assertThat(Caller.json(lakeside().get(address)).at("/meta/versionId").asText())
                .isEqualTo("1");
        assertThat(archive.rows()).isEqualTo(rows);

        relabel(0, settings());

        assertThat(riverside().search(conditions).total()).isEqualTo(1);
        assertThat(Caller.json(riverside().get(address)).at("/meta/security").isMissingNode())
                .isTrue();
        assertThat(epoch()).isGreaterThan(interrupted);
        assertThat(relabel(0, with(settings(), "--dry-run"))).contains(" 0 with other labels");
    }

    @Test
    void ofASourceStayWhateverTheRulesSay() {
        var visit = Visit.of("given");
        var condition = """
                {"resourceType":"Condition","meta":{"security":[{"system":"%s","code":"ETH"}]},
                 "code":{"coding":[{"system":"http://snomed.info/sct","code":"128613002"}]},
                 "subject":{"reference":"%s"}}""".formatted(ACT_CODE, visit.name("patient"));
        lakeside()
                .post("", Visit.bundleOf(visit.patient() + "," + Visit.entry(visit.name("c"), "Condition", condition)))
                .then()
                .statusCode(200);

        relabel(0, withRules());
        relabel(0, settings());

        var stored = lakeside().search("Condition?patient.identifier=" + visit.token());
        assertThat(basesOf(Caller.json(lakeside().get(address(stored.matches())))))
                .containsExactlyInAnyOrder("ETH", "R");
        assertThat(riverside()
                        .search("Condition?patient.identifier=" + visit.token())
                        .total())
                .isZero();
    }

    @Test
    void sayWhyTheyAreThereInEveryAnswer() {
        var visit = Visit.of("basis").diagnosedWith("370143000", "Major depressive disorder");
        lakeside().post("", visit.bundle()).then().statusCode(200);
        var conditions = "Condition?patient.identifier=" + visit.token();
        var address = address(lakeside().search(conditions).matches());
        var rule = " https://accordhie.org/fhir/CodeSystem/label-rules|2#mental-health";

        var answers = List.of(
                Caller.json(riverside().get(address)),
                Caller.json(riverside().get(address + "/_history/1")),
                Caller.json(riverside().get(address + "/_history")).at("/entry/0/resource"),
                Caller.json(riverside().get(conditions)).at("/entry/0/resource"),
                riverside().bundle("batch", List.of(address)).at("/entry/0/resource"));

        assertThat(answers)
                .allSatisfy(answer -> assertThat(basesOf(answer)).containsExactlyInAnyOrder("PSY" + rule, "R" + rule));
    }

    /** Storage's own order is that in which labels were first used, whoever's record that was in. */
    @Test
    void standInTheOrderOfTheirCodesInEveryAnswer() {
        var visit = Visit.of("ordered");
        lakeside().post("", visit.bundle()).then().statusCode(200);
        var patient =
                address(lakeside().search("Patient?identifier=" + visit.token()).matches());
        var labels = List.of("SEX", "ETH", "PSY", "HIV", "SDV");
        var condition = """
                {"resourceType":"Condition","meta":{"security":[%s]},"code":{"text":"cough"},
                 "subject":{"reference":"%s"}}""".formatted(
                        labels.stream()
                                .map(code -> "{\"system\":\"" + ACT_CODE + "\",\"code\":\"" + code + "\"}")
                                .collect(Collectors.joining(",")),
                        patient);

        var created = Caller.json(lakeside().post("Condition", condition));
        var address = "Condition/" + created.path("id").asText();
        var read = Caller.json(lakeside().get(address));

        assertThat(List.of(created, read))
                .allSatisfy(told -> assertThat(told.at("/meta/security").findValuesAsText("code").stream()
                                .filter(code -> labels.contains(code) || code.equals("R"))
                                .toList())
                        .containsExactly("ETH", "HIV", "PSY", "SDV", "SEX", "R"));
    }

    @Test
    void followAReferenceToWhatWasStoredBefore() {
        var visit = Visit.of("prescribed").diagnosedWith("5602001", "Opioid abuse");
        lakeside().post("", visit.bundle()).then().statusCode(200);
        var patient =
                address(lakeside().search("Patient?identifier=" + visit.token()).matches());
        var condition = address(lakeside()
                .search("Condition?patient.identifier=" + visit.token())
                .matches());

        lakeside()
                .post("MedicationRequest", """
                        {"resourceType":"MedicationRequest","status":"active","intent":"order",
                         "medicationCodeableConcept":{"text":"vitamins"},"subject":{"reference":"%s"},
                         "reasonReference":[{"reference":"%s"}]}""".formatted(patient, condition))
                .then()
                .statusCode(201);

        var requests = "MedicationRequest?patient.identifier=" + visit.token();
        assertThat(riverside().search(requests).total()).isZero();
        assertThat(basesOf(Caller.json(lakeside().get(requests)).at("/entry/0/resource")))
                .anyMatch(basis -> basis.startsWith("ETH ") && basis.endsWith("#substance-use"));
    }

    @Test
    void areFoundInPlainText() {
        var visit = Visit.of("noted");
        var observation = """
                {"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org",
                 "code":"8480-6"}]},"subject":{"reference":"%s"},"valueString":"unremarkable",
                 "note":[{"text":"Known opioid dependence."}]}""".formatted(visit.name("patient"));

        lakeside()
                .post(
                        "",
                        Visit.bundleOf(
                                visit.patient() + "," + Visit.entry(visit.name("o"), "Observation", observation)))
                .then()
                .statusCode(200);

        assertThat(lakeside()
                        .search("Observation?patient.identifier=" + visit.token())
                        .total())
                .isEqualTo(1);
        assertThat(riverside()
                        .search("Observation?patient.identifier=" + visit.token())
                        .total())
                .isZero();
    }

    @Test
    void refuseRulesThatCannotBeCarriedOut() throws IOException {
        Files.writeString(rules, OWN_RULES.replace("\"ETH\"", "\"SECRET\""));
        var before = epoch();

        assertThat(run(withRules()).status()).isEqualTo(3);

        assertThat(epoch()).isEqualTo(before);
    }

    private Caller lakeside() {
        return exchange.as(LAKESIDE_HOSPITAL);
    }

    private Caller riverside() {
        return exchange.as(RIVERSIDE_CLINIC);
    }

    /** Each label with its basis, if it has one, as {@code code system|version#rule}. */
    private static List<String> basesOf(JsonNode resource) {
        var bases = new ArrayList<String>();
        for (var label : resource.at("/meta/security")) {
            var extension = label.at("/extension/0");
            var coding = extension.path("valueCoding");
            assertThat(extension.isMissingNode()
                            || BASIS.equals(extension.path("url").asText()))
                    .isTrue();
            bases.add(label.path("code").asText()
                    + (coding.isMissingNode()
                            ? ""
                            : " " + coding.path("system").asText() + "|"
                                    + coding.path("version").asText() + "#"
                                    + coding.path("code").asText()));
        }
        return bases;
    }

    private static String address(Iterable<String> addresses) {
        assertThat(addresses).hasSize(1);
        return addresses.iterator().next();
    }

    private long epoch() {
        return archive.sql()
                .sql("SELECT coalesce(max(epoch), 0) FROM accord.label_epoch")
                .query(Long.class)
                .single();
    }

    private String[] settings() {
        return new String[] {
            "--accord.database.url=" + database.getJdbcUrl(),
            "--accord.database.user=" + database.getUsername(),
            "--accord.database.password=" + database.getPassword()
        };
    }

    private String[] withRules(String... options) {
        return with(with(settings(), "--accord.labels.rules=" + rules), options);
    }

    private static String[] with(String[] some, String... more) {
        return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
    }

    private static String relabel(int status, String... options) {
        var ran = run(options);
        assertThat(ran.status()).as(ran.said()).isEqualTo(status);
        return ran.said();
    }

    private static Ran run(String... options) {
        var said = new ByteArrayOutputStream();
        var out = System.out;
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            return new Ran(
                    Commands.run(with(new String[] {"relabel"}, options)), said.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
        }
    }

    private record Ran(int status, String said) {}
}
