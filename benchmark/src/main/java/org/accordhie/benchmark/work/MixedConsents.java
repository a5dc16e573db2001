package org.accordhie.benchmark.work;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.accordhie.benchmark.records.Corpus;
import org.accordhie.benchmark.records.Ids;
import org.accordhie.benchmark.records.Item;

/**
 * Consents of some of the patients: six kinds in turn, of which two hide the whole record from the reader, three hide parts
 * of some, and one opens it.
 */
public final class MixedConsents {

    private static final int PERCENT = 100;

    private static final String CONSENT = """
            {"resourceType":"Consent","status":"active",
             "scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},
             "category":[{"coding":[{"system":"http://loinc.org","code":"59284-0"}]}],
             "identifier":[{"system":"urn:accord:benchmark","value":"%s"}],
             "patient":{"reference":"%s"},
             "policyRule":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"OPTIN"}]},
             "provision":%s}""";

    private static final String ACTOR = """
            [{"role":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ParticipationType","code":"IRCP"}]},
              "reference":{"reference":"%s"}}]""";

    private static final String LABEL =
            "[{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-ActCode\",\"code\":\"PSY\"}]";

    /** {@code %s} is the actor, an organisation that is not the reader's. */
    private static final List<String> KINDS = List.of(
            // Share all of it.
            "{\"type\":\"permit\"}",
            // Share, but not mental health.
            "{\"type\":\"permit\",\"provision\":[{\"type\":\"deny\",\"securityLabel\":" + LABEL + "}]}",
            // Share, but not with one organisation.
            "{\"type\":\"permit\",\"provision\":[{\"type\":\"deny\",\"actor\":%s}]}",
            // Opt out.
            "{\"type\":\"deny\"}",
            // Share, but not what was before 2015.
            "{\"type\":\"permit\",\"provision\":[{\"type\":\"deny\",\"dataPeriod\":{\"end\":\"2014-12-31\"}}]}",
            // Share with one organisation only.
            "{\"type\":\"deny\",\"provision\":[{\"type\":\"permit\",\"actor\":%s}]}");

    private final List<Item> patients;
    private final Item organization;

    /**
     * Chooses whose.
     *
     * @param percent of the patients
     */
    public MixedConsents(Corpus corpus, int percent, long seed) {
        var all = new ArrayList<>(corpus.all("Patient").toList());
        Collections.shuffle(all, new Random(seed));
        this.patients = List.copyOf(all.subList(0, Math.round(all.size() * percent / (float) PERCENT)));
        this.organization = corpus.all("Organization").findFirst().orElseThrow();
    }

    /** The consents as one server is told them. */
    List<String> on(Ids ids) {
        var actor = ACTOR.formatted(ids.of(organization));
        var consents = new ArrayList<String>();
        for (int index = 0; index < patients.size(); index++) {
            var kind = KINDS.get(index % KINDS.size()).formatted(actor);
            consents.add(CONSENT.formatted(index, ids.of(patients.get(index)), kind));
        }
        return consents;
    }
}
