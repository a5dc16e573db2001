package org.accordhie.consent.web;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.accordhie.consent.ConsentPolicy;
import org.accordhie.consent.Draft;
import org.accordhie.consent.HardRule;
import org.accordhie.consent.PolicySource;
import org.accordhie.consent.ReleasePolicy;
import org.accordhie.consent.Resolution;
import org.accordhie.consent.Rules;
import org.accordhie.consent.StoredConsent;
import org.accordhie.consent.Supersession;
import org.accordhie.consent.fhir.ConsentVersions;
import org.accordhie.consent.jpa.ConsentRegistry;
import org.accordhie.consent.jpa.StoredFacts;
import org.accordhie.directory.Directory;
import org.accordhie.vocabulary.Requester;

/** The rules in force now, and those that were at a former instant, read from the versions that were current then. */
final class RulesInTime {

    private final PolicySource policies;
    private final ConsentRegistry consents;
    private final StoredFacts stored;
    private final ConsentVersions versions;
    private final Meaning meaning;

    RulesInTime(
            PolicySource policies,
            ConsentRegistry consents,
            StoredFacts stored,
            ConsentVersions versions,
            Meaning meaning) {
        this.policies = policies;
        this.consents = consents;
        this.stored = stored;
        this.versions = versions;
        this.meaning = meaning;
    }

    /** Those in force, as the running transaction sees them. */
    Rules now(Collection<String> patients) {
        return new Rules(policies.inForce(), consents.of(patients));
    }

    /** The patients a consent in force is of; empty if none of this id is. */
    List<String> patientsOf(String consent) {
        return consents.find(consent)
                .filter(StoredConsent::isInForce)
                .map(stored -> List.of(stored.patient()))
                .orElse(List.of());
    }

    /**
     * Those that were in force at an instant. Codes, value sets and related data stand for what they stand for now, since former
     * terminology is not kept.
     */
    Rules at(Collection<String> patients, Instant instant) {
        var former = new HashMap<String, List<ConsentPolicy>>();
        for (var patient : patients) {
            former.put(patient, consentsAt(patient, instant));
        }
        return new Rules(lawsAt(instant), former);
    }

    private List<ConsentPolicy> consentsAt(String patient, Instant instant) {
        var current = stored.consentsAt(patient, instant);
        var superseded = Supersession.among(current.stream()
                        .map(each -> versions.life(each.id(), each.version()))
                        .toList())
                .keySet();
        return current.stream()
                .filter(each -> !superseded.contains("Consent/" + each.id()))
                .flatMap(each -> versions.consent(each.id(), each.version(), patient).stream())
                .map(meaning.resolution()::resolve)
                .toList();
    }

    /** What a draft stands for. */
    Draft resolved(Draft draft) {
        return draft instanceof Draft.OfConsent consent && consent.policy() != null
                ? new Draft.OfConsent(
                        consent.id(), consent.patient(), meaning.resolution().resolve(consent.policy()))
                : draft;
    }

    /** A requester with the care teams and roles it has at an instant. */
    Requester known(Requester requester, Instant at) {
        return requester.with(meaning.directory().membershipsOf(requester.members(), at));
    }

    /**
     * What names in rules mean.
     *
     * @param resolution codes, value sets and related data
     * @param directory care teams and roles
     */
    record Meaning(Resolution resolution, Directory directory) {}

    /** Laws that are in force and were never stored as Consents come with the exchange, and were in force then too. */
    private ReleasePolicy lawsAt(Instant instant) {
        var former = stored.consentsAt(null, instant).stream()
                .flatMap(each -> versions.law(each.id(), each.version()).stream());
        var shipped = policies.inForce().rules().stream().filter(law -> !stored.isStoredConsent(idOf(law)));
        return new ReleasePolicy(Stream.concat(former, shipped).toList());
    }

    private static String idOf(HardRule law) {
        return law.rule().id().split("/", -1)[1];
    }
}
