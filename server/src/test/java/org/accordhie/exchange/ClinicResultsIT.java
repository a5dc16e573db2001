package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What comes along, what is new, and in which order, of a record that Lakeside Hospital pushes: compared with the references,
 * times and values in the resources themselves.
 */
@ExchangeTest
class ClinicResultsIT {

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    private final String person = "results-" + UUID.randomUUID();
    /** What a source calls an entry is the same thing when it comes again. */
    private final String visit = "urn:uuid:" + UUID.randomUUID();

    private final String subject = "urn:uuid:" + UUID.randomUUID();

    private String token() {
        return Visit.PEOPLE + "%7C" + person;
    }

    private Caller clinic() {
        return exchange.as(RIVERSIDE_CLINIC);
    }

    /** A visit with a prescription, a measure with a performer, and where the record is from. */
    private String push() {
        var medicine = "urn:uuid:" + UUID.randomUUID();
        var measured = "urn:uuid:" + UUID.randomUUID();
        pushed(
                Visit.entry(subject, "Patient", """
                        {"resourceType":"Patient","identifier":[{"system":"%s","value":"%s"}],"name":[{"family":"Results"}]}""".formatted(Visit.PEOPLE, person)),
                Visit.entry(visit, "Encounter", """
                        {"resourceType":"Encounter","identifier":[{"system":"urn:lakeside:visit","value":"%s"}],"status":"finished",
                         "class":{"code":"AMB"},"subject":{"reference":"%s"},
                         "serviceProvider":{"reference":"Organization/lakeside-hospital"}}""".formatted(person, subject)),
                condition(subject, visit, "38341003"),
                Visit.entry(measured, "Observation", """
                        {"resourceType":"Observation","status":"final","code":{"text":"pulse"},"subject":{"reference":"%s"},
                         "encounter":{"reference":"%s"},"performer":[{"reference":"Organization/lakeside-hospital"}]}""".formatted(subject, visit)),
                Visit.entry(
                        medicine,
                        "Medication",
                        "{\"resourceType\":\"Medication\",\"code\":{\"text\":\"drops for %s\"}}".formatted(person)),
                Visit.entry(
                        "urn:uuid:" + UUID.randomUUID(), "MedicationRequest", """
                        {"resourceType":"MedicationRequest","status":"active","intent":"order","subject":{"reference":"%s"},
                         "encounter":{"reference":"%s"},"medicationReference":{"reference":"%s"}}""".formatted(subject, visit, medicine)),
                Visit.entry("urn:uuid:" + UUID.randomUUID(), "Provenance", """
                        {"resourceType":"Provenance","target":[{"reference":"%s"},{"reference":"%s"}],"recorded":"2026-01-02T10:00:00Z",
                         "agent":[{"who":{"reference":"Organization/lakeside-hospital"}}]}""".formatted(measured, subject)));
        return clinic().search("Patient?identifier=" + token()).matches().get(0);
    }

    private static String condition(String patient, String encounter, String... codes) {
        var codings = Stream.of(codes)
                .map("{\"system\":\"http://snomed.info/sct\",\"code\":\"%s\"}"::formatted)
                .collect(Collectors.joining(","));
        var at = encounter.isEmpty() ? "" : ",\"encounter\":{\"reference\":\"" + encounter + "\"}";
        return Visit.entry(
                "urn:uuid:" + UUID.randomUUID(), "Condition", """
                {"resourceType":"Condition","identifier":[{"system":"urn:lakeside:c","value":"%s"}],"code":{"coding":[%s]},
                 "subject":{"reference":"%s"}%s}""".formatted(UUID.randomUUID(), codings, patient, at));
    }

    private void pushed(String... entries) {
        exchange.as(LAKESIDE_HOSPITAL)
                .post("", Visit.bundleOf(String.join(",", entries)))
                .then()
                .statusCode(200);
    }

