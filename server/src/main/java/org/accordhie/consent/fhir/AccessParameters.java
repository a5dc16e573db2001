package org.accordhie.consent.fhir;

import static org.accordhie.consent.fhir.ProofParameters.add;
import static org.accordhie.consent.fhir.ProofParameters.code;

import java.util.List;
import java.util.Map;
import org.accordhie.consent.AccessChange;
import org.accordhie.consent.AccessSummary;
import org.accordhie.consent.AccessSummary.Tally;
import org.accordhie.consent.Sentences;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;

/** Writes who can see a record, and whose access would change, as Parameters. */
public final class AccessParameters {

    private AccessParameters() {}

    /** Who can see a record, which part of it, and why. */
    public static Parameters of(List<AccessSummary> summaries, Sentences sentences) {
        var answer = new Parameters();
        for (var summary : summaries) {
            var part = answer.addParameter().setName("access");
            ProofParameters.requester(part, summary.request());
            tally(part, summary.all());
            add(part, "sentence", sentences.of(summary));
            tallies(part, "type", summary.byType());
            tallies(part, "label", summary.byLabel());
            summary.reasons().forEach(each -> reason(part.addPart().setName("reason"), each, sentences));
        }
        return answer;
    }

    private static void reason(ParametersParameterComponent part, AccessSummary.Reason reason, Sentences sentences) {
        add(part, "decision", code(reason.example().permits() ? "permit" : "deny"));
        add(part, "count", new IntegerType(reason.count()));
        add(part, "sentence", sentences.because(reason.example()));
        reason.example()
                .deciders()
                .forEach(each -> ProofParameters.decider(part.addPart().setName("rule"), each));
    }

    private static void tallies(ParametersParameterComponent part, String name, Map<String, Tally> tallies) {
        tallies.forEach((code, tally) -> {
            var one = part.addPart().setName(name);
            add(one, "code", code(code));
            tally(one, tally);
        });
    }

    private static void tally(ParametersParameterComponent part, Tally tally) {
        add(part, "visible", new IntegerType(tally.visible()));
        add(part, "hidden", new IntegerType(tally.hidden()));
    }

    /**
     * What one requester would gain and lose of one patient's record.
     *
     * @param events how often the audit trail has recorded this requester; none where it is only registered
     */
    public static void change(ParametersParameterComponent part, String patient, AccessChange change, long events) {
        add(part, "patient", patient);
        ProofParameters.requester(part.addPart().setName("requester"), change.request());
        add(part, "recorded", new IntegerType((int) Math.min(events, Integer.MAX_VALUE)));
        part(part.addPart().setName("gained"), change.gained());
        part(part.addPart().setName("lost"), change.lost());
    }

    private static void part(ParametersParameterComponent part, AccessChange.Part changed) {
        add(part, "count", new IntegerType(changed.count()));
        changed.examples().forEach(each -> add(part, "example", each));
    }
}
