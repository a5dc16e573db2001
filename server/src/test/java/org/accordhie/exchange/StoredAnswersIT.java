package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accordhie.consent.fhir.FactsReader;
import org.accordhie.consent.jpa.StoredFacts;
import org.accordhie.fhirserver.ResourceTypes;
import org.accordhie.vocabulary.ResourceFacts;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What leaves as it is stored is, to the byte, what HAPI makes of it; and the facts stored with it are those that it has. */
@ExchangeTest
class StoredAnswersIT {

    /** Asked for, even in the negative, HAPI parses and writes every resource itself. */
    private static final String WRITTEN_BY_HAPI = "_pretty=false";

    @Autowired
    Exchange exchange;

    @Autowired
    FactsReader facts;

    @Autowired
    StoredFacts stored;

    static Stream<String> types() {
        return ResourceTypes.SERVED.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("types")
    void isTheSameToTheByte(String type) throws IOException {
        for (var partner : new Partner[] {RIVERSIDE_CLINIC, LAKESIDE_HOSPITAL}) {
            var caller = exchange.as(partner);
            for (var query :
                    new String[] {"_count=10", "_count=3&_sort=-_lastUpdated&_include=*", "_offset=2", "_count=0"}) {
                var search = type + "?" + query;
                assertThat(bundle(caller.get(search)))
                        .as(search)
                        .isEqualTo(bundle(caller.get(search + "&" + WRITTEN_BY_HAPI)));
            }
            for (var read : addresses(caller.get(type + "?_count=3")).toList()) {
                var asStored = caller.get(read);
                var byHapi = caller.get(read + "?" + WRITTEN_BY_HAPI);
                assertThat(asStored.asString()).as(read).isEqualTo(byHapi.asString());
                assertThat(headers(asStored)).as(read).isEqualTo(headers(byHapi));
            }
        }
    }

    @Test
    void aWholeRecordIsTheSameToo() throws IOException {
        var caller = exchange.as(RIVERSIDE_CLINIC);
        for (var patient : caller.search("Patient?_count=5").matches()) {
            var everything = patient + "/$everything?_count=100";
            assertThat(bundle(caller.get(everything)))
                    .isEqualTo(bundle(caller.get(everything + "&" + WRITTEN_BY_HAPI)));
        }
    }

    /** What HAPI's storage and its parser treat otherwise than its answers do. */
    @Test
    void whatIsUglyIsToldAsHapiTellsIt() throws IOException {
        var visit = Visit.of("ugly");
        var hospital = exchange.as(LAKESIDE_HOSPITAL);
        hospital.post("", visit.bundle()).then().statusCode(200);
        var patient =
                hospital.search("Patient?identifier=" + visit.token()).matches().get(0);
        hospital.post("Observation", """
                        {"resourceType":"Observation","status":"final","subject":{"reference":"%s"},
                         "code":{"text":"ugly \\u2028 \\"{}\\" \\\\ \\ud83d\\ude00"},"performer":[{"reference":"#c"}],
                         "contained":[{"resourceType":"Organization","id":"c","meta":{"versionId":"3"},"active":true}],
                         "valueQuantity":{"value":1.50}}""".formatted(patient)).then().statusCode(201);
        hospital.post("Observation", """
                        {"resourceType":"Observation","status":"final","subject":{"reference":"%s"},"code":{"text":"labels"},
                         "meta":{"security":[{"display":"names nothing"},{"system":"http://example.org/labels","code":"x",
                         "display":"tab\\tand \\"quotes\\""}],"profile":["http://example.org/profile"]}}""".formatted(patient)).then().statusCode(201);
        for (var value : List.of("007", "1.", "-.5")) {
            // Taken or refused: what is told must be JSON.
            hospital.post("Observation", """
                    {"resourceType":"Observation","status":"final","subject":{"reference":"%s"},
                     "code":{"text":"number"},"valueQuantity":{"value":"%s"}}""".formatted(patient, value));
        }

        var observations = hospital.search("Observation?subject=" + patient).matches();
        assertThat(observations).hasSizeGreaterThan(1);
        for (var observation : observations) {
            var told = hospital.get(observation).asString();
            assertThat(told)
                    .isEqualTo(hospital.get(observation + "?" + WRITTEN_BY_HAPI).asString());
            assertThat(Caller.tree(told).path("resourceType").asText()).isEqualTo("Observation");
        }
        var search = "Observation?subject=" + patient;
        assertThat(bundle(hospital.get(search))).isEqualTo(bundle(hospital.get(search + "&" + WRITTEN_BY_HAPI)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"_narrative=only", "_narrative=suppress", "_narrative=normal", "_summary=text", "_elements=id"})
    void whatAsksForAnotherFormIsWrittenByHapi(String form) {
        var caller = exchange.as(RIVERSIDE_CLINIC);
        var visit = Visit.of("another-form");
        exchange.as(LAKESIDE_HOSPITAL).post("", visit.bundle()).then().statusCode(200);
        var patient =
                caller.search("Patient?identifier=" + visit.token()).matches().get(0);

        var answer = caller.get(patient + "?" + form);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.asString())
                .isNotEmpty()
                .isEqualTo(
                        caller.get(patient + "?" + form + "&" + WRITTEN_BY_HAPI).asString());
    }

    @Test
    void theFactsStoredAreThoseOfTheResource() {
        var visit = Visit.of("stored-facts").diagnosedWith("38341003", "Hypertension");
        exchange.as(LAKESIDE_HOSPITAL).post("", visit.bundle()).then().statusCode(200);
        var patient = exchange.as(LAKESIDE_HOSPITAL)
                .search("Patient?identifier=" + visit.token())
                .matches()
                .get(0);
        var compared = new TreeSet<String>();

        Stream.concat(Stream.of(patient + "/$everything"), types())
                .flatMap(this::ownFacts)
                .forEach(read -> {
                    var version = read.reference() + "/_history/" + read.version();
                    assertThat(stored.version(version).map(StoredAnswersIT::withoutRules))
                            .as(version)
                            .hasValue(withoutRules(read));
                    compared.add(read.type());
                });

        assertThat(compared).contains("Condition", "Encounter", "Patient");
    }

    /** Of what the hospital wrote itself: of others' resources some references are left out. */
    private Stream<ResourceFacts> ownFacts(String search) {
        var told = exchange.as(LAKESIDE_HOSPITAL).get(search + "?_count=100").asString();
        var bundle = FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, told);
        return bundle.getEntry().stream()
                .map(BundleEntryComponent::getResource)
                .map(facts::read)
                .filter(read -> read.source().equals(LAKESIDE_HOSPITAL.organization));
    }

