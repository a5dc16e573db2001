package org.accordhie.terminology.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.accordhie.terminology.ConceptFilter;
import org.accordhie.terminology.ConceptFilter.Operator;
import org.accordhie.terminology.ConceptSet;
import org.accordhie.terminology.UnusableDefinition;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.ValueSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("a code system or value set as it is written")
class DefinitionReadersTest {

    @Test
    void isAHierarchyOfNestedConceptsAndProperties() throws UnusableDefinition {
        var hierarchy = new CodeSystemReader().read(codeSystem("""
                        'version':'3','content':'complete','hierarchyMeaning':'is-a',
                        'property':[{'code':'up','uri':'http://hl7.org/fhir/concept-properties#parent','type':'code'},
                          {'code':'down','uri':'http://hl7.org/fhir/concept-properties#child','type':'code'}],
                        'concept':[{'code':'a','concept':[{'code':'b'}]},
                          {'code':'c','property':[{'code':'parent','valueCode':'a'},{'code':'note','valueString':'x'}]},
                          {'code':'d','property':[{'code':'child','valueCode':'c'},{'code':'subsumedBy','valueCode':'b'}]},
                          {'code':'e','property':[{'code':'up','valueCode':'c'},{'code':'down','valueCode':'b'}]}]""")).orElseThrow();

        assertThat(hierarchy.parents())
                .isEqualTo(Map.of(
                        "a",
                        Set.of(),
                        "b",
                        Set.of("a", "e"),
                        "c",
                        Set.of("a", "d"),
                        "d",
                        Set.of("b"),
                        "e",
                        Set.of("c")));
        assertThat(hierarchy.url()).isEqualTo("urn:a");
        assertThat(hierarchy.version()).isEqualTo("3");
        assertThat(hierarchy.complete()).isTrue();
    }

    @Test
    void isAPartWhereMoreCodesMayExist() throws UnusableDefinition {
        var fragment = new CodeSystemReader().read(codeSystem("""
                        'content':'fragment','hierarchyMeaning':'is-a',
                        'concept':[{'code':'a','property':[{'code':'parent','valueCode':'not-loaded'}]}]""")).orElseThrow();
        var compositional = new CodeSystemReader()
                .read(codeSystem("'content':'complete','compositional':true,'concept':[{'code':'a'}]"))
                .orElseThrow();

        assertThat(fragment.complete()).isFalse();
        assertThat(fragment.parents()).isEqualTo(Map.of("a", Set.of("not-loaded"), "not-loaded", Set.of()));
        assertThat(compositional.complete()).isFalse();
    }

    @Test
    void isNotInForceUnlessActive() throws UnusableDefinition {
        assertThat(new CodeSystemReader().read(new CodeSystem())).isEmpty();
        assertThat(new ValueSetReader().read(new ValueSet())).isEmpty();
    }

