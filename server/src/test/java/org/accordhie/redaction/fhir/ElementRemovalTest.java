package org.accordhie.redaction.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.consent.fhir.FactsReader;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("a reference taken out of a resource")
class ElementRemovalTest {

    private static final FhirContext CONTEXT = FhirContext.forR4Cached();
    private static final FactsReader READER = new FactsReader(CONTEXT, "https://accord.example/fhir", any -> any);
    private static final String MASKED = """
            {"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"masked"}]}""";

    /** What is left, in JSON, without the references to anything that is called hidden. */
    private static String left(String json) {
        var parser = CONTEXT.newJsonParser();
        var resource = (Resource) parser.parseResource(json.replace('\'', '"'));
        Set<Base> gone = READER.references(resource)
                .filter(each -> each.address().contains("/hidden"))
                .map(FactsReader.Referred::reference)
                .collect(Collectors.toCollection(() -> Collections.newSetFromMap(new IdentityHashMap<>())));
        new ElementRemoval(CONTEXT).remove(resource, gone);
        var left = CONTEXT.newJsonParser().encodeResourceToString(resource);
        assertThat(left).doesNotContain("hidden");
        return left;
    }

    private static void assertLeft(String json, String expected) {
        assertThat(left(json)).isEqualTo(expected.replace("MASKED", MASKED).replace('\'', '"'));
    }

    @Test
    void goesWithItsDisplayAndIdentifier() {
        assertLeft(
                "{'resourceType':'Condition','subject':{'reference':'Patient/1'},"
                        + "'encounter':{'reference':'Encounter/hidden','identifier':{'value':'hidden'},'display':'hidden'}}",
                "{'resourceType':'Condition','subject':{'reference':'Patient/1'}}");
    }

    @ParameterizedTest
    @CsvSource({
        "Encounter/hidden",
        "Encounter/hidden/_history/3",
        "https://accord.example/fhir/Encounter/hidden",
        "https://accord.example/fhir/Encounter/hidden/_history/3"
    })
    void goesHoweverItIsWritten(String reference) {
        assertLeft(
                "{'resourceType':'Condition','encounter':{'reference':'" + reference + "'}}",
                "{'resourceType':'Condition'}");
    }

    @Test
    void leavesTheOthersOfItsListInTheirOrder() {
        assertLeft(
                "{'resourceType':'Observation','hasMember':[{'reference':'Observation/1'},"
                        + "{'reference':'Observation/hidden'},{'reference':'Observation/2'}]}",
                "{'resourceType':'Observation','hasMember':[{'reference':'Observation/1'},{'reference':'Observation/2'}]}");
    }

    @Test
    void takesAnOptionalParentAlongThatMustHaveIt() {
        assertLeft(
                "{'resourceType':'Encounter','diagnosis':[{'condition':{'reference':'Condition/hidden'},'rank':1},"
                        + "{'condition':{'reference':'Condition/1'},'rank':2}]}",
                "{'resourceType':'Encounter','diagnosis':[{'condition':{'reference':'Condition/1'},'rank':2}]}");
    }

    @Test
    void takesEmptyParentsAlong() {
        assertLeft(
                "{'resourceType':'Encounter','hospitalization':{'id':'h','destination':{'reference':'Location/hidden'}}}",
                "{'resourceType':'Encounter'}");
    }

    @Test
    void leavesParentsThatSayMore() {
        assertLeft(
                "{'resourceType':'Encounter','participant':[{'individual':{'reference':'Practitioner/hidden'},"
                        + "'period':{'start':'2026'}}]}",
                "{'resourceType':'Encounter','participant':[{'period':{'start':'2026'}}]}");
    }

    @Test
    void isFoundInContainedResourcesWhichStay() {
        assertLeft(
                "{'resourceType':'MedicationRequest','contained':[{'resourceType':'Provenance','id':'p',"
                        + "'target':[{'reference':'Observation/hidden'}]},{'resourceType':'Practitioner','id':'q',"
                        + "'extension':[{'url':'urn:x','valueReference':{'reference':'Location/hidden'}}]}],"
                        + "'eventHistory':[{'reference':'#p'}],'requester':{'reference':'#q'}}",
                "{'resourceType':'MedicationRequest','contained':[{'resourceType':'Provenance','id':'p',"
                        + "'target':[MASKED]},{'resourceType':'Practitioner','id':'q'}],"
                        + "'requester':{'reference':'#q'},'eventHistory':[{'reference':'#p'}]}");
    }

