package org.accordhie.redaction.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Set;
import org.accordhie.redaction.fhir.InlineLabels.Labelled;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ElementLabels;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("inline labels")
class InlineLabelsTest {

    private static final FhirContext CONTEXT = FhirContext.forR4Cached();

    private static Resource parse(String json) {
        return (Resource) CONTEXT.newJsonParser()
                .parseResource(json.replace('\'', '"')
                        .replaceAll("LABEL\\((\\w+),(\\w+)\\)", """
                        {"url":"%s","valueCoding":{"system":"http://terminology.hl7.org/CodeSystem/v3-$1","code":"$2"}}""".formatted(InlineLabels.EXTENSION)));
    }

    private static List<Labelled> in(String json) {
        return InlineLabels.in(parse(json));
    }

    private static void assertOpen(String json, String expected) {
        var open = InlineLabels.without(CONTEXT, parse(json));

        assertThat(CONTEXT.newJsonParser().encodeResourceToString(open)).isEqualTo(expected.replace('\'', '"'));
    }

    @Test
    void standOnElementsOfEveryKind() {
        assertThat(
                        in(
                                "{'resourceType':'Observation','status':'final','_status':{'extension':[LABEL(ActCode,HIV)]},"
                                        + "'code':{'extension':[LABEL(ActCode,ETH)],'text':'x'},"
                                        + "'contained':[{'resourceType':'Device','id':'d','type':{'extension':[LABEL(ActCode,PSY)]}}]}"))
                .extracting(Labelled::element)
                .extracting(Base::fhirType)
                .containsExactlyInAnyOrder("code", "CodeableConcept", "CodeableConcept");
    }

    @Test
    void sayASensitivityAndTheProtectionThatComesWithIt() {
        assertThat(in("{'resourceType':'Patient','telecom':[{'extension':[LABEL(ActCode,PDS)],'value':'1'}]}"))
                .extracting(Labelled::labels)
                .containsExactly(new ElementLabels(Set.of("PDS"), Confidentiality.R));
    }

    @Test
    void ofOneElementAreTogether() {
        assertThat(in("{'resourceType':'Patient','telecom':[{'extension':[LABEL(ActCode,PDS),LABEL(ActCode,SDV),"
                        + "LABEL(Confidentiality,V)]}]}"))
                .extracting(Labelled::labels)
                .containsExactly(new ElementLabels(Set.of("PDS", "SDV"), Confidentiality.V));
    }

    @Test
    void reachWhatStandsInTheElement() {
        assertThat(in("{'resourceType':'Patient','contact':[{'extension':[LABEL(ActCode,SDV)],"
                        + "'address':{'extension':[LABEL(ActCode,PDS)],'city':'x'}}]}"))
                .extracting(Labelled::labels)
                .containsExactly(
                        new ElementLabels(Set.of("SDV"), Confidentiality.R),
                        new ElementLabels(Set.of("SDV", "PDS"), Confidentiality.R));
    }

    @Test
    void thatCannotBeUnderstoodProtectMost() {
        assertThat(in("{'resourceType':'Patient','telecom':[{'extension':[LABEL(Confidentiality,X)]},"
                        + "{'extension':[LABEL(ObservationValue,SELFAST)]},"
                        + "{'extension':[{'url':'" + InlineLabels.EXTENSION + "','valueString':'R'}]}]}"))
                .extracting(Labelled::labels)
                .containsOnly(new ElementLabels(Set.of(), Confidentiality.V));
    }

    @Test
    void inMetaAreNotLookedAt() {
        assertThat(in("{'resourceType':'Patient','meta':{'security':[{'extension':[LABEL(ActCode,PDS)],'code':'R'}]}}"))
                .isEmpty();
    }

    @Test
    void ofTheWholeAreNoElements() {
        var whole = parse("{'resourceType':'Patient','extension':[LABEL(ActCode,SDV)]}");

        assertThat(InlineLabels.in(whole)).isEmpty();
        assertThat(InlineLabels.on(whole).sensitivities()).containsExactly("SDV");
    }

    @Test
    void leaveTheResourceItselfWhereThereAreNone() {
        var whole = parse("{'resourceType':'Patient','gender':'other'}");

        assertThat(InlineLabels.without(CONTEXT, whole)).isSameAs(whole);
    }

    @Test
    void takeTheirElementsAndTheNarrativeFromACopy() {
        var json =
                "{'resourceType':'Patient','text':{'status':'generated','div':'<div xmlns=\\'http://www.w3.org/1999/xhtml\\'>1</div>'},"
                        + "'telecom':[{'extension':[LABEL(ActCode,PDS)],'value':'1'},{'value':'2'}],'gender':'other'}";

        assertOpen(json, "{'resourceType':'Patient','telecom':[{'value':'2'}],'gender':'other'}");
    }

    @Test
    void maskWhatMustBeThere() {
        assertOpen(
                "{'resourceType':'Observation','status':'final','_status':{'extension':[LABEL(ActCode,HIV)]},"
                        + "'code':{'extension':[LABEL(ActCode,HIV)],'text':'x'},'valueInteger':1}",
                "{'resourceType':'Observation','_status':{'extension':[{'url':"
                        + "'http://hl7.org/fhir/StructureDefinition/data-absent-reason','valueCode':'masked'}]},"
                        + "'code':{'extension':[{'url':"
                        + "'http://hl7.org/fhir/StructureDefinition/data-absent-reason','valueCode':'masked'}]},"
                        + "'valueInteger':1}");
    }

    @Test
    void maskWhatChangesTheMeaningOfTheRest() {
        assertOpen(
                "{'resourceType':'MedicationRequest','doNotPerform':true,'_doNotPerform':{'extension':"
                        + "[LABEL(ActCode,PSY)]}}",
                "{'resourceType':'MedicationRequest','_doNotPerform':{'extension':[{'url':"
                        + "'http://hl7.org/fhir/StructureDefinition/data-absent-reason','valueCode':'masked'}]}}");
    }

    @Test
    void takeReferencesToAContainedResourceAlong() {
        assertOpen(
                "{'resourceType':'Condition','contained':[{'resourceType':'Practitioner','id':'p','extension':"
                        + "[LABEL(ActCode,SDV)]}],'asserter':{'reference':'#p'},'onsetString':'x'}",
                "{'resourceType':'Condition','onsetString':'x'}");
    }
}