    @ParameterizedTest(name = "CodeSystem{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            .content | must be | 'concept':[{'code':'a'}]
            .content | must be | 'content':'supplement','concept':[{'code':'a'}]
            .caseSensitive | must not be false | 'content':'complete','caseSensitive':false,'concept':[{'code':'a'}]
            .concept | is missing | 'content':'complete'
            .concept[0].code | is missing | 'content':'complete','concept':[{'display':'x'}]
            .concept[1].concept[0].code | stands twice | 'content':'complete','concept':[{'code':'a'},{'code':'b','concept':[{'code':'a'}]}]
            .hierarchyMeaning | must be `is-a` | 'content':'complete','concept':[{'code':'a','concept':[{'code':'b'}]}]
            .hierarchyMeaning | must be `is-a` | 'content':'complete','hierarchyMeaning':'part-of','concept':[{'code':'a','concept':[{'code':'b'}]}]
            .concept[0].property[0].value | is no code of this system | 'content':'complete','hierarchyMeaning':'is-a','concept':[{'code':'a','property':[{'code':'parent','valueCode':'b'}]}]
            .concept[0].property[0].value | as `valueCode` | 'content':'complete','concept':[{'code':'a','property':[{'code':'child','valueString':'b'}]}]
            .implicitRules | unknown here | 'implicitRules':'urn:x'
            .modifierExtension | unknown here | 'modifierExtension':[{'url':'urn:x','valueBoolean':true}]
            .concept[0].modifierExtension | unknown here | 'content':'complete','concept':[{'code':'a','modifierExtension':[{'url':'urn:x','valueBoolean':true}]}]
            """)
    void isRefusedAsACodeSystemThatCannotBeEnforced(String path, String said, String content) {
        refuses("CodeSystem" + path, said, () -> new CodeSystemReader().read(codeSystem(content)));
    }

    @Test
    void isRefusedWithoutAnAddressThatCanBeNamed() {
        for (var url : new String[] {"", "urn:a|1", "urn:a#b", "x".repeat(801)}) {
            var system = codeSystem("'content':'complete','concept':[{'code':'a'}]");
            system.setUrl(url.isEmpty() ? null : url);

            refuses("CodeSystem.url", "", () -> new CodeSystemReader().read(system));
        }
    }

    @Test
    void isADefinitionMadeOfConceptsFiltersAndOtherSets() throws UnusableDefinition {
        var definition = new ValueSetReader().read(valueSet("""
                        'version':'2','compose':{'inactive':true,
                         'include':[{'system':'urn:a','version':'1','concept':[{'code':'x'},{'code':'y'}]},
                          {'system':'urn:b','filter':[{'property':'concept','op':'is-a','value':'z'},
                           {'property':'concept','op':'descendent-of','value':'z'},{'property':'concept','op':'=','value':'z'}]},
                          {'valueSet':['urn:set|1']}],
                         'exclude':[{'system':'urn:c'}]}""")).orElseThrow();

        var path = "ValueSet.compose.include";
        assertThat(definition.url()).isEqualTo("urn:a");
        assertThat(definition.version()).isEqualTo("2");
        assertThat(definition.includes())
                .containsExactly(
                        new ConceptSet(path + "[0]", "urn:a", "1", Set.of("x", "y"), none(), none()),
                        new ConceptSet(
                                path + "[1]",
                                "urn:b",
                                "",
                                Set.of(),
                                List.of(
                                        new ConceptFilter(path + "[1].filter[0]", Operator.IS_A, "z"),
                                        new ConceptFilter(path + "[1].filter[1]", Operator.DESCENDENT_OF, "z"),
                                        new ConceptFilter(path + "[1].filter[2]", Operator.EQUAL, "z")),
                                none()),
                        new ConceptSet(path + "[2]", "", "", Set.of(), none(), List.of("urn:set|1")));
        assertThat(definition.excludes())
                .containsExactly(new ConceptSet("ValueSet.compose.exclude[0]", "urn:c", "", Set.of(), none(), none()));
    }

    @Test
    void isItsExpansionWhereItIsNotComposed() throws UnusableDefinition {
        var definition = new ValueSetReader().read(valueSet("""
                        'expansion':{'timestamp':'2026-01-01T00:00:00Z','total':4,'contains':[
                         {'abstract':true,'display':'heading','contains':[{'system':'urn:b','code':'x'},{'system':'urn:a','code':'y'}]},
                         {'system':'urn:b','code':'z'}]}""")).orElseThrow();

        var path = "ValueSet.expansion.contains";
        assertThat(definition.includes())
                .containsExactly(
                        new ConceptSet(path, "urn:a", "", Set.of("y"), none(), none()),
                        new ConceptSet(path, "urn:b", "", Set.of("x", "z"), none(), none()));
    }

    @ParameterizedTest(name = "ValueSet.{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            compose | is missing | 'name':'X'
            compose.lockedDate | not supported | 'compose':{'lockedDate':'2026-01-01','include':[{'system':'urn:a'}]}
            compose.inactive | must not be false | 'compose':{'inactive':false,'include':[{'system':'urn:a'}]}
            compose.include[0].system | is missing | 'compose':{'include':[{'concept':[{'code':'x'}]}]}
            compose.include[0].system | is missing | 'compose':{'include':[{'valueSet':['urn:b'],'concept':[{'code':'x'}]}]}
            compose.include[0].system | is missing | 'compose':{'include':[{'valueSet':['urn:b'],'filter':[{'property':'concept','op':'is-a','value':'x'}]}]}
            compose.include[0] | both `concept` and `filter` | 'compose':{'include':[{'system':'urn:a','concept':[{'code':'x'}],'filter':[{'property':'concept','op':'is-a','value':'x'}]}]}
            compose.include[0].valueSet[0] | of its own | 'compose':{'include':[{'valueSet':['#contained']}]}
            compose.include[0].concept[0].code | is missing | 'compose':{'include':[{'system':'urn:a','concept':[{'display':'x'}]}]}
            compose.include[0].filter[0].property | must be `concept` | 'compose':{'include':[{'system':'urn:a','filter':[{'property':'display','op':'=','value':'x'}]}]}
            compose.include[0].filter[0].op | others are not supported | 'compose':{'include':[{'system':'urn:a','filter':[{'property':'concept','op':'is-not-a','value':'x'}]}]}
            compose.include[0].filter[0].op | others are not supported | 'compose':{'include':[{'system':'urn:a','filter':[{'property':'concept','value':'x'}]}]}
            compose.exclude[0].filter[0].value | is missing | 'compose':{'include':[{'system':'urn:a'}],'exclude':[{'system':'urn:a','filter':[{'property':'concept','op':'='}]}]}
            compose.include[0].modifierExtension | unknown here | 'compose':{'include':[{'system':'urn:a','modifierExtension':[{'url':'urn:x','valueBoolean':true}]}]}
            expansion | not the whole | 'expansion':{'timestamp':'2026-01-01','total':2,'contains':[{'system':'urn:a','code':'x'}]}
            expansion | not the whole | 'expansion':{'timestamp':'2026-01-01','offset':10,'contains':[{'system':'urn:a','code':'x'}]}
            expansion | not the whole | 'expansion':{'timestamp':'2026-01-01','extension':[{'url':'http://hl7.org/fhir/StructureDefinition/valueset-unclosed','valueBoolean':true}],'contains':[{'system':'urn:a','code':'x'}]}
            expansion.contains[0].system | is missing | 'expansion':{'timestamp':'2026-01-01','contains':[{'code':'x'}]}
            expansion.contains[0].contains[0].code | is missing | 'expansion':{'timestamp':'2026-01-01','contains':[{'abstract':true,'contains':[{'system':'urn:a'}]}]}
            """)
    void isRefusedAsAValueSetThatCannotBeEnforced(String path, String said, String content) {
        refuses("ValueSet." + path, said, () -> new ValueSetReader().read(valueSet(content)));
    }

    private static <T> List<T> none() {
        return List.of();
    }

    private static void refuses(String path, String said, ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOfSatisfying(UnusableDefinition.class, refused -> {
            assertThat(refused.path()).isEqualTo(path);
            assertThat(refused.reason()).contains(said);
        });
    }

    private static CodeSystem codeSystem(String content) {
        return parse(CodeSystem.class, content);
    }

    private static ValueSet valueSet(String content) {
        return parse(ValueSet.class, content);
    }

    private static <T extends org.hl7.fhir.r4.model.Resource> T parse(Class<T> type, String content) {
        var json = "{'resourceType':'%s','url':'urn:a','status':'active',%s}".formatted(type.getSimpleName(), content);
        return FhirContext.forR4Cached().newJsonParser().parseResource(type, json.replace('\'', '"'));
    }
}