    @Test
    void takesItsExtensionAlong() {
        assertLeft(
                "{'resourceType':'Observation','extension':[{'url':'urn:x','valueReference':{'reference':'Task/hidden'}},"
                        + "{'url':'urn:y','extension':[{'url':'a','valueReference':{'reference':'Task/hidden'}},"
                        + "{'url':'b','valueCode':'c'}]},"
                        + "{'url':'urn:z','extension':[{'url':'a','valueReference':{'reference':'Task/hidden'}}]}]}",
                "{'resourceType':'Observation','extension':[{'url':'urn:y','extension':[{'url':'b','valueCode':'c'}]}]}");
    }

    @Test
    void isFoundInExtensionsOfPrimitives() {
        assertLeft(
                "{'resourceType':'Observation','status':'final','_status':{'extension':[{'url':'urn:x',"
                        + "'valueReference':{'reference':'Task/hidden'}}]},"
                        + "'_issued':{'extension':[{'url':'urn:x','valueReference':{'reference':'Task/hidden'}}]}}",
                "{'resourceType':'Observation','status':'final'}");
    }

    @Test
    void isMaskedInAnExtensionThatChangesTheMeaning() {
        assertLeft(
                "{'resourceType':'Observation','modifierExtension':[{'url':'urn:x',"
                        + "'valueReference':{'reference':'Task/hidden'}},{'url':'urn:y','valueBoolean':true}]}",
                "{'resourceType':'Observation','modifierExtension':[{'url':'urn:x',"
                        + "'extension':[{'url':'http://hl7.org/fhir/StructureDefinition/data-absent-reason',"
                        + "'valueCode':'masked'}]},{'url':'urn:y','valueBoolean':true}]}");
    }

    @Test
    void isMaskedAsAChoiceThatMustBeThere() {
        assertLeft(
                "{'resourceType':'MedicationRequest','status':'active','medicationReference':"
                        + "{'reference':'Medication/hidden','display':'hidden'}}",
                "{'resourceType':'MedicationRequest','status':'active','medicationReference':MASKED}");
    }

    @Test
    void isMaskedOnceWhereAllOfItsListGo() {
        assertLeft(
                "{'resourceType':'Provenance','target':[{'reference':'Task/hidden'},{'reference':'Task/hidden2'}]}",
                "{'resourceType':'Provenance','target':[MASKED]}");
    }

    @Test
    void leavesAListThatIsNotEmptyWithoutAWord() {
        assertLeft(
                "{'resourceType':'Provenance','target':[{'reference':'Task/hidden'},{'reference':'Task/1'}]}",
                "{'resourceType':'Provenance','target':[{'reference':'Task/1'}]}");
    }

    @Test
    void isMaskedInTheLastOfTheParentsThatMustBeThere() {
        assertLeft(
                "{'resourceType':'Claim','insurance':[{'sequence':1,'focal':true,'coverage':{'reference':'Coverage/hidden'}},"
                        + "{'sequence':2,'focal':false,'coverage':{'reference':'Coverage/hidden2'}}]}",
                "{'resourceType':'Claim','insurance':[{'sequence':1,'focal':true,'coverage':MASKED}]}");
    }

    @Test
    void leavesOtherParentsThatMustBeThere() {
        assertLeft(
                "{'resourceType':'Claim','insurance':[{'sequence':1,'coverage':{'reference':'Coverage/hidden'}},"
                        + "{'sequence':2,'coverage':{'reference':'Coverage/1'}}]}",
                "{'resourceType':'Claim','insurance':[{'sequence':2,'coverage':{'reference':'Coverage/1'}}]}");
    }

    @Test
    void takesATasksInputAlong() {
        assertLeft(
                "{'resourceType':'Task','input':[{'type':{'text':'hidden'},'valueReference':"
                        + "{'reference':'Condition/hidden'}},{'type':{'text':'weight'},'valueDecimal':70}]}",
                "{'resourceType':'Task','input':[{'type':{'text':'weight'},'valueDecimal':70}]}");
    }

    @Test
    void goesFromMetaAndFromDeepWithin() {
        assertLeft(
                "{'resourceType':'CarePlan','meta':{'extension':[{'url':'urn:x','valueReference':"
                        + "{'reference':'Task/hidden'}}]},'activity':[{'detail':{'status':'unknown','goal':"
                        + "[{'reference':'Task/hidden'}],'location':{'reference':'Location/hidden'}}}]}",
                "{'resourceType':'CarePlan','activity':[{'detail':{'status':'unknown'}}]}");
    }

    @Test
    void mustBeTheElementItselfAndNotOneLikeIt() {
        var encounter = new Encounter();
        encounter.setServiceProvider(new Reference("Organization/1"));

        new ElementRemoval(CONTEXT).remove(encounter, identitySetOf(new Reference("Organization/1")));

        assertThat(encounter.hasServiceProvider()).isTrue();
    }

    private static Set<Base> identitySetOf(Base element) {
        Set<Base> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.add(element);
        return set;
    }
}
