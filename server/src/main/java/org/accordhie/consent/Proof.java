package org.accordhie.consent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.ResourceFacts;
import org.jspecify.annotations.Nullable;

/**
 * All that a decision rests on: what was asked, of which version of what, which consents and laws were read in which version,
 * what each of their criteria came to, and how they were put together. Deciding again from the recorded truth values alone
 * gives the recorded decision.
 *
 * @param request who asked, why and when
 * @param resource the version asked for, as its facts
 * @param decision the decision point's answer
 * @param settled what settled it before any law or consent was read; null if nothing did
 * @param purposes for each purpose, each of which must be permitted; empty where it was settled before
 */
public record Proof(
        AccessRequest request,
        ResourceFacts resource,
        Decision decision,
        @Nullable Decider settled,
        List<OfPurpose> purposes) {

    public Proof {
        purposes = List.copyOf(purposes);
    }

    /** The instant the decision is about. */
    public Instant at() {
        return request.at();
    }

    /** Whether the resource may be released. */
    public boolean permits() {
        return decision.permits();
    }

    /** What settled the decision: of a refusal all that refuse, of a permit all that permit. */
    public List<Decider> deciders() {
        if (settled != null) {
            return List.of(settled);
        }
        var deciders = new ArrayList<Decider>();
        for (var purpose : purposes) {
            if (purpose.decision().permits() == permits()) {
                deciders.addAll(purpose.deciders());
            }
        }
        return deciders.stream().distinct().toList();
    }

    /**
     * The decision for one purpose.
     *
     * @param purpose one of the request's; null where it does not say why
     * @param decision what came out
     * @param laws every rule of law and organisation that was consulted
     * @param settled the law that settled it whatever the patients say; null if none did
     * @param patients what the consents of each patient the resource names came to, each of whom must permit
     */
    public record OfPurpose(
            @Nullable PurposeOfUse purpose,
            Decision decision,
            List<Law> laws,
            @Nullable Decider settled,
            List<OfPatient> patients) {

        public OfPurpose {
            laws = List.copyOf(laws);
            patients = List.copyOf(patients);
        }

        private List<Decider> deciders() {
            if (settled != null) {
                return List.of(settled);
            }
            return patients.stream()
                    .filter(patient -> patient.decision().permits() == decision.permits())
                    .flatMap(patient -> patient.deciders().stream())
                    .toList();
        }
    }

    /**
     * What the consents of one patient came to, put together with the law: uncomputable, deny, needs their own yes, permit,
     * other data, default, the first of these that holds.
     *
     * @param patient who, as {@code Patient/[id]}
     * @param decision what came out
     * @param ground which of these it was
     * @param deciders the consents or laws that made it so
     * @param consents every consent that was read
     */
    public record OfPatient(
            String patient, Decision decision, Ground ground, List<Decider> deciders, List<Said> consents) {

        public OfPatient {
            deciders = List.copyOf(deciders);
            consents = List.copyOf(consents);
        }
    }

    /**
     * One thing that settled a decision.
     *
     * @param ground how
     * @param rule the version of the consent or law, as {@code Consent/[id]/_history/[version]}; empty where it is none
     * @param title what the law or the standing rule is called; empty for a consent
     * @param path the provision that says so; empty where none does
     */
    public record Decider(Ground ground, String rule, String title, String path) {}

    /**
     * A law that was consulted.
     *
     * @param kind what it does where it applies
     * @param title what a privacy officer calls it
     * @param said what it said
     */
    public record Law(HardRule.Kind kind, String title, Said said) {}

    /**
     * What one consent, or one law, said.
     *
     * @param id the version read
     * @param bases the laws and policies it is given under, as their addresses
     * @param finding what it came to
     * @param root its provisions as far as they were reached; null where it is not in force at the instant or uncomputable
     * @param uncomputable why it cannot be computed; empty where it can
     */
    public record Said(
            String id,
            List<String> bases,
            Finding finding,
            @Nullable Rule root,
            String uncomputable) {

        public Said {
            bases = List.copyOf(bases);
        }
    }

    /**
     * A provision that was reached.
     *
     * @param path where it stands, as a FHIRPath expression on the consent
     * @param effect what it says
     * @param requester what its criteria about who asks came to
     * @param resource what its criteria about the data came to
     * @param exceptions the provisions under it that were reached; none where its own criteria do not hold
     */
    public record Rule(String path, Effect effect, List<Check> requester, List<Check> resource, List<Rule> exceptions) {

        public Rule {
            requester = List.copyOf(requester);
            resource = List.copyOf(resource);
            exceptions = List.copyOf(exceptions);
        }

        /** How surely it applies. */
        public Match match() {
            return TruthValues.together(requester).and(TruthValues.together(resource));
        }

        /** The provision of this path, at any depth; null where it was not reached. */
        @Nullable
        Rule at(String wanted) {
            if (path.equals(wanted)) {
                return this;
            }
            for (var exception : exceptions) {
                var found = exception.at(wanted);
                if (found != null) {
                    return found;
                }
            }
            return null;
        }
    }
}
