package org.accordhie.terminology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.accordhie.terminology.ConceptFilter.Operator;
import org.accordhie.vocabulary.Coding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the members of a value set")
class ValueSetMembershipTest {

    private final Map<String, LoadedSystem> systems = new HashMap<>();
    private final Map<String, ValueSetDefinition> definitions = new HashMap<>();
    private final Map<String, ResolvedValueSet> known = new HashMap<>();

    @BeforeEach
    void loadIllnesses() throws UnusableDefinition {
        var closure = new CodeHierarchy(
                        "urn:a",
                        "1",
                        true,
                        Map.of("body", Set.of(), "mental", Set.of(), "mood", Set.of("mental"), "mania", Set.of("mood")))
                .closure();
        systems.put("urn:a", new LoadedSystem("1", true, closure));
        systems.put("urn:part", new LoadedSystem("", false, closure));
    }

    @Test
    void areTheListedCodesWhetherTheSystemIsLoadedOrNot() throws UnusableDefinition {
        define("set", listed("urn:never-loaded", "x", "y"));

        assertThat(tell("set")).containsExactlyInAnyOrder("urn:never-loaded|x", "urn:never-loaded|y");
    }

    @Test
    void areTheWholeSystemWhereNothingElseIsSaid() throws UnusableDefinition {
        define("set", listed("urn:a"));

        assertThat(tell("set")).containsExactlyInAnyOrder("urn:a|body", "urn:a|mental", "urn:a|mood", "urn:a|mania");
    }

    @Test
    void areWhatAllFiltersLetThrough() throws UnusableDefinition {
        define("below", filtered(Operator.DESCENDENT_OF, "mental"));
        define("within", filtered(Operator.IS_A, "mental"));
        define("same", filtered(Operator.EQUAL, "mental"));
        define(
                "both",
                new ConceptSet(
                        "include[0]",
                        "urn:a",
                        "1",
                        Set.of(),
                        List.of(filter(Operator.IS_A, "mood"), filter(Operator.DESCENDENT_OF, "mood")),
                        List.of()));

        assertThat(tell("below")).containsExactlyInAnyOrder("urn:a|mood", "urn:a|mania");
        assertThat(tell("within")).containsExactlyInAnyOrder("urn:a|mental", "urn:a|mood", "urn:a|mania");
        assertThat(tell("same")).containsExactly("urn:a|mental");
        assertThat(tell("both")).containsExactly("urn:a|mania");
    }

    @Test
    void areWhatIsIncludedButNotExcluded() throws UnusableDefinition {
        definitions.put(
                "set",
                new ValueSetDefinition(
                        "set",
                        "",
                        List.of(filtered(Operator.IS_A, "mental"), listed("urn:b", "x")),
                        List.of(listed("urn:a", "mood"), listed("urn:b", "y"))));

        assertThat(tell("set")).containsExactlyInAnyOrder("urn:a|mental", "urn:a|mania", "urn:b|x");
    }

    @Test
    void areWhatAllImportedValueSetsShare() throws UnusableDefinition {
        define("moods", filtered(Operator.IS_A, "mood"));
        known.put("mentals", new ResolvedValueSet("7", Set.of(code("mental"), code("mood"))));
        define("shared", imports("moods", "mentals|7"));
        define("some", new ConceptSet("include[0]", "urn:a", "", Set.of("mood", "body"), List.of(), List.of("moods")));

        assertThat(tell("shared")).containsExactly("urn:a|mood");
        assertThat(tell("some")).containsExactly("urn:a|mood");
    }

    @Test
    void areToldOnceHoweverOftenTheSetIsImported() throws UnusableDefinition {
        define("0", listed("urn:b", "x"));
        for (int number = 1; number <= 30; number++) {
            var former = String.valueOf(number - 1);
            definitions.put(
                    String.valueOf(number),
                    new ValueSetDefinition(
                            String.valueOf(number), "", List.of(imports(former), imports(former)), List.of()));
        }

        assertThat(tell("30")).containsExactly("urn:b|x");
    }