    /** Without the tags of label rules: what is labelled again later gets one, which is no fact of it. */
    private static ResourceFacts withoutRules(ResourceFacts all) {
        var codes = all.codes().stream()
                .filter(code -> !code.system().endsWith("/CodeSystem/label-rules"))
                .collect(Collectors.toSet());
        return new ResourceFacts(
                all.type(),
                all.id(),
                all.version(),
                all.patients(),
                all.compartments(),
                codes,
                all.documentTypes(),
                all.profiles(),
                all.labels(),
                all.dates(),
                all.origin(),
                all.references());
    }

    private static Stream<String> addresses(Response search) {
        var bundle = FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, search.asString());
        return bundle.getEntry().stream()
                .map(BundleEntryComponent::getResource)
                .map(Resource::getIdElement)
                .flatMap(id -> Stream.of(
                        id.toUnqualifiedVersionless().getValue(),
                        id.toUnqualified().getValue()));
    }

    /** All but what names the answer itself, its time, and how it was asked for. */
    private static String bundle(Response answer) throws IOException {
        JsonNode tree = Caller.tree(answer.asString());
        ((ObjectNode) tree).remove("id");
        ((ObjectNode) tree).remove("link");
        ((ObjectNode) tree.path("meta")).remove("lastUpdated");
        return tree.toString();
    }

    private static Map<String, String> headers(Response answer) {
        return answer.headers().asList().stream()
                .filter(header -> !header.getName().matches("Date|X-Request-ID|Content-Length|Transfer-Encoding"))
                .collect(Collectors.toMap(
                        header -> header.getName() + header.getValue(),
                        header -> header.getValue(),
                        (one, other) -> one,
                        TreeMap::new));
    }
}
