package org.accordhie.consent.web;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.accordhie.consent.ConsentChange;
import org.accordhie.consent.ConsentStatus;
import org.accordhie.consent.StoredConsent;
import org.accordhie.consent.Supersession;
import org.accordhie.consent.fhir.ConsentReader;
import org.accordhie.consent.fhir.LifeReader;
import org.accordhie.consent.jpa.ConsentJournal;
import org.accordhie.consent.jpa.ConsentRegistry;
import org.accordhie.consent.jpa.ResolvedConsents;
import org.accordhie.consent.jpa.ResolvedConsents.Dependent;
import org.hl7.fhir.r4.model.Consent;

/**
 * What a written consent does to its patient's others, in the transaction of the write: which is in force, what the linter says
 * of each, and what happened. Whoever calls it holds the patients' locks.
 */
final class ConsentLifecycle {

    private final ConsentReader reader;
    private final ConsentRegistry registry;
    private final ResolvedConsents resolved;
    private final ConsentJournal journal;
    private final Clock clock;

    ConsentLifecycle(
            ConsentReader reader,
            ConsentRegistry registry,
            ResolvedConsents resolved,
            ConsentJournal journal,
            Clock clock) {
        this.reader = reader;
        this.registry = registry;
        this.resolved = resolved;
        this.journal = journal;
        this.clock = clock;
    }

    /** The patients whose consent this is, as it is stored before the write. */
    Set<String> patientsOf(String id) {
        return registry.find(id).map(stored -> Set.of(stored.patient())).orElse(Set.of());
    }

    /** Keeps a written version; returns the patients concerned. */
    Set<String> put(Consent consent) {
        var id = consent.getIdElement().getIdPart();
        var version = Long.parseLong(consent.getMeta().getVersionId());
        var patients = new HashSet<>(patientsOf(id));
        var patient = LifeReader.patientOf(consent);
        if (patient == null) {
            // Nobody's consent any more: a rule of law, perhaps.
            registry.delete(id, version);
            return patients;
        }
        var now = clock.instant();
        var former = registry.find(id);
        var life = LifeReader.read("Consent/" + id, consent, now);
        registry.put(
                new StoredConsent(
                        id, version, patient, life, reader.read(consent).orElse(null), null),
                LifeReader.stated(consent));
        resolved.refresh(id);
        // What is stored as it was before makes no new version, and is no change.
        if (former.isEmpty() || former.get().version() != version) {
            var status = former.map(stored -> stored.life().status()).orElse(null);
            journal.add(id, version, patient, ConsentChange.kindOf(status, life.status()), now);
        }
        patients.add(patient);
        return patients;
    }

    /** Takes a deleted consent out of force; returns the patients concerned. */
    Set<String> delete(String id, long version) {
        var stored = registry.find(id);
        stored.ifPresent(consent -> {
            registry.delete(id, version);
            journal.add(
                    id,
                    version,
                    consent.patient(),
                    ConsentChange.kindOf(consent.life().status(), ConsentStatus.DELETED),
                    clock.instant());
        });
        return stored.map(consent -> Set.of(consent.patient())).orElse(Set.of());
    }

    /** The consents that stand for something else once these have changed. */
    List<Dependent> dependingOn(Set<String> changed) {
        return resolved.dependingOn(changed);
    }

    /** Finds out anew what a consent stands for. */
    void refresh(Dependent consent) {
        resolved.refresh(consent.id());
    }

    /** Decides anew which of a patient's consents stand in the place of which, and what there is to say of those in force. */
    void settle(String patient) {
        var now = clock.instant();
        var stored = registry.allOf(patient);
        var superseded =
                Supersession.among(stored.stream().map(StoredConsent::life).toList());
        var settled = stored.stream()
                .map(consent ->
                        consent.supersededBy(superseded.get(consent.life().id())))
                .toList();
        for (int index = 0; index < settled.size(); index++) {
            var before = stored.get(index);
            var after = settled.get(index);
            if (!Objects.equals(before.supersededBy(), after.supersededBy())) {
                registry.supersede(after.id(), after.supersededBy());
            }
            if ((before.supersededBy() == null) != (after.supersededBy() == null)) {
                var kind = after.supersededBy() == null ? ConsentChange.Kind.REINSTATED : ConsentChange.Kind.SUPERSEDED;
                journal.add(after.id(), after.version(), patient, kind, now);
            }
            journal.putFindings(after.id(), after.version(), after.lint(settled, now));
        }
    }
}
