package org.accordhie.exchange;

/** Consents as a privacy officer writes them. */
final class Consents {

    private Consents() {}

    /** The patient shares with everybody. */
    static String share(String patient) {
        return consent(patient, "active", """
                {"type":"permit"}""");
    }

    /** The patient shares with nobody. */
    static String refuse(String patient) {
        return consent(patient, "active", """
                {"type":"deny"}""");
    }

    /** The patient shares, but not with one organisation. */
    static String refuse(String patient, Partner partner) {
        return consent(patient, "active", """
                {"type":"permit","provision":[{"type":"deny","actor":[{"role":{"coding":[{
                 "system":"http://terminology.hl7.org/CodeSystem/v3-ParticipationType","code":"IRCP"}]},
                 "reference":{"reference":"%s"}}]}]}""".formatted(partner.organization));
    }

    /** The patient shares with nobody but one actor, as {@code [type]/[id]}. */
    static String shareOnlyWith(String patient, String actor) {
        return consent(patient, "active", """
                {"type":"deny","provision":[{"type":"permit","actor":[{"role":{"coding":[{
                 "system":"http://terminology.hl7.org/CodeSystem/v3-ParticipationType","code":"IRCP"}]},
                 "reference":{"reference":"%s"}}]}]}""".formatted(actor));
    }

    /** The patient shares, but not data for which a criterion of a provision holds, given in JSON. */
    static String shareAllBut(String patient, String criterion) {
        return consent(patient, "active", """
                {"type":"permit","provision":[{"type":"deny",%s}]}""".formatted(criterion));
    }

    static String inactive(String consent) {
        return consent.replace("\"active\"", "\"inactive\"");
    }

    static String withId(String consent, String id) {
        return consent.replaceFirst("\\{", "{\"id\":\"" + id + "\",");
    }

    static String consent(String patient, String status, String provision) {
        return """
                {"resourceType":"Consent","status":"%s",
                 "scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},
                 "category":[{"coding":[{"system":"http://loinc.org","code":"59284-0"}]}],
                 "patient":{"reference":"%s"},
                 "policyRule":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"OPTIN"}]},
                 "provision":%s}""".formatted(status, patient, provision);
    }
}
