package org.accordhie.worlds;

import java.util.List;
import java.util.stream.Collectors;

/** What sources push, as small as it can be and with all that requests ask about. */
final class Records {

    private static final String SNOMED = "http://snomed.info/sct";
    private static final String LOINC = "http://loinc.org";

    /** About substance use, which needs the patient's own yes. */
    private static final String LABEL = """
            {"url":"http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-inline-sec-label",
             "valueCoding":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"ETH"}}""";

    /** Types that somebody keeps to themselves. */
    static final List<String> NOT_SHARED = List.of(
            "CareTeam",
            "Claim",
            "Coverage",
            "Device",
            "DocumentReference",
            "ImagingStudy",
            "MedicationAdministration",
            "RelatedPerson",
            "SupplyDelivery");

    private Records() {}

    static String bundle(String... entries) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + String.join(",", entries) + "]}";
    }

    /** An entry that creates. */
    static String entry(String type, String fullUrl, String resource) {
        return "{\"fullUrl\":\"urn:uuid:%s\",\"resource\":%s,\"request\":{\"method\":\"POST\",\"url\":\"%s\"}}"
                .formatted(fullUrl, resource, type);
    }

    static String update(String address, String resource) {
        return "{\"resource\":%s,\"request\":{\"method\":\"PUT\",\"url\":\"%s\"}}".formatted(resource, address);
    }

    static String patient(String identifier, String family, String given, String birth) {
        return """
                {"resourceType":"Patient","identifier":[{"system":"urn:worlds:person","value":"%s"}],"active":true,
                 "name":[{"family":"%s","given":["%s"]}],"gender":"%s","birthDate":"%s",
                 "telecom":[{"system":"phone","value":"555-%s"}],
                 "address":[{"city":"%sville","postalCode":"%s","country":"US"}]}""".formatted(
                        identifier,
                        family,
                        given,
                        given.length() % 2 == 0 ? "female" : "male",
                        birth,
                        birth.substring(0, 4),
                        family,
                        birth.substring(2, 4) + "000");
    }

    static String encounter(String patient, String identifier, String day) {
        return """
                {"resourceType":"Encounter","identifier":[{"system":"urn:worlds:visit","value":"%s"}],"status":"finished",
                 "class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},
                 "subject":{"reference":"%s"},
                 "period":{"start":"%sT10:00:00Z","end":"%sT11:00:00Z"}}""".formatted(identifier, patient, day, day);
    }

    static String condition(String patient, String encounter, String code, String day) {
        return """
                {"resourceType":"Condition","clinicalStatus":{"coding":[{
                 "system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]},
                 "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-category",
                 "code":"encounter-diagnosis"}]}],
                 "code":{"coding":[{"system":"%s","code":"%s"}]},"subject":{"reference":"%s"}%s,
                 "onsetDateTime":"%sT10:00:00Z"}""".formatted(SNOMED, code, patient, at(encounter), day);
    }

    static String observation(String patient, String encounter, String code, String value, String day) {
        return """
                {"resourceType":"Observation","status":"final","category":[{"coding":[{
                 "system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}],
                 "code":{"coding":[{"system":"%s","code":"%s"}]},"subject":{"reference":"%s"}%s,
                 "effectiveDateTime":"%sT10:30:00Z",
                 "valueQuantity":{"value":%s,"unit":"mm[Hg]","system":"http://unitsofmeasure.org","code":"mm[Hg]"}}""".formatted(LOINC, code, patient, at(encounter), day, value);
    }

    static String procedure(String patient, String encounter, String code, String day) {
        return """
                {"resourceType":"Procedure","status":"completed","code":{"coding":[{"system":"%s","code":"%s"}]},
                 "subject":{"reference":"%s"}%s,"performedDateTime":"%sT10:45:00Z"}""".formatted(SNOMED, code, patient, at(encounter), day);
    }

    static String report(String patient, String result) {
        return """
                {"resourceType":"DiagnosticReport","status":"final",
                 "code":{"coding":[{"system":"http://loinc.org","code":"58410-2"}]},
                 "subject":{"reference":"%s"}%s}""".formatted(patient, result.isEmpty() ? "" : ",\"result\":[{\"reference\":\"" + result + "\"}]");
    }

    /** A diagnosis of back pain, and what it says beside that, which is labelled element by element. */
    static String labelled(String patient, String code, String words) {
        return """
                {"resourceType":"Condition","code":{"text":"back pain"},"subject":{"reference":"%s"},
                 "category":[{"text":"pain"},{"extension":[%s],"coding":[{"system":"%s","code":"%s"}]}],
                 "note":[{"text":"sleeps badly"},{"text":"%s","extension":[%s]}]}""".formatted(patient, LABEL, SNOMED, code, words, LABEL);
    }

    /** The same with a language, which a rule takes out for everybody who is not the author or the patient. */
    static String speaking(String patient, String language) {
        return patient.replaceFirst(
                "\\{",
                "{\"communication\":[{\"language\":{\"coding\":[{\"system\":\"urn:ietf:bcp:47\",\"code\":\"%s\"}]}}],"
                        .formatted(language));
    }

    /** A rule under which nobody learns which languages a patient speaks. */
    static String rule() {
        return """
                {"resourceType":"Consent","status":"active",
                 "scope":{"coding":[{"system":"https://accordhie.org/fhir/CodeSystem/policy-scope","code":"release-policy"}]},
                 "category":[{"coding":[{"system":"https://accordhie.org/fhir/CodeSystem/hard-rule","code":"NEVER"}],
                  "text":"A rule of this house"}],
                 "policy":[{"uri":"urn:worlds:house-rule"}],
                 "provision":{"type":"deny","provision":[{"type":"permit","extension":[
                  {"url":"https://accordhie.org/fhir/StructureDefinition/redact","valueString":"Patient.communication"}]}]}}""";
    }

    /** A consent of a patient's with a provision in JSON. */
    static String consent(String patient, String provision) {
        return """
                {"resourceType":"Consent","status":"active",
                 "scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope",
                 "code":"patient-privacy"}]},
                 "category":[{"coding":[{"system":"http://loinc.org","code":"59284-0"}]}],
                 "patient":{"reference":"%s"},
                 "policyRule":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"OPTIN"}]},
                 "provision":%s}""".formatted(patient, provision);
    }

    /** A provision that permits all but visits, blood pressures, and some more types. */
    static String allButVisitsAndPressures() {
        var types = NOT_SHARED.stream().map(Records::denied).collect(Collectors.joining(","));
        return """
                {"type":"permit","provision":[%s,%s,
                 {"type":"deny","code":[{"coding":[{"system":"http://loinc.org","code":"8480-6"}]}]}]}""".formatted(denied("Encounter"), types);
    }

    private static String denied(String type) {
        return """
                {"type":"deny","class":[{"system":"http://hl7.org/fhir/resource-types","code":"%s"}]}""".formatted(type);
    }

    private static String at(String encounter) {
        return encounter.isEmpty() ? "" : ",\"encounter\":{\"reference\":\"" + encounter + "\"}";
    }
}
