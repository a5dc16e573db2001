package org.accordhie.review.fhir;

import static org.accordhie.review.fhir.ReviewParameters.part;

import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.accordhie.review.AccessRule;
import org.accordhie.review.KeptFinding;
import org.accordhie.review.Party;
import org.accordhie.review.SampledAccess;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/** Writes what the rules found, and samples, as Parameters. Source: {@code docs/access-review.md}. */
public final class FindingParameters {

    private FindingParameters() {}

    /** How many new ones each rule found. */
    public static Parameters ofRun(Map<AccessRule, Integer> found) {
        var answer = new Parameters();
        found.forEach((rule, number) -> {
            var part = answer.addParameter().setName("found");
            part(part, "rule", new CodeType(rule.code()));
            part(part, "new", new IntegerType(number));
        });
        return answer;
    }

    /** Some findings, with the exact total. */
    public static Parameters of(List<KeptFinding> page, int total) {
        var answer = new Parameters();
        answer.addParameter("total", new IntegerType(total));
        page.forEach(each -> add(answer.addParameter().setName("finding"), each));
        return answer;
    }

    /** One finding. */
    public static Parameters of(KeptFinding kept) {
        var answer = new Parameters();
        add(answer.addParameter().setName("finding"), kept);
        return answer;
    }

    private static void add(ParametersParameterComponent to, KeptFinding kept) {
        var finding = kept.finding();
        part(to, "id", new StringType(finding.id().toString()));
        part(to, "version", new IntegerType(kept.version()));
        part(to, "status", new CodeType(kept.state().code()));
        part(to, "rule", new CodeType(finding.rule().code()));
        part(to, "score", new IntegerType(finding.score()));
        part(to, "sentence", new StringType(finding.sentence()));
        part(to, "day", new DateType(finding.day().toString()));
        part(to, "event", new Reference("AuditEvent/" + finding.event()));
        say(to, finding.party());
        if (finding.patient() != null) {
            part(to, "patient", new Reference(finding.patient()));
        }
        for (var step : kept.steps()) {
            var said = to.addPart().setName("said");
            part(said, "status", new CodeType(step.verdict()));
            part(said, "comment", new StringType(step.comment()));
            part(said, "officer", new Reference(step.officer().name()));
            part(said, "at", new InstantType(Date.from(step.at())));
        }
    }

    private static void say(ParametersParameterComponent to, Party party) {
        part(to, "organization", new Reference(party.organization()));
        part(to, "client", new StringType(party.client()));
        if (party.user() != null) {
            part(to, "user", new Reference(party.user()));
        }
    }

    /** A sample, in the order it was drawn. */
    public static Parameters ofSample(List<SampledAccess> sample) {
        var answer = new Parameters();
        for (var drawn : sample) {
            var part = answer.addParameter().setName("access");
            part(part, "event", new Reference("AuditEvent/" + drawn.event()));
            part(part, "at", new InstantType(Date.from(drawn.at())));
            say(part, drawn.party());
            drawn.patients().stream().sorted().forEach(patient -> part(part, "patient", new Reference(patient)));
        }
        return answer;
    }

    /** The patients whose record is looked at closely. */
    public static Parameters ofList(Collection<String> patients) {
        var answer = new Parameters();
        patients.stream().sorted().forEach(patient -> answer.addParameter("patient", new Reference(patient)));
        return answer;
    }
}
