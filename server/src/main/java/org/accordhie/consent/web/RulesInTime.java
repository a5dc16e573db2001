package org.accordhie.consent.web;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.accordhie.consent.ConsentPolicy;
import org.accordhie.consent.HardRule;
import org.accordhie.consent.PolicySource;
import org.accordhie.consent.ReleasePolicy;
import org.accordhie.consent.Rules;
import org.accordhie.consent.fhir.ConsentVersions;
import org.accordhie.consent.jpa.ConsentRegistry;
import org.accordhie.consent.jpa.StoredFacts;

/** The rules in force now, and those that were at a former instant, read from the versions that were current then. */
final class RulesInTime {

    private final PolicySource policies;
    private final ConsentRegistry consents;
    private final StoredFacts stored;
    private final ConsentVersions versions;

    RulesInTime(PolicySource policies, ConsentRegistry consents, StoredFacts stored, ConsentVersions versions) {
        this.policies = policies;
        this.consents = consents;
        this.stored = stored;
        this.versions = versions;
    }

    /** Those in force, as the running transaction sees them. */
    Rules now(Collection<String> patients) {
        return new Rules(policies.inForce(), consents.of(patients));
    }

    /** The patients a consent in force is of; empty if none of this id is. */
    List<String> patientsOf(String consent) {
        return consents.patientsOf(consent);
    }

    /** Those that were in force at an instant. */
    Rules at(Collection<String> patients, Instant instant) {
        var former = new HashMap<String, List<ConsentPolicy>>();
        for (var patient : patients) {
            former.put(
                    patient,
                    stored.consentsAt(patient, instant).stream()
                            .flatMap(each -> versions.consent(each.id(), each.version(), patient).stream())
                            .toList());
        }
        return new Rules(lawsAt(instant), former);
    }

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
