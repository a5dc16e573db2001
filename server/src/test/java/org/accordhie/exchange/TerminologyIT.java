package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RESEARCH_INSTITUTE;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import io.restassured.response.Response;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.terminology.Terminology;
import org.accordhie.vocabulary.Coding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Privacy officers load the code systems and value sets that consents name. */
@ExchangeTest
class TerminologyIT {

    @Autowired
    Exchange exchange;

    @Autowired
    Archive archive;

    @Autowired
    Terminology terminology;

    private final Vocabularies words = Vocabularies.fresh();
    private final Deque<String> loaded = new ArrayDeque<>();

    @AfterEach
    void takeAwayWhatWasLoaded() {
        while (!loaded.isEmpty()) {
            officer().delete(loaded.pop()).then().statusCode(204);
        }
        assertThat(closure()).isEmpty();
    }

    @Test
    void putsAHierarchyInForce() {
        var before = epoch();

        load("CodeSystem", words.illnesses());

        assertThat(closure())
                .containsExactlyInAnyOrder(
                        "body body",
                        "mental mental",
                        "mental mood",
                        "mental depression",
                        "mental mania",
                        "mood mood",
                        "mood depression",
                        "mood mania",
                        "depression depression",
                        "mania mania");
        assertThat(covered("mood")).containsExactlyInAnyOrder("mood", "depression", "mania");
        assertThat(covered("unheard of")).containsExactly("unheard of");
        assertThat(epoch()).isGreaterThan(before);
    }

    @Test
    void tellsTheMembersOfValueSets() {
        load("CodeSystem", words.illnesses());
        load("ValueSet", words.within("moods", "mood"));
        load("ValueSet", words.same("copy", "moods"));
        load("ValueSet", words.valueSetOf("listed", """
                {"system":"urn:elsewhere","concept":[{"code":"x"}]}"""));

        assertThat(members("moods")).containsExactlyInAnyOrder("mood", "depression", "mania");
        assertThat(members("copy")).isEqualTo(members("moods"));
        assertThat(terminology.members(words.valueSet("listed"))).containsExactly(new Coding("urn:elsewhere", "x"));
        assertThat(members("unheard of")).isEmpty();
    }

    @Test
    void takesACodeSystemAndItsValueSetInOneBundle() {
        var bundle = Visit.bundleOf("""
                {"resource":%s,"request":{"method":"PUT","url":"ValueSet/moods"}},
                {"resource":%s,"request":{"method":"PUT","url":"CodeSystem/illnesses"}}""".formatted(
                        Vocabularies.withId(words.within("moods", "mood"), "moods"),
                        Vocabularies.withId(words.illnesses(), "illnesses")));

        var answer = officer().post("", bundle);
        var again = officer().post("", bundle);

        answer.then().statusCode(200);
        assertThat(members("moods")).containsExactlyInAnyOrder("mood", "depression", "mania");
        assertThat(locations(again)).isEqualTo(locations(answer));
        loaded.add(locations(answer).get(0));
        loaded.add(locations(answer).get(1));
    }

    @Test
    void tellsValueSetsAnewWhenTheirCodeSystemChanges() {
        var system = load("CodeSystem", words.illnesses());
        load("ValueSet", words.within("illnesses", "mental"));
        load("ValueSet", words.same("copy", "illnesses"));

        put(system, words.illnessesWithoutMoods()).then().statusCode(200);

        assertThat(members("copy")).containsExactlyInAnyOrder("mental", "depression", "mania");
    }

    @Test
    void refusesAChangeThatAValueSetCannotBear() {
        var system = load("CodeSystem", words.illnesses());
        load("ValueSet", words.within("moods", "mood"));

        for (var answer : List.of(
                put(system, words.illnessesWithoutMoods()),
                put(system, Vocabularies.retired(words.illnesses())),
                officer().delete(system))) {
            refused(answer, "CodeSystem", words.valueSet("moods"));
        }

        assertThat(members("moods")).containsExactlyInAnyOrder("mood", "depression", "mania");
    }

