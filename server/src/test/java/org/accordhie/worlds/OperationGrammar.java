package org.accordhie.worlds;

import java.util.List;
import java.util.Random;
import org.accordhie.worlds.Ask.Term;
import org.accordhie.worlds.Cast.Fate;

/** Every operation that the exchange has, and its server-wide routes. Most are not for those who ask, who must not learn why. */
final class OperationGrammar {

    private static final String REQUESTER = "requester=Organization/riverside-clinic";

    private static final List<String> OF_A_PATIENT = List.of(
            "$access-report",
            "$access-report?start=2020-01-01",
            "$accounting",
            "$accounting?rule=hipaa",
            "$accounting-suspensions",
            "$explain-access?" + REQUESTER + "&purpose=TREAT",
            "$residual?" + REQUESTER + "&purpose=TREAT",
            "$everything",
            "$suspend-accounting",
            "$resume-accounting");
    private static final List<String> OF_A_CONSENT =
            List.of("$enforcement-status", "$recipients", "$revokeConsent", "$explain?" + REQUESTER);
    private static final List<String> OF_CONSENTS =
            List.of("$changes", "$fileConsent", "$validate", "$what-if", "$worklist");
    private static final List<String> OF_AN_EVENT = List.of("$decision", "$disclosures");
    private static final List<String> OF_ALL = List.of(
            "$access-findings",
            "$access-review",
            "$access-sample",
            "$close-finding",
            "$close-review",
            "$export",
            "$export-file?_jobId={{never-1}}&_file=Patient-1",
            "$export-poll-status?_jobId={{never-1}}",
            "$replay",
            "$review-notices",
            "$review-queue",
            "$review-report",
            "$vip-list",
            "?_getpages={{never-2}}",
            "OperationDefinition/-s-export",
            "metadata?_format=json");

    private final Cast cast;
    private final Values values;
    private final Random random;

    OperationGrammar(Cast cast, Values values, Random random) {
        this.cast = cast;
        this.values = values;
        this.random = random;
    }

    Ask next() {
        return switch (random.nextInt(12)) {
            case 0, 1 -> explain();
            case 2, 3, 4 -> asked(thing("Patient"), values.pick(OF_A_PATIENT));
            case 5 -> asked(thing("Consent"), values.pick(OF_A_CONSENT));
            case 6 -> asked("Consent", values.pick(OF_CONSENTS));
            case 7 -> asked(thing("AuditEvent"), values.pick(OF_AN_EVENT));
            case 8 -> asked("AuditEvent", "$recordDisclosure");
            case 9 -> events();
            case 10 -> group();
            default -> asked("", values.pick(OF_ALL));
        };
    }

    private String thing(String type) {
        return cast.any(type, random).address();
    }

    private Ask explain() {
        var thing = random.nextBoolean() ? cast.any(Fate.HIDDEN, random) : cast.any(random);
        return asked(thing.address(), "$explain?" + REQUESTER + "&purpose=TREAT");
    }

    /** What a patient's own app may see of the trail, and others find empty. */
    private Ask events() {
        return random.nextInt(3) == 0
                ? Ask.of("AuditEvent", "GET", thing("AuditEvent"))
                : Ask.of("AuditEvent", "GET", "AuditEvent")
                        .query(List.of(
                                new Term("patient", thing("Patient"), "reference"),
                                new Term("_count", String.valueOf(1 + random.nextInt(5)), "_count")));
    }

    private Ask group() {
        var level = values.pick(List.of("Patient", thing("Group")));
        return asked(level, "$export");
    }

    private Ask asked(String of, String operation) {
        var name = operation.split("\\?", 2)[0];
        var method = values.pick(List.of("GET", "POST"));
        var path = of.isEmpty() ? operation : of + "/" + operation;
        var ask = Ask.of(name.isEmpty() ? operation : name, method, path);
        if (random.nextInt(4) == 0 && name.equals("$export-poll-status")) {
            return Ask.of(name, "DELETE", path);
        }
        return method.equals("GET") ? ask : ask.body(parameters(name));
    }

    private String parameters(String operation) {
        var patient = thing("Patient");
        return switch (operation) {
            case "$fileConsent", "$validate", "$what-if" ->
                parameters("resource", "resource", Records.consent(patient, "{\"type\":\"permit\"}"));
            case "$recordDisclosure" -> parameters("disclosure", "resource", disclosure(patient));
            case "$resume-accounting" -> parameters("suspension", "valueString", "\"{{never-3}}\"");
            case "$close-review" -> parameters("case", "valueString", "\"{{never-3}}\"");
            case "$access-review" -> parameters("patient", "valueString", "\"" + patient + "\"");
            default -> "{\"resourceType\":\"Parameters\"}";
        };
    }

    private static String parameters(String name, String kind, String value) {
        return "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"%s\",\"%s\":%s}]}"
                .formatted(name, kind, value);
    }

    private static String disclosure(String patient) {
        return """
                {"resourceType":"AuditEvent","type":{"system":"http://dicom.nema.org/resources/ontology/DCM","code":"110106"},
                 "recorded":"2026-03-01T09:00:00Z","outcome":"0",
                 "purposeOfEvent":[{"coding":[{"system":"https://accordhie.org/fhir/CodeSystem/disclosure-basis",
                  "code":"law-enforcement"}]}],
                 "agent":[{"type":{"coding":[{"system":"http://dicom.nema.org/resources/ontology/DCM","code":"110152"}]},
                  "name":"State Police","location":{"display":"1 Main Street, Springfield"},"requestor":true,
                  "media":{"system":"http://dicom.nema.org/resources/ontology/DCM","code":"110038"}}],
                 "source":{"observer":{"display":"Lakeside Hospital"}},
                 "entity":[{"what":{"reference":"%s"}},{"description":"discharge letter"}]}""".formatted(patient);
    }
}
