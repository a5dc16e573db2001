package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.accordhie.exchange.Node.Answer;
import org.accordhie.exchange.Node.Request;
import org.accordhie.exchange.history.Operation.Kind;

/**
 * The diagnoses of a patient who has said nothing. Corrected by its source, each turns out to be of substance use, and stays
 * hidden, for a label is not taken away by a push; then there is another one.
 */
final class ToggledLabel implements Toggled {

    private static final String DRUG_DEPENDENCE = "6525002";
    private static final String HYPERTENSION = "38341003";

    private final String patient;
    private final List<Way> ways;
    private String visible;

    /**
     * Toggles diagnoses.
     *
     * @param condition the only one that there is, as {@code Condition/[id]}
     */
    ToggledLabel(String condition, String patient) {
        this.visible = condition;
        this.patient = patient;
        this.ways = List.of(
                Way.of("search by reference", "Condition?subject=" + patient),
                Way.of("count", "Condition?_summary=count&subject=" + patient),
                Way.of("_include", "Condition?_include=Condition:subject&subject=" + patient));
    }

    @Override
    public String name() {
        return "conditions of " + patient;
    }

    @Override
    public Write next(Random random) {
        if (visible.isEmpty()) {
            return new Write(
                    Kind.GRANT,
                    "POST Condition",
                    new Request(LAKESIDE_HOSPITAL, "POST", "Condition", condition("", HYPERTENSION)));
        }
        var id = "\"id\":\"" + visible.substring("Condition/".length()) + "\",";
        return new Write(
                Kind.REVOKE,
                "PUT Condition",
                new Request(LAKESIDE_HOSPITAL, "PUT", visible, condition(id, DRUG_DEPENDENCE)));
    }

    /** With words of its own, so that it is another one. */
    private String condition(String id, String code) {
        return """
                {"resourceType":"Condition",%s"code":{"coding":[{"system":"http://snomed.info/sct","code":"%s"}],
                 "text":"%s"},"subject":{"reference":"%s"}}""".formatted(id, code, UUID.randomUUID(), patient);
    }

    @Override
    public void done(Write write, Answer answer) {
        visible = write.kind() == Kind.REVOKE ? "" : answer.location().replaceFirst(".*/(Condition/[^/]+).*", "$1");
    }

    /** What the officer finds is what is not of substance use. */
    @Override
    public void settle(Searches officer) throws IOException, InterruptedException {
        visible = Found.in(officer.search("Condition?subject=" + patient)).matches().stream()
                .findFirst()
                .orElse("");
    }

    @Override
    public List<Way> ways() {
        return ways;
    }
}