    /** The last column are the elements whose references come along: of what was found, and then, after {@code >}, of that. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Condition         | _include=Condition:encounter                       | encounter
            Observation       | _include=Observation:encounter                     | encounter
            Observation       | _include=Observation:performer                     | performer
            MedicationRequest | _include=MedicationRequest:medication              | medicationReference
            MedicationRequest | _include=MedicationRequest:medication&_include=MedicationRequest:patient | medicationReference,subject
            Condition         | _include=Condition:encounter&_include:iterate=Encounter:service-provider | encounter>serviceProvider
            Condition         | _include=*                                         | encounter,subject
            MedicationRequest | _include=*                                         | encounter,subject,medicationReference
            """)
    void whatIsReferredToComesAlong(String type, String include, String elements) {
        push();

        var found = clinic().search(type + "?patient.identifier=" + token() + "&" + include);

        assertThat(found.matches()).hasSize(1);
        var expected = new TreeSet<String>();
        var at = Set.copyOf(found.matches());
        for (var step : elements.split(">", -1)) {
            at = references(at, step.split(",", -1));
            expected.addAll(at);
        }
        assertThat(expected).isNotEmpty();
        assertThat(new TreeSet<>(found.included())).isEqualTo(expected);
        assertThat(clinic().search(type + "?patient.identifier=" + token()).included())
                .isEmpty();
    }

    /** The last column are the types that come along, by the element that refers to what came before. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Observation | patient.identifier= | _revinclude=Provenance:target                                       | Provenance.target
            Encounter   | patient.identifier= | _revinclude=Condition:encounter&_revinclude=Observation:encounter   | Condition.encounter,Observation.encounter
            Patient     | identifier=         | _revinclude=Encounter:patient                                       | Encounter.subject
            Patient     | identifier=         | _revinclude=Encounter:patient&_revinclude:iterate=Condition:encounter | Encounter.subject>Condition.encounter
            Encounter   | patient.identifier= | _revinclude=Observation:encounter&_revinclude:iterate=Provenance:target | Observation.encounter>Provenance.target
            """)
    void whatRefersToItComesAlong(String type, String whose, String include, String elements) {
        push();

        var found = clinic().search(type + "?" + whose + token() + "&" + include);

        assertThat(found.matches()).hasSize(1);
        var expected = new TreeSet<String>();
        var at = Set.copyOf(found.matches());
        for (var step : elements.split(">", -1)) {
            var next = new TreeSet<String>();
            for (var element : step.split(",", -1)) {
                next.addAll(referring(element.split("\\.", 2)[0], element.split("\\.", 2)[1], at));
            }
            assertThat(next).as(step).isNotEmpty();
            expected.addAll(next);
            at = next;
        }
        assertThat(new TreeSet<>(found.included())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"Springfield, 1", "spring, 2", "SPRINGBURN, 1", "burn, 0"})
    void peopleAreFoundByWhereTheyLive(String asked, int people) {
        for (var city : List.of("Springfield", "Springburn")) {
            pushed(Visit.entry(
                    "urn:uuid:" + UUID.randomUUID(), "Patient", """
                    {"resourceType":"Patient","identifier":[{"system":"%s","value":"%s"}],"name":[{"family":"Lives"}],
                     "address":[{"city":"%s"}]}""".formatted(Visit.PEOPLE, person + city, city)));
        }
        var all = token() + "Springfield," + token() + "Springburn";

        var found = Caller.json(clinic().get("Patient?identifier=" + all + "&address-city=" + asked));

        assertThat(entries(found).map(body -> body.at("/address/0/city").asText()))
                .allMatch(city -> city.toLowerCase(Locale.ROOT).startsWith(asked.toLowerCase(Locale.ROOT)))
                .hasSize(people);
    }

    @Test
    void severalCodesAtOnceMustAllBeThere() {
        var patient = push();
        pushed(condition(patient, "", "73211009", "44054006"), condition(patient, "", "73211009"));
        var bodies = archive.bodies("Condition");
        for (var codes : List.of(
                List.of("73211009"),
                List.of("73211009", "44054006"),
                List.of("38341003", "44054006"),
                List.of("38341003"))) {
            var query = "Condition?patient=" + patient + "&code=" + String.join("&code=", codes);
            var fitting = referring("Condition", "subject", Set.of(patient)).stream()
                    .filter(address -> bodies.getOrDefault(address, Caller.JSON.nullNode())
                            .path("code")
                            .findValuesAsText("code")
                            .containsAll(codes))
                    .toList();

            assertThat(clinic().search(query).matches()).as(query).containsExactlyInAnyOrderElementsOf(fitting);
        }
        assertThat(clinic().search("Condition?patient=" + patient + "&code=73211009&code=44054006")
                        .matches())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"gt,false,true", "ge,true,true", "le,true,false", "lt,false,false", "sa,false,true", "eb,false,false"})
    void whatIsNewIsToldByWhenItWasStored(String prefix, boolean older, boolean newer) {
        var patient = push();
        var search = "Condition?patient=" + patient;
        var old = clinic().search(search).matches().get(0);
        var stored = lastUpdated(Caller.json(clinic().get(old)));
        pushed(condition(patient, "", "73211009"));
        var all = clinic().search(search).matches();
        assertThat(all).hasSize(2);

        var found = clinic().search(search + "&_lastUpdated=" + prefix + stored).matches();

        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(all.stream()
                        .filter(address -> address.equals(old) ? older : newer)
                        .toList());
    }

    @Test
    void aRecordSinceThenIsWhatWasStoredSince() {
        var patient = push();
        var before = everything(patient, "");
        var stored = before.values().stream().max(Comparator.naturalOrder()).orElseThrow();
        pushed(condition(patient, "", "73211009"));
        var since = stored.plusMillis(1);

        var told = everything(patient, "?_since=" + since);

        var all = everything(patient, "");
        assertThat(all).hasSizeGreaterThan(before.size());
        assertThat(told.keySet())
                .isEqualTo(all.entrySet().stream()
                        .filter(each -> !each.getValue().isBefore(since))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()))
                .doesNotContainAnyElementsOf(before.keySet());
    }

    private Map<String, Instant> everything(String patient, String query) {
        return entries(Caller.json(clinic().get(patient + "/$everything" + query)))
                .collect(Collectors.toMap(Export::addressOf, ClinicResultsIT::lastUpdated));
    }

    private static Instant lastUpdated(JsonNode body) {
        return OffsetDateTime.parse(body.at("/meta/lastUpdated").asText()).toInstant();
    }

    private static Stream<JsonNode> entries(JsonNode bundle) {
        return StreamSupport.stream(bundle.path("entry").spliterator(), false).map(entry -> entry.path("resource"));
    }

    /** What the elements of some resources refer to. */
    private Set<String> references(Set<String> addresses, String... elements) {
        var references = new TreeSet<String>();
        for (var address : addresses) {
            var body = Caller.json(clinic().get(address));
            for (var element : elements) {
                references.addAll(referencesIn(body.path(element)));
            }
        }
        return references;
    }

    private static List<String> referencesIn(JsonNode element) {
        return element.findValuesAsText("reference");
    }

    /** The stored resources of a type of which an element refers to one of some. */
    private Set<String> referring(String type, String element, Set<String> addresses) {
        return archive.bodies(type).entrySet().stream()
                .filter(body ->
                        referencesIn(body.getValue().path(element)).stream().anyMatch(addresses::contains))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
