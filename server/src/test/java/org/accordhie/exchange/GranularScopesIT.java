package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A granular scope opens what its search would find, on every way to it. */
@ExchangeTest
@DisplayName("G5, G7: granular scopes")
class GranularScopesIT {

    private static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category";

    @Autowired
    Exchange exchange;

    @Autowired
    AlteredTokens tokens;

    @Autowired
    Archive archive;

    /** The one of Cory's records with the most observations. */
    private String cory() {
        var observations = archive.recordOf(Person.CORY).stream()
                .filter(stored -> stored.type().equals("Observation"))
                .collect(Collectors.groupingBy(Archive.Stored::patient, Collectors.counting()));
        return Collections.max(observations.entrySet(), Map.Entry.comparingByValue())
                .getKey();
    }

    static Stream<Arguments> scopes() {
        return Stream.of(
                        rows("Observation.rs?category=laboratory", has("category", "laboratory")),
                        rows("Observation.rs?category=" + CATEGORY + "|laboratory", has("category", "laboratory")),
                        rows("Observation.rs?category=" + CATEGORY + "|", has("category", "")),
                        rows("Observation.rs?category=urn:other|laboratory", resource -> false),
                        rows("Observation.rs?category=|laboratory", resource -> false),
                        rows(
                                "Observation.rs?category=laboratory,vital-signs",
                                has("category", "laboratory").or(has("category", "vital-signs"))),
                        rows(
                                "Observation.rs?category=laboratory @/Observation.rs?category=survey",
                                has("category", "laboratory").or(has("category", "survey"))),
                        rows("Observation.rs?category=laboratory&status=final", has("category", "laboratory")),
                        rows("Observation.rs?category=laboratory&status=amended", resource -> false),
                        rows(
                                "Observation.rs?category=laboratory&status=amended @/Observation.rs?category=vital-signs",
                                has("category", "vital-signs")),
                        rows("Observation.rs?code=8302-2", has("code", "8302-2")),
                        rows("Observation.rs?code=http://loinc.org|8302-2", has("code", "8302-2")),
                        rows("Observation.rs?category=laboratory @/Observation.rs", resource -> true),
                        rows("Observation.rs?date=gt2000", resource -> false))
                .flatMap(each -> each);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("scopes")
    void openWhatTheirSearchWouldFind(String context, String scope, Predicate<JsonNode> model) {
        var patient = cory();
        var all = all("Observation", patient);
        var caller = with(context + "/" + scope.replace("@", context) + " " + context + "/Patient.rs", patient);
        var open = all.entrySet().stream()
                .filter(each -> model.test(each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        assertThat(all).hasSizeGreaterThan(20);

        var search = caller.get("Observation?_total=accurate&_count=500&patient=" + patient);
        if (scope.contains("date=")) {
            assertThat(search.statusCode())
                    .as("a scope that cannot be enforced")
                    .isEqualTo(403);
            return;
        }
        var found = Found.in(Caller.json(search));
        assertThat(found.matches()).containsExactlyInAnyOrderElementsOf(open);
        assertThat(found.total()).isEqualTo(open.size());
        assertThat(caller.search("Observation?_summary=count&patient=" + patient)
                        .total())
                .isEqualTo(open.size());
        assertThat(caller.pages("Observation?_count=7&patient=" + patient).stream()
                        .flatMap(page -> page.matches().stream()))
                .containsExactlyInAnyOrderElementsOf(open);
        assertThat(caller.search("Patient?_revinclude=Observation:patient&_count=500&_id=" + idOf(patient))
                        .included())
                .containsExactlyInAnyOrderElementsOf(open);
        assertThat(caller.search("Patient?_has:Observation:patient:status=final&_id=" + idOf(patient))
                        .total())
                .isEqualTo(open.isEmpty() ? 0 : 1);
        assertThat(caller.pages(patient + "/$everything?_count=500&_type=Observation").stream()
                        .flatMap(page -> page.matches().stream()))
                .containsExactlyInAnyOrderElementsOf(open);
        for (var address : all.keySet().stream().limit(40).toList()) {
            var expected = open.contains(address) ? 200 : 404;
            assertThat(caller.get(address).statusCode()).as(address).isEqualTo(expected);
            assertThat(caller.get(address + "/_history/1").statusCode())
                    .as(address)
                    .isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("C1: of the patient context only inside its compartment")
    void openNothingOfOthers() {
        var lab = with("patient/Observation.rs?category=laboratory patient/Patient.rs", cory());
        var other = archive.recordOf(Person.EVERETTE).stream()
                .filter(Archive.Stored::isPatient)
                .findFirst()
                .orElseThrow()
                .address();

        assertThat(lab.get(other).statusCode()).isEqualTo(404);
        assertThat(lab.search("Observation?patient=" + other).total()).isZero();
    }

    @Test
    @DisplayName("F5: a chain needs s on every type it leads through, or nothing is searched")
    void chainsNeedTheRightToSearchEachType() {
        var reader = with("system/Observation.rs system/Patient.r", cory());
        var searcher = with("system/Observation.rs system/Patient.s", cory());

        for (var query : List.of(
                "Observation?subject:Patient.family=X",
                "Observation?patient.family=X",
                "Observation?_has:Provenance:target:patient=X",
                "Observation?_has:Provenance:target:patient.family=X",
                "Observation?encounter.patient.family=X",
                "Observation?performer:Practitioner.name=X")) {
            assertThat(reader.get(query).statusCode()).as(query).isEqualTo(403);
        }
        assertThat(searcher.get("Observation?patient.family=X").statusCode()).isEqualTo(200);
        assertThat(searcher.get("Observation?subject:Patient.family=X").statusCode())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("F3: what comes along without being granted is left out, or refused if the client is strict")
    void includesAreLeftOut() {
        var caller = with("system/Observation.rs", cory());
        var query = "Observation?_include=Observation:subject:Patient&_count=5&patient=" + cory();

        assertThat(caller.search(query).matches()).isNotEmpty();
        assertThat(caller.search(query).included()).isEmpty();
        assertThat(caller.given()
                        .header("Prefer", "handling=strict")
                        .get(caller.base() + "/" + query)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    @DisplayName("Section 4: $everything needs r and s")
    void everythingNeedsBoth() {
        assertThat(with("system/*.r", cory()).get(cory() + "/$everything").statusCode())
                .isEqualTo(403);
        assertThat(with("system/*.s", cory()).get(cory() + "/$everything").statusCode())
                .isEqualTo(403);
        assertThat(with("system/*.rs", cory()).get(cory() + "/$everything").statusCode())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("F8: a write must lie inside the grant before and after")
    void writesStayInsideTheGrant() {
        var visit = Visit.of("alice");
        exchange.as(LAKESIDE_HOSPITAL).post("", visit.bundle()).then().statusCode(200);
        var alice = exchange.as(LAKESIDE_HOSPITAL)
                .search("Patient?identifier=" + visit.token())
                .matches()
                .get(0);
        var plain = exchange.as(LAKESIDE_HOSPITAL)
                .search("Observation?subject=" + alice)
                .matches()
                .get(0);
        var lab = "system/Observation.cud?category=laboratory system/Patient.rs system/Observation.rs";
        var writer = with(LAKESIDE_HOSPITAL, lab, alice);
        var other = "\"category\":[{\"coding\":[{\"code\":\"survey\"}]}]";
        var inside = "\"category\":[{\"coding\":[{\"code\":\"laboratory\"}]}]";

        assertThat(writer.post("Observation", observation("", alice, other)).statusCode())
                .isEqualTo(403);
        var created = writer.post("Observation", observation("", alice, inside));
        assertThat(created.statusCode()).isEqualTo(201);
        var id = created.header("Location").replaceFirst(".*/Observation/", "").replaceFirst("/.*", "");
        assertThat(writer.put("Observation/" + id, observation(id, alice, other))
                        .statusCode())
                .as("out of the category")
                .isEqualTo(403);
        assertThat(writer.put(plain, observation(idOf(plain), alice, inside)).statusCode())
                .as("into the category")
                .isEqualTo(403);
        assertThat(writer.delete(plain).statusCode()).isEqualTo(403);
        assertThat(exchange.as(LAKESIDE_HOSPITAL).get(plain).statusCode()).isEqualTo(200);
        assertThat(writer.put(
                                "Observation/" + id,
                                observation(id, alice, inside + ",\"issued\":\"2026-01-01T00:00:00Z\""))
                        .statusCode())
                .isEqualTo(200);
        assertThat(writer.delete("Observation/" + id).statusCode()).isEqualTo(204);
    }

    @Test
    @DisplayName("F8, C1: an app of one patient writes nothing about another")
    void writesStayInsideTheCompartment() {
        var visit = Visit.of("alice");
        var other = Visit.of("bob");
        exchange.as(LAKESIDE_HOSPITAL).post("", visit.bundle()).then().statusCode(200);
        exchange.as(LAKESIDE_HOSPITAL).post("", other.bundle()).then().statusCode(200);
        var alice = exchange.as(LAKESIDE_HOSPITAL)
                .search("Patient?identifier=" + visit.token())
                .matches()
                .get(0);
        var bob = exchange.as(LAKESIDE_HOSPITAL)
                .search("Patient?identifier=" + other.token())
                .matches()
                .get(0);
        var writer = with(LAKESIDE_HOSPITAL, "patient/*.cruds", alice);
        var bobs = exchange.as(LAKESIDE_HOSPITAL)
                .search("Observation?subject=" + bob)
                .matches()
                .get(0);

        assertThat(writer.post("Observation", observation("", bob, "\"issued\":\"2026-01-01T00:00:00Z\""))
                        .statusCode())
                .isIn(400, 403, 404, 422);
        assertThat(writer.delete(bobs).statusCode()).isIn(403, 404);
        assertThat(exchange.as(LAKESIDE_HOSPITAL).get(bobs).statusCode()).isEqualTo(200);
        assertThat(writer.post("Observation", observation("", alice, "\"issued\":\"2026-01-01T00:00:00Z\""))
                        .statusCode())
                .isEqualTo(201);
    }

    private static String observation(String id, String patient, String more) {
        return """
                {"resourceType":"Observation",%s"status":"final","code":{"coding":[{"system":"http://loinc.org",
                 "code":"718-7"}]},"subject":{"reference":"%s"},%s}""".formatted(id.isEmpty() ? "" : "\"id\":\"" + id + "\",", patient, more);
    }

    /** Everything of a type about a patient that the clinic may see, as it stands. */
    private Map<String, JsonNode> all(String type, String patient) {
        var all = new TreeMap<String, JsonNode>();
        var bundle = Caller.json(exchange.as(RIVERSIDE_CLINIC).get(type + "?_count=500&patient=" + patient));
        bundle.path("entry").forEach(entry -> {
            var resource = entry.path("resource");
            all.put(type + "/" + resource.path("id").asText(), resource);
        });
        return all;
    }

    private static Predicate<JsonNode> has(String element, String code) {
        return resource -> {
            var codings = new ArrayList<JsonNode>();
            var value = resource.path(element);
            (value.isArray() ? value : List.of(value))
                    .forEach(concept -> concept.path("coding").forEach(codings::add));
            return codings.stream()
                    .anyMatch(coding ->
                            code.isEmpty() || coding.path("code").asText().equals(code));
        };
    }

    private static Stream<Arguments> rows(String scope, Predicate<JsonNode> model) {
        return Stream.of("system", "patient").map(context -> Arguments.of(context, scope, model));
    }

    private Caller with(String scopes, String patient) {
        return with(RIVERSIDE_CLINIC, scopes, patient);
    }

    private Caller with(Partner partner, String scopes, String patient) {
        return exchange.with(tokens.of(
                exchange.token(partner, "", "system/*.rs"),
                claims -> claims.claim("scope", scopes).claim("patient", patient)));
    }

    private static String idOf(String address) {
        return address.substring(address.indexOf('/') + 1);
    }
}
