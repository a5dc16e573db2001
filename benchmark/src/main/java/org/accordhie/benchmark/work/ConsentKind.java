package org.accordhie.benchmark.work;

/** What a patient may say, about the clinic that reads and the other organisations. */
public enum ConsentKind {
    /** Share all of it. */
    SHARE("{\"type\":\"permit\"}"),
    /** Share, but not mental health. */
    NOT_MENTAL_HEALTH("{\"type\":\"permit\",\"provision\":[{\"type\":\"deny\",\"securityLabel\":"
            + "[{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-ActCode\",\"code\":\"PSY\"}]}]}"),
    /** Share, but not with one organisation, which is not the reader's. */
    NOT_WITH_ANOTHER("{\"type\":\"permit\",\"provision\":[{\"type\":\"deny\",\"actor\":%s}]}"),
    /** Opt out. */
    OPT_OUT("{\"type\":\"deny\"}"),
    /** Share, but not what was before 2015. */
    NOT_BEFORE_2015(
            "{\"type\":\"permit\",\"provision\":" + "[{\"type\":\"deny\",\"dataPeriod\":{\"end\":\"2014-12-31\"}}]}"),
    /** Share with one organisation only, which is not the reader's. */
    ONLY_WITH_ANOTHER("{\"type\":\"deny\",\"provision\":[{\"type\":\"permit\",\"actor\":%s}]}");

    private static final String CONSENT = """
            {"resourceType":"Consent","status":"active",
             "scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},
             "category":[{"coding":[{"system":"http://loinc.org","code":"59284-0"}]}],
             "identifier":[{"system":"urn:accord:benchmark","value":"%d"}],
             "patient":{"reference":"%s"},
             "policyRule":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"OPTIN"}]},
             "provision":%s}""";

    private static final String ACTOR = """
            [{"role":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ParticipationType","code":"IRCP"}]},
              "reference":{"reference":"%s"}}]""";

    private final String provision;

    ConsentKind(String provision) {
        this.provision = provision;
    }

    /**
     * A consent as FHIR JSON.
     *
     * @param number its identifier
     * @param patient whose, as {@code Patient/[id]}
     * @param organization the other organisation, as {@code Organization/[id]}
     */
    public String told(int number, String patient, String organization) {
        return CONSENT.formatted(number, patient, provision.formatted(ACTOR.formatted(organization)));
    }
}