    @Test
    void areNotToldWhereTheyAreNotUnderstood() {
        refuses("include[0].system", "no code system in force", listed("urn:never-loaded"));
        refuses("include[0].system", "loaded in part", listed("urn:part"));
        refuses(
                "include[0].version",
                "not the version that is loaded",
                new ConceptSet("include[0]", "urn:a", "2", Set.of(), List.of(), List.of()));
        refuses("include[0].filter[0].value", "no code of the loaded system", filtered(Operator.IS_A, "moood"));
        refuses("include[0].valueSet[0]", "no value set in force", imports("unheard-of"));
        refuses("ValueSet", "has no members", filtered(Operator.DESCENDENT_OF, "mania"));
        refuses(
                "ValueSet",
                "has more than 100000 members",
                listed(
                        "urn:b",
                        IntStream.rangeClosed(0, 100_000)
                                .mapToObj(String::valueOf)
                                .toArray(String[]::new)));
        known.put("old", new ResolvedValueSet("1", Set.of(code("mood"))));
        refuses("include[0].valueSet[0]", "asks for a version", imports("old|2"));
    }

    @Test
    void areNotToldOfSetsThatAreMadeOfEachOther() {
        define("a", imports("b"));
        define("b", imports("a"));
        define("c", imports("a"));

        assertThatThrownBy(() -> tell("c"))
                .isInstanceOf(UnusableDefinition.class)
                .hasMessageContaining("a value set that imports itself");
    }

    @Test
    void areToldHoweverManySetsLieBetween() throws UnusableDefinition {
        define("0", listed("urn:b", "x"));
        for (int number = 1; number <= 5000; number++) {
            define(String.valueOf(number), imports(String.valueOf(number - 1)));
        }

        assertThat(tell("5000")).containsExactly("urn:b|x");
    }

    @Test
    void dependOnTheSystemsAndSetsThatAreNamed() {
        var definition = new ValueSetDefinition(
                "set",
                "",
                List.of(listed("urn:listed", "x"), filtered(Operator.IS_A, "mood"), imports("a|1", "b")),
                List.of(listed("urn:whole"), imports("c")));

        assertThat(definition.systems()).containsExactlyInAnyOrder("urn:a", "urn:whole");
        assertThat(definition.imports()).containsExactlyInAnyOrder("a", "b", "c");
    }

    private void refuses(String path, String said, ConceptSet include) {
        definitions.clear();
        define("set", include);
        assertThatThrownBy(() -> tell("set")).isInstanceOfSatisfying(UnusableDefinition.class, refused -> {
            assertThat(refused.url()).isEqualTo("set");
            assertThat(refused.path()).isEqualTo(path);
            assertThat(refused.reason()).contains(said);
        });
    }

    private void define(String url, ConceptSet include) {
        definitions.put(url, new ValueSetDefinition(url, "", List.of(include), List.of()));
    }

    private Set<String> tell(String url) throws UnusableDefinition {
        var members = new ValueSetMembership(systems, definitions, known).tell().getOrDefault(url, Set.of());
        return members.stream().map(Coding::toString).collect(Collectors.toSet());
    }

    private static ConceptSet listed(String system, String... codes) {
        return new ConceptSet("include[0]", system, "", Set.copyOf(Arrays.asList(codes)), List.of(), List.of());
    }

    private static ConceptSet filtered(Operator operator, String code) {
        return new ConceptSet("include[0]", "urn:a", "", Set.of(), List.of(filter(operator, code)), List.of());
    }

    private static ConceptFilter filter(Operator operator, String code) {
        return new ConceptFilter("include[0].filter[0]", operator, code);
    }

    private static ConceptSet imports(String... valueSets) {
        return new ConceptSet("include[0]", "", "", Set.of(), List.of(), new ArrayList<>(Arrays.asList(valueSets)));
    }

    private static Coding code(String code) {
        return new Coding("urn:a", code);
    }
}
