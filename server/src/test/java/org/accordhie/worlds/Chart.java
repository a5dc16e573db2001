package org.accordhie.worlds;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is kept of a patient beside visits, diagnoses and measures: one resource of each further type. */
final class Chart {

    private static final String SNOMED = "http://snomed.info/sct";

    /** Bodies by type; {@code @} is the patient, {@code #} a day, and a name in angle brackets a coding. */
    private static final Map<String, String> BODIES = bodies("""
            AllergyIntolerance "code":<91936005>,"patient":@,"recordedDate":"#T10:50:00.125Z"
            CarePlan "status":"active","intent":"plan","category":[<734163000>],"subject":@,"period":{"start":"#"}
            CareTeam "status":"active","name":"Moss team","subject":@,"period":{"start":"#"}
            Claim "status":"active","type":<710967003>,"use":"claim","patient":@,"created":"#"
            Coverage "status":"active","beneficiary":@,"payor":[{"display":"Moss Mutual"}],"period":{"start":"#"}
            Device "status":"active","type":<706689003>,"patient":@,"manufactureDate":"#"
            DiagnosticReport "status":"final","code":<4241000179101>,"subject":@,"issued":"#T12:30:00.333Z"
            DocumentReference "status":"current","type":<371531000>,"subject":@,"date":"#T11:00:00.250Z",\
            "content":[{"attachment":{"contentType":"text/plain","title":"Moss letter"}}]
            ExplanationOfBenefit "status":"active","type":<710967003>,"use":"claim","patient":@,"created":"#","outcome":"complete"
            ImagingStudy "status":"available","subject":@,"started":"#T09:00:00.500Z"
            Immunization "status":"completed","vaccineCode":<871875004>,"patient":@,"occurrenceDateTime":"#"
            MedicationAdministration "status":"completed","medicationCodeableConcept":<314076>,"subject":@,\
            "effectiveDateTime":"#T12:00:00Z"
            MedicationRequest "status":"active","intent":"order","medicationCodeableConcept":<314076>,"subject":@,"authoredOn":"#"
            Provenance "target":[@],"recorded":"#T13:00:00.750Z","agent":[{"who":{"display":"Moss"}}]
            RelatedPerson "active":true,"patient":@,"name":[{"family":"Moss"}],"gender":"female","birthDate":"1950-02-03"
            SupplyDelivery "status":"completed","patient":@,"type":<706689003>,"occurrenceDateTime":"#"
            Task "status":"requested","intent":"order","code":<38341003>,"for":@,"authoredOn":"#"
            """);

    /** All of them. */
    static final List<String> TYPES = List.copyOf(BODIES.keySet());

    private Chart() {}

    private static Map<String, String> bodies(String lines) {
        return new TreeMap<>(lines.lines()
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1])));
    }

    static List<String> allBut(List<String> some) {
        return TYPES.stream().filter(type -> !some.contains(type)).toList();
    }

    /** A resource about a patient, given as {@code Patient/[id]}. */
    static String resource(String type, String patient, String day) {
        var body = BODIES.get(type);
        if (body == null) {
            throw new IllegalArgumentException(type);
        }
        return "{\"resourceType\":\"" + type + "\","
                + body.replace("@", "{\"reference\":\"" + patient + "\"}")
                        .replace("#", day)
                        .replaceAll("<(\\d+)>", "{\"coding\":[{\"system\":\"" + SNOMED + "\",\"code\":\"$1\"}]}")
                + "}";
    }

    /**
     * A medicine, and its prescription for a patient. A medicine is an entry of a directory, which everybody sees, unless it
     * tells an illness.
     *
     * @param telling whether it does
     */
    static String prescription(String patient, boolean telling, String medicine, String prescription) {
        var code = telling
                ? "{\"coding\":[{\"system\":\"http://www.nlm.nih.gov/research/umls/rxnorm\",\"code\":\"351266\"}]}"
                : "{\"text\":\"Moss drops\"}";
        return Records.bundle(
                Records.entry(
                        "Medication",
                        medicine,
                        "{\"resourceType\":\"Medication\",\"status\":\"active\",\"code\":" + code + "}"),
                Records.entry(
                        "MedicationRequest",
                        prescription,
                        "{\"resourceType\":\"MedicationRequest\",\"status\":\"active\",\"intent\":\"order\",\"subject\":{\"reference\":\""
                                + patient + "\"},\"medicationReference\":{\"reference\":\"urn:uuid:" + medicine
                                + "\"}}"));
    }

    /** A group of patients, each given as {@code Patient/[id]}. */
    static String group(List<String> patients) {
        var members = patients.stream()
                .map(patient -> "{\"entity\":{\"reference\":\"" + patient + "\"}}")
                .collect(Collectors.joining(","));
        return "{\"resourceType\":\"Group\",\"type\":\"person\",\"actual\":true,\"name\":\"Moss cohort\",\"member\":["
                + members + "]}";
    }
}
