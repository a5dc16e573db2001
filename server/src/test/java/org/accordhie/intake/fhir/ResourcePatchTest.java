package org.accordhie.intake.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.List;
import org.accordhie.fhirserver.PushGate.Patch;
import org.accordhie.fhirserver.PushGate.Patch.Form;
import org.accordhie.fhirserver.gate.BodyBounds;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("what a patch makes of a resource")
class ResourcePatchTest {

    private static final FhirContext CONTEXT = FhirContext.forR4Cached();
    private static final String SENSITIVITY = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
    private static final String STORED = """
            {"resourceType":"Observation","id":"o1","meta":{"versionId":"3","security":[
              {"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"R"},
              {"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"PSY"},
              {"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"NORDSCLCD"}]},
             "status":"preliminary","code":{"text":"systolic"},"valueQuantity":{"value":142.50,"unit":"mm[Hg]"},
             "note":[{"text":"Xq7Canary"}]}""";

    private final ResourcePatch patches = new ResourcePatch(CONTEXT, new BodyBounds(20, 10));

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            replace; [{'op':'replace','path':'/status','value':'final'}];      {'name':'replace','path':'Observation.status','code':'final'};  "status":"final"
            add;     [{'op':'add','path':'/language','value':'en'}];           {'name':'add','path':'Observation','of':'language','code':'en'}; "language":"en"
            remove;  [{'op':'remove','path':'/note/0'}];                       {'name':'delete','path':'Observation.note[0]'};                  "value":142.50,"unit":"mm[Hg]"}}
            test;    [{'op':'test','path':'/valueQuantity/value','value':142.5},{'op':'replace','path':'/status','value':'amended'}]; {'name':'replace','path':'Observation.status','code':'amended'}; "status":"amended"
            """)
    void isWhatItSays(String name, String json, String path, String expected) {
        var byPointer = patched(Form.JSON, json.replace('\'', '"'));
        var byPath = patched(Form.FHIRPATH_JSON, operation(path));

        assertThat(text(byPointer)).contains(expected.replace("\\\"", "\"")).contains("142.50");
        assertThat(text(byPath)).isEqualTo(text(byPointer));
    }

    @Test
    void comesInXmlToo() {
        var patched = patched(Form.FHIRPATH_XML, """
                <Parameters xmlns="http://hl7.org/fhir"><parameter><name value="operation"/>
                 <part><name value="type"/><valueCode value="replace"/></part>
                 <part><name value="path"/><valueString value="Observation.status"/></part>
                 <part><name value="value"/><valueCode value="final"/></part></parameter></Parameters>""");

        assertThat(((Observation) patched).getStatus().toCode()).isEqualTo("final");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            what is there is not so;  [{'op':'test','path':'/note/0/text','value':'x'}];                       operation 1 at `/note/0/text` cannot be applied
            nothing is there;         [{'op':'remove','path':'/subject'}];                                     operation 1 at `/subject` cannot be applied
            the second;               [{'op':'remove','path':'/note'},{'op':'remove','path':'/note'}];         operation 2 at `/note` cannot be applied
            no such operation;        [{'op':'steal','path':'/note'}];                                         operation 1 at `/note` must have an `op`
            no operation at all;      [{'path':'/note'}];                                                      operation 1 at `/note` must have an `op`
            no object;                [7];                                                                     operation 1 must have an `op`
            no pointer;               [{'op':'remove','path':'Xq7Canary, Alice'}];                             operation 1 must have JSON pointers
            no source;                [{'op':'copy','path':'/note/1'}];                                        operation 1 at `/note/1` must have JSON pointers
            no array;                 {'op':'remove','path':'/note'};                                          a patch must be an array
            another id;               [{'op':'replace','path':'/id','value':'o2'}];                            a patch leaves the `id` as it is
            no id;                    [{'op':'remove','path':'/id'}];                                          a patch leaves the `id` as it is
            another type;             [{'op':'replace','path':'/resourceType','value':'Condition'}];           what the patch makes is no Observation
            no such element;          [{'op':'add','path':'/favourite','value':'blue'}];                       what the patch makes is no Observation
            no such code;             [{'op':'copy','from':'/note/0/text','path':'/status'}];                  what the patch makes is no Observation
            a number that explodes;   [{'op':'replace','path':'/valueQuantity/value','value':1e999999}];       cannot be applied
            """)
    void isRefusedWithTheOperationAndItsPath(String name, String json, String said) {
        assertThatThrownBy(() -> patched(Form.JSON, json.replace('\'', '"')))
                .isInstanceOfSatisfying(
                        PatchRefused.class,
                        refused -> assertThat(told(refused))
                                .satisfiesAnyOf(
                                        told -> assertThat(told).startsWith(said),
                                        told -> assertThat(name).isEqualTo("a number that explodes"))
                                .doesNotContain("Xq7Canary"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            a search;               {'name':'delete','path':'Observation.descendants()'};                                     operation 1 must have a path of names
            a regular expression;   {'name':'delete','path':'Observation.note.where(text.matches(''(Xq7Canary+)+''))'};      operation 1 must have a path of names
            nothing is there;       {'name':'replace','path':'Observation.subject','code':'x'};                               operation 1 at `Observation.subject` must lead to one place
            no such element;        {'name':'add','path':'Observation','of':'favourite','code':'blue'};                       operation 1 at `Observation` cannot be applied
            no such operation;      {'name':'steal','path':'Observation.note'};                                               operation 1 at `Observation.note` is no operation
            another id;             {'name':'replace','path':'Observation.id','code':'o2'};                                   operation 1 at `Observation.id` cannot be applied
            """)
    void isRefusedByPathToo(String name, String path, String said) {
        assertThatThrownBy(() -> patched(Form.FHIRPATH_JSON, operation(path)))
                .isInstanceOfSatisfying(
                        PatchRefused.class,
                        refused -> assertThat(told(refused)).startsWith(said).doesNotContain("Xq7Canary"));
    }

    @Test
    void isRefusedAsABodyWhereItIsNoPatch() {
        assertThatThrownBy(() -> patched(Form.FHIRPATH_JSON, STORED)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> patched(Form.JSON, "{{")).isInstanceOf(PatchRefused.class);
    }

    @Test
    void staysSmall() {
        var copy = "{\"op\":\"copy\",\"from\":\"/note\",\"path\":\"/note/-\"}";
        var twice = "{\"op\":\"copy\",\"from\":\"/note/0/text\",\"path\":\"/note/0/extension\"}";
        var text = "{\"op\":\"add\",\"path\":\"/note/-\",\"value\":{\"text\":\"" + "x".repeat(3000) + "\"}}";
        var copies = "[" + text + ",{\"op\":\"copy\",\"from\":\"/note/1\",\"path\":\"/note/-\"}".repeat(20) + "]";

        assertThatThrownBy(() -> patched(Form.JSON, copies))
                .isInstanceOfSatisfying(
                        PatchRefused.class, refused -> assertThat(told(refused)).contains("too large"));
        assertThatThrownBy(() -> patched(Form.JSON, "[" + (copy + ",").repeat(JsonPatches.MOST) + twice + "]"))
                .isInstanceOfSatisfying(
                        PatchRefused.class, refused -> assertThat(told(refused)).contains("at most 100"));
        var deep = "{\"url\":\"urn:x\",\"extension\":[".repeat(25) + "]}".repeat(25);
        assertThatThrownBy(
                        () -> patched(Form.JSON, "[{\"op\":\"add\",\"path\":\"/extension\",\"value\":[" + deep + "]}]"))
                .isInstanceOfSatisfying(
                        PatchRefused.class, refused -> assertThat(told(refused)).contains("deeper"));
    }

    @Test
    void takesOnlyNewLabelsForTheSources() {
        var patched = patched(Form.JSON, """
                [{"op":"add","path":"/meta/security/-","value":{
                  "system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"ETH"}}]""");

        assertThat(patched.getMeta().getSecurity().stream().map(Coding::getCode).toList())
                .isEqualTo(List.of("ETH"));
        assertThat(patched.getMeta().getSecurity(SENSITIVITY, "PSY")).isNull();
    }

    @Test
    void keepsTheZerosOfADecimal() {
        var patched = patched(Form.JSON, """
                [{"op":"replace","path":"/valueQuantity","value":{"value":120.50}},
                 {"op":"add","path":"/component","value":[{"code":{"text":"x"},"valueQuantity":{"value":1.000}}]}]""");

        assertThat(text(patched)).contains("120.50").contains("1.000");
    }

    @Test
    void leavesTheVersionBeforeAsItIs() {
        var current = stored();
        var before = text(current);

        patches.apply(current, new Patch(Form.FHIRPATH_JSON, operation("""
                {'name':'replace','path':'Observation.status','code':'final'}""")));

        assertThat(text(current)).isEqualTo(before);
    }

    private Resource patched(Form form, String body) {
        return patches.apply(stored(), new Patch(form, body));
    }

    private static Resource stored() {
        return CONTEXT.newJsonParser().parseResource(Observation.class, STORED);
    }

    /** A FHIRPath patch of one operation, from a short form: its type, path, element and value. */
    private static String operation(String brief) {
        var members = com.fasterxml.jackson.databind.json.JsonMapper.builder().build();
        try {
            var read = members.readTree(
                    brief.replace("''", "\u0001").replace('\'', '"').replace('\u0001', '\''));
            return "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"operation\",\"part\":["
                    + part("type", "valueCode", read.path("name").asText())
                    + "," + part("path", "valueString", read.path("path").asText())
                    + (read.has("of")
                            ? "," + part("name", "valueString", read.path("of").asText())
                            : "")
                    + (read.has("code")
                            ? "," + part("value", "valueCode", read.path("code").asText())
                            : "")
                    + "]}]}";
        } catch (com.fasterxml.jackson.core.JsonProcessingException malformed) {
            throw new AssertionError(brief, malformed);
        }
    }

    private static String part(String name, String type, String value) {
        return "{\"name\":\"%s\",\"%s\":\"%s\"}".formatted(name, type, value);
    }

    private static String text(Resource resource) {
        return CONTEXT.newJsonParser().encodeResourceToString(resource);
    }

    private static String told(PatchRefused refused) {
        return ((OperationOutcome) refused.getOperationOutcome())
                .getIssueFirstRep()
                .getDiagnostics();
    }
}
