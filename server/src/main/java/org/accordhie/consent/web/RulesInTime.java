package org.accordhie.consent.web;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.accordhie.consent.ConsentPolicy;
import org.accordhie.consent.Draft;
import org.accordhie.consent.HardRule;
import org.accordhie.consent.PolicySource;
import org.accordhie.consent.ReleasePolicy;
import org.accordhie.consent.Resolution;
import org.accordhie.consent.Rules;
import org.accordhie.consent.StoredConsent;
import org.accordhie.consent.fhir.ConsentVersions;
import org.accordhie.consent.jpa.ConsentRegistry;
import org.accordhie.consent.jpa.StoredFacts;
import org.accordhie.consent.jpa.StoredFacts.ConsentVersion;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;

/** The rules in force now, and those that were at a former instant, read from the versions that were current then. */
final class RulesInTime {

    private final PolicySource policies;
    private final ConsentRegistry consents;
    private final StoredFacts stored;
    private final ConsentVersions versions;
    private final Resolution resolution;

    RulesInTime(
            PolicySource policies,
            ConsentRegistry consents,
            StoredFacts stored,
            ConsentVersions versions,
            Resolution resolution) {
        this.policies = policies;
        this.consents = consents;
        this.stored = stored;
        this.versions = versions;
        this.resolution = resolution;
    }

    /** Those in force, as the running transaction sees them. */
    Rules now(Collection<String> patients) {
        return new Rules(policies.inForce(), consents.of(patients));
    }

    /** The consents of a patient that are in force, as {@code Consent/[id]}. */
    List<String> consentsOf(String patient) {
        return consents.of(List.of(patient)).getOrDefault(patient, List.of()).stream()
                .map(consent -> consent.id().replaceFirst("/_history/.*$", ""))
                .sorted()
                .toList();
    }

    /** The stored consent of an id, whatever has become of it; null if there is none. */
    @Nullable
    StoredConsent stored(String consent) {
        return consents.find(consent).orElse(null);
    }

    /** A draft beside all that is stored of its patient, and of whose it is now. */
    Draft.OfConsent beside(StoredConsent draft, @Nullable StoredConsent former) {
        var patients = new HashSet<>(Set.of(draft.patient()));
        if (former != null) {
            patients.add(former.patient());
        }
        return new Draft.OfConsent(
                resolved(draft),
                patients.stream()
                        .flatMap(patient -> consents.allOf(patient).stream())
                        .toList());
    }

    /**
     * The consent that a version was; empty if the version is not there.
     *
     * @param version as {@code Consent/[id]/_history/[version]}
     */
    Optional<StoredConsent> consent(String version) {
        if (stored.version(version).isEmpty()) {
            // To read what is not there would end the running transaction.
            return Optional.empty();
        }
        var address = new IdType(version);
        return versions.consent(address.getIdPart(), address.getVersionIdPartAsLong(), Instant.EPOCH, Instant.EPOCH)
                .map(this::resolved);
    }

    /**
     * The rule of law or organisation that a version was; empty if the version is not there.
     *
     * @param version as {@code Consent/[id]/_history/[version]}
     */
    Optional<HardRule> law(String version) {
        var today = policies.inForce().rules().stream()
                .filter(law -> law.rule().id().equals(version))
                .findFirst();
        if (today.isPresent()) {
            return today;
        }
        if (stored.version(version).isEmpty()) {
            return Optional.empty();
        }
        var address = new IdType(version);
        return versions.law(address.getIdPart(), address.getVersionIdPartAsLong());
    }

    /**
     * Those that were in force at an instant. Codes, value sets and related data stand for what they stand for now, since former
     * terminology is not kept.
     */
    Rules at(Collection<String> patients, Instant instant) {
        return new Rules(lawsAt(instant), consentsAt(patients, instant));
    }

    /** The consents among them, by patient. */
    Map<String, List<ConsentPolicy>> consentsAt(Collection<String> patients, Instant instant) {
        var former = new HashMap<String, List<ConsentPolicy>>();
        for (var patient : patients) {
            var theirs = stored.consentsAt(patient, instant).stream()
                    .flatMap(each -> read(each).stream())
                    .filter(each -> each.patient().equals(patient))
                    .map(this::resolved)
                    .toList();
            former.put(patient, StoredConsent.inForceAmong(theirs));
        }
        return former;
    }

    private StoredConsent resolved(StoredConsent stated) {
        var policy = stated.policy();
        return new StoredConsent(
                stated.id(),
                stated.version(),
                stated.patient(),
                stated.life(),
                policy == null ? null : resolution.resolve(policy),
                stated.supersededBy());
    }

    private Optional<StoredConsent> read(ConsentVersion each) {
        return each.isDeleted()
                ? versions.deleted(each.id(), each.version() - 1, each.written(), each.recorded())
                : versions.consent(each.id(), each.version(), each.written(), each.recorded());
    }

    /** Laws that are in force and were never stored as Consents come with the exchange, and were in force then too. */
    private ReleasePolicy lawsAt(Instant instant) {
        var former = stored.consentsAt(null, instant).stream()
                .filter(each -> !each.isDeleted())
                .flatMap(each -> versions.law(each.id(), each.version()).stream());
        var shipped = policies.inForce().rules().stream().filter(law -> !stored.isStoredConsent(idOf(law)));
        return new ReleasePolicy(Stream.concat(former, shipped).toList());
    }

    private static String idOf(HardRule law) {
        return law.rule().id().replaceFirst("^Consent/", "").replaceFirst("/_history/.*$", "");
    }
}
