package org.accordhie.consent.fhir;

import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.accordhie.consent.AccessRequest;
import org.accordhie.consent.Change;
import org.accordhie.consent.Change.AnotherConsent;
import org.accordhie.consent.Change.AnotherOrganization;
import org.accordhie.consent.Change.AnotherPurpose;
import org.accordhie.consent.Change.AnotherTime;
import org.accordhie.consent.Change.Emergency;
import org.accordhie.consent.Change.WithoutConsents;
import org.accordhie.consent.Change.WithoutLaw;
import org.accordhie.consent.Check;
import org.accordhie.consent.Counterfactual;
import org.accordhie.consent.NamedElement;
import org.accordhie.consent.Obligation;
import org.accordhie.consent.Proof;
import org.accordhie.consent.Proof.Decider;
import org.accordhie.consent.Sentences;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/** Writes a proof, and what would have changed it, as the Parameters that {@code $explain} answers. */
public final class ProofParameters {

    private ProofParameters() {}

    /** A decision with its proof. */
    public static Parameters of(Proof proof, List<Counterfactual> counterfactuals, Sentences sentences) {
        var answer = new Parameters();
        answer.addParameter("decision", code(proof.permits() ? "permit" : "deny"));
        answer.addParameter("sentence", sentences.of(proof));
        answer.addParameter("at", new InstantType(Date.from(proof.at())));
        answer.addParameter(
                "resource",
                proof.resource().reference() + "/_history/" + proof.resource().version());
        requester(answer.addParameter().setName("requester"), proof.request());
        proof.deciders().forEach(each -> decider(answer.addParameter().setName("reason"), each));
        proof.decision().duties().forEach(duty -> duty(answer, proof, duty));
        proof(answer.addParameter().setName("proof"), proof);
        counterfactuals.forEach(
                each -> counterfactual(answer.addParameter().setName("counterfactual"), each, sentences));
        return answer;
    }

    /** Source of the code: HL7 v3 ActCode, ObligationPolicy. */
    private static void duty(Parameters answer, Proof proof, Obligation duty) {
        if (duty instanceof Obligation.Redact redact) {
            var part = redaction(answer);
            for (var labels : redact.labels()) {
                var element = part.addPart().setName("elements");
                labels.sensitivities().forEach(label -> add(element, "label", code(label)));
                add(element, "confidentiality", code(labels.confidentiality().name()));
            }
        } else if (duty instanceof Obligation.Remove remove) {
            var names = remove.elements().stream()
                    .filter(each -> each.type().equals(proof.resource().type()))
                    .map(NamedElement::toString)
                    .collect(Collectors.toSet());
            if (!names.isEmpty()) {
                var part = redaction(answer);
                sorted(names, name -> add(part, "element", name));
            }
        }
    }

    private static ParametersParameterComponent redaction(Parameters answer) {
        var part = answer.addParameter().setName("obligation");
        add(part, "code", code("REDACT"));
        return part;
    }

    /** Who asks and why. */
    static void requester(ParametersParameterComponent part, AccessRequest request) {
        var requester = request.requester();
        add(part, "organization", requester.organization());
        if (requester.user() != null) {
            add(part, "user", requester.user());
        }
        requester.purposes().forEach(purpose -> add(part, "purpose", code(purpose.name())));
    }

    static void decider(ParametersParameterComponent part, Decider decider) {
        add(part, "ground", code(named(decider.ground())));
        add(part, "rule", decider.rule());
        add(part, "title", decider.title());
        add(part, "path", decider.path());
    }

    private static void proof(ParametersParameterComponent part, Proof proof) {
        for (var purpose : proof.purposes()) {
            var at = part.addPart().setName("purpose");
            if (purpose.purpose() != null) {
                add(at, "code", code(purpose.purpose().name()));
            }
            add(at, "decision", code(purpose.decision().permits() ? "permit" : "deny"));
            for (var law : purpose.laws()) {
                var said = at.addPart().setName("law");
                add(said, "kind", code(law.kind().name().replace('_', '-')));
                add(said, "title", law.title());
                said(said, law.said());
            }
            purpose.patients().forEach(each -> patient(at.addPart().setName("patient"), each));
        }
    }

    private static void patient(ParametersParameterComponent part, Proof.OfPatient patient) {
        add(part, "patient", patient.patient());
        add(part, "decision", code(patient.decision().permits() ? "permit" : "deny"));
        add(part, "ground", code(named(patient.ground())));
        patient.consents().forEach(each -> said(part.addPart().setName("consent"), each));
    }

    private static void said(ParametersParameterComponent part, Proof.Said said) {
        add(part, "version", said.id());
        add(part, "answer", code(named(said.finding().answer())));
        add(part, "path", said.finding().path());
        add(part, "uncomputable", said.uncomputable());
        if (said.root() != null) {
            rule(part.addPart().setName("provision"), said.root());
        }
    }

    private static void rule(ParametersParameterComponent part, Proof.Rule rule) {
        add(part, "path", rule.path());
        add(part, "type", code(named(rule.effect())));
        add(part, "match", code(named(rule.match())));
        rule.requester().forEach(each -> check(part.addPart().setName("criterion"), each));
        rule.resource().forEach(each -> check(part.addPart().setName("criterion"), each));
        rule.exceptions().forEach(each -> rule(part.addPart().setName("provision"), each));
    }

    private static void check(ParametersParameterComponent part, Check check) {
        add(part, "criterion", code(named(check.criterion())));
        add(part, "holds", code(named(check.match())));
        check.values().forEach(value -> add(part, "value", value));
    }

    private static void counterfactual(
            ParametersParameterComponent part, Counterfactual counterfactual, Sentences sentences) {
        add(part, "decision", code(counterfactual.permitted() ? "permit" : "deny"));
        add(part, "sentence", sentences.of(counterfactual));
        change(counterfactual.change(), part);
    }

    private static void change(Change change, ParametersParameterComponent part) {
        if (change instanceof AnotherPurpose other) {
            add(part, "purpose", code(other.purpose().name()));
        } else if (change instanceof Emergency emergency) {
            add(part, "emergency", emergency.patient());
        } else if (change instanceof WithoutConsents without) {
            sorted(without.ids(), id -> add(part, "without-consent", id));
        } else if (change instanceof WithoutLaw without) {
            add(part, "without-law", without.id());
        } else if (change instanceof AnotherConsent consent) {
            add(part, "with-consent", new BooleanType(true));
            sorted(consent.labels(), label -> add(part, "label", code(label)));
        } else if (change instanceof AnotherTime time) {
            add(part, "at", new DateTimeType(Date.from(time.at())));
        } else if (change instanceof AnotherOrganization other) {
            add(part, "requester", other.organization());
        }
    }

    private static void sorted(Set<String> values, Consumer<String> each) {
        values.stream().sorted().forEach(each);
    }

    static CodeType code(String code) {
        return new CodeType(code);
    }

    /** As codes are written: lower case, with hyphens. */
    static String named(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    static void add(ParametersParameterComponent part, String name, Type value) {
        part.addPart().setName(name).setValue(value);
    }

    /** Leaves out what is empty, which FHIR has no value for. */
    static void add(ParametersParameterComponent part, String name, String value) {
        if (!value.isEmpty()) {
            add(part, name, new StringType(value));
        }
    }
}