    @Test
    void refusesWhatCannotBeEnforcedAndNamesThePlace() {
        load("CodeSystem", words.illnesses());
        var rows = archive.rows();

        refused(
                officer().post("ValueSet", words.valueSetOf("matched", """
                        {"system":"%s","filter":[{"property":"concept","op":"is-a","value":"mood"},
                         {"property":"display","op":"regex","value":"m.*"}]}""".formatted(words.system()))),
                "ValueSet.compose.include[0].filter[1].property",
                "must be `concept`");
        refused(
                officer().post("ValueSet", words.within("typing", "moood")),
                "ValueSet.compose.include[0].filter[0].value",
                "is no code of the loaded system");
        refused(
                officer().post("ValueSet", words.valueSetOf("unknown", """
                        {"system":"urn:never-loaded"}""")),
                "ValueSet.compose.include[0].system",
                "is no code system in force here");
        refused(
                officer()
                        .post(
                                "CodeSystem",
                                words.illnesses()
                                        .replace("\"code\":\"body\"", "\"code\":\"body\",\"display\":\"Body\"")),
                "CodeSystem.url",
                "belongs to another CodeSystem");
        refused(
                officer().post("CodeSystem", Vocabularies.fresh().codeSystem("""
                        {"code":"a","property":[{"code":"parent","valueCode":"b"}],"concept":[{"code":"b"}]}""")),
                "CodeSystem.concept",
                "below themselves");

        assertThat(archive.rows()).isEqualTo(rows);
    }

    @Test
    void takesTerminologyFromOfficersAlone() {
        var rows = archive.rows();

        for (var partner : List.of(LAKESIDE_HOSPITAL, RIVERSIDE_CLINIC, RESEARCH_INSTITUTE)) {
            var caller = exchange.as(partner);
            caller.post("CodeSystem", words.illnesses()).then().statusCode(403);
            caller.post("ValueSet", words.within("moods", "mood")).then().statusCode(403);
            caller.post(
                            "",
                            Visit.bundleOf(Visit.entry(
                                    "urn:uuid:0b0b0b0b-0000-4000-8000-000000000001", "CodeSystem", words.illnesses())))
                    .then()
                    .statusCode(403);
        }

        assertThat(archive.rows()).isEqualTo(rows);
    }

    @Test
    void showsTerminologyToEverybody() {
        var system = load("CodeSystem", words.illnesses());
        var valueSet = load("ValueSet", words.within("moods", "mood"));

        for (var partner : List.of(LAKESIDE_HOSPITAL, RIVERSIDE_CLINIC, RESEARCH_INSTITUTE, PRIVACY_OFFICER)) {
            var caller = exchange.as(partner);
            caller.get(system).then().statusCode(200).body("concept[1].concept[0].code", is("mood"));
            assertThat(caller.search("ValueSet?url=" + words.valueSet("moods")).matches())
                    .containsExactly(valueSet);
        }
        officer().get("metadata").then().body("rest[0].resource.type", hasItem("ValueSet"));
        officer().get("metadata").then().body("rest[0].resource.type", hasItem("CodeSystem"));
    }

    @Test
    void takesManyCodesAwayAndBackAgain() {
        refused(
                officer().post("CodeSystem", words.many(300).replace("is-a", "part-of")),
                "CodeSystem.hierarchyMeaning",
                "must be `is-a`");
        for (int round = 0; round < 3; round++) {
            var system = load("CodeSystem", words.many(300));

            assertThat(covered("0")).hasSize(300);

            officer().delete(system).then().statusCode(204);
            loaded.pop();
            assertThat(covered("0")).containsExactly("0");
        }
    }

    private Caller officer() {
        return exchange.as(PRIVACY_OFFICER);
    }

    private String load(String type, String resource) {
        var answer = officer().post(type, resource);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
        var address = answer.header("Location").replaceFirst(".*/(" + type + "/[^/]+).*", "$1");
        loaded.push(address);
        return address;
    }

    private Response put(String address, String resource) {
        return officer().put(address, Vocabularies.withId(resource, address.replaceFirst(".*/", "")));
    }

    private static void refused(Response answer, String path, String said) {
        answer.then()
                .statusCode(422)
                .body("issue[0].expression", hasItem(path))
                .body("issue[0].diagnostics", containsString(said));
    }

    private static List<String> locations(Response answer) {
        return Caller.tree(answer.asString()).path("entry").findValuesAsText("location").stream()
                .map(location -> location.replaceFirst(".*/fhir/", "").replaceFirst("/_history/.*", ""))
                .toList();
    }

    private Set<String> covered(String code) {
        return terminology.covered(new Coding(words.system(), code)).stream()
                .map(Coding::code)
                .collect(Collectors.toSet());
    }

    private Set<String> members(String kind) {
        return terminology.members(words.valueSet(kind)).stream()
                .map(Coding::code)
                .collect(Collectors.toSet());
    }

    private List<String> closure() {
        return archive.sql()
                .sql("SELECT ancestor || ' ' || descendant FROM accord.code_closure WHERE system = ?")
                .param(words.system())
                .query(String.class)
                .list();
    }

    private long epoch() {
        return archive.sql()
                .sql("SELECT number FROM accord.epoch WHERE name = 'terminology'")
                .query(Long.class)
                .single();
    }
}
