package org.accordhie.exchange;

/** Rules of law and organisation as a privacy officer writes them. */
final class Policies {

    /** Finds them. */
    static final String ALL = "Consent?scope=https://accordhie.org/fhir/CodeSystem/policy-scope%7Crelease-policy";

    private Policies() {}

    static String never(String provision) {
        return rule("NEVER", "urn:example:house-rule", provision);
    }

    static String requiresConsent(String law, String provision) {
        return rule("REQUIRES-CONSENT", law, provision);
    }

    static String rule(String kind, String source, String provision) {
        return """
                {"resourceType":"Consent","status":"active",
                 "scope":{"coding":[{"system":"https://accordhie.org/fhir/CodeSystem/policy-scope","code":"release-policy"}]},
                 "category":[{"coding":[{"system":"https://accordhie.org/fhir/CodeSystem/hard-rule","code":"%s"}],
                  "text":"A rule of this house"}],
                 "policy":[{"uri":"%s"}],
                 "provision":%s}""".formatted(kind, source, provision);
    }

    /** Denies a resource type. */
    static String type(String type) {
        return """
                {"type":"deny","class":[{"system":"http://hl7.org/fhir/resource-types","code":"%s"}]}""".formatted(type);
    }

    /** Denies a sensitivity. */
    static String sensitivity(String code) {
        return """
                {"type":"deny","securityLabel":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"%s"}]}""".formatted(code);
    }
}
