package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.accordhie.exchange.Partner.RIVERSIDE_CLINIC;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.accordhie.exchange.Node.Answer;
import org.accordhie.exchange.Node.Request;
import org.accordhie.exchange.history.Operation.Kind;

/** A patient's whole record, which one consent opens and closes. Without a consent the clinic sees it. */
final class ToggledConsent implements Toggled {

    private static final String TREATMENT = """
            "purpose":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActReason","code":"TREAT"}]""";

    private final String patient;
    private final String id;
    private final List<Way> ways;
    private String consent = "";

    /**
     * Toggles what was pushed by a visit.
     *
     * @param patient the visit's, as {@code Patient/[id]}
     */
    ToggledConsent(Visit visit, String patient, String condition) {
        this.patient = patient;
        this.id = patient.substring("Patient/".length());
        this.ways = ways(visit, condition);
    }

    @Override
    public String name() {
        return patient;
    }

    @Override
    public Write next(Random random) {
        var revokes = random.nextBoolean();
        var wish = revokes
                ? (random.nextBoolean() ? Consents.refuse(patient) : Consents.shareAllBut(patient, TREATMENT))
                : Consents.share(patient);
        var kind = revokes ? Kind.REVOKE : Kind.GRANT;
        if (consent.isEmpty()) {
            return write(kind, "POST Consent", "POST", "Consent", wish);
        }
        var address = "Consent/" + consent;
        if (!revokes) {
            switch (random.nextInt(3)) {
                case 0 -> {
                    return write(kind, "DELETE Consent", "DELETE", address, "");
                }
                case 1 -> {
                    var inactive = Consents.inactive(Consents.refuse(patient));
                    return write(kind, "PUT inactive", "PUT", address, Consents.withId(inactive, consent));
                }
                default -> {}
            }
        }
        return write(kind, "PUT Consent", "PUT", address, Consents.withId(wish, consent));
    }

    private static Write write(Kind kind, String way, String method, String path, String body) {
        return new Write(kind, way, new Request(PRIVACY_OFFICER, method, path, body));
    }

    @Override
    public void done(Write write, Answer answer) {
        switch (write.request().method()) {
            case "POST" -> consent = answer.location().replaceFirst(".*/Consent/([^/]+).*", "$1");
            case "DELETE" -> consent = "";
            default -> {}
        }
    }

    @Override
    public void settle(Searches officer) throws IOException, InterruptedException {
        consent = officer.search("Consent?patient=" + patient)
                .path("entry")
                .path(0)
                .path("resource")
                .path("id")
                .asText();
    }

    @Override
    public List<Way> ways() {
        return ways;
    }

    private List<Way> ways(Visit visit, String condition) {
        var all = new ArrayList<Way>();
        all.add(Way.of("read", patient));
        all.add(Way.of("read of a condition", condition));
        all.add(Way.of("vread", patient + "/_history/1"));
        all.add(Way.of("history", patient + "/_history"));
        all.add(Way.of("search", "Patient?identifier=" + visit.token()));
        all.add(Way.of("count", "Patient?_summary=count&identifier=" + visit.token()));
        all.add(Way.of("search by reference", "Condition?subject=" + patient));
        all.add(Way.of("_include", "Condition?_include=Condition:subject&subject=" + patient));
        all.add(Way.of("_revinclude", "Patient?_revinclude=Condition:subject&_id=" + id));
        all.add(Way.of("_has", "Patient?_has:Condition:subject:code=38341003&identifier=" + visit.token()));
        all.add(Way.of("chain", "Observation?subject:Patient.identifier=" + visit.token()));
        all.add(Way.of("$everything", patient + "/$everything?_count=2"));
        all.add(Way.of(
                "POST _search",
                new Request(RIVERSIDE_CLINIC, "POST", "Condition/_search", "subject=" + patient.replace("/", "%2F"))));
        all.add(new Page("Observation?_count=1&subject=" + patient));
        return List.copyOf(all);
    }

    /** The second page of a search, by the link that an earlier first page gave. */
    private static final class Page implements Way {

        private final String firstPage;
        private volatile String link = "";

        Page(String firstPage) {
            this.firstPage = firstPage;
        }

        @Override
        public String name() {
            return link.isEmpty() ? "first page" : "page link";
        }

        @Override
        public Request request(Random random) {
            var known = link;
            return Request.get(RIVERSIDE_CLINIC, known.isEmpty() ? firstPage : known);
        }

        /** The link's address is another node's, perhaps; its path is everybody's. */
        @Override
        public void answered(JsonNode answer) {
            var next = Found.in(answer).next();
            if (!next.isEmpty()) {
                link = next.replaceFirst("^.*/fhir/?", "");
            }
        }
    }
}
