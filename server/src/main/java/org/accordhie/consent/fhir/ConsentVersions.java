package org.accordhie.consent.fhir;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.time.Instant;
import java.util.Optional;
import org.accordhie.consent.ConsentStatus;
import org.accordhie.consent.HardRule;
import org.accordhie.consent.StoredConsent;
import org.accordhie.consent.Supersession;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.IdType;

/** Former versions of Consents, read as what they said when they were current. */
public final class ConsentVersions {

    private final IFhirResourceDao<Consent> dao;
    private final ConsentReader reader;

    public ConsentVersions(IFhirResourceDao<Consent> dao, ConsentReader reader) {
        this.dao = dao;
        this.reader = reader;
    }

    /**
     * A version of somebody's consent; empty if it was nobody's.
     *
     * @param written when the version was stored
     * @param recorded when the first one was
     */
    public Optional<StoredConsent> consent(String id, long version, Instant written, Instant recorded) {
        var consent = read(id, version);
        var patient = LifeReader.patientOf(consent);
        if (patient == null) {
            return Optional.empty();
        }
        var policy = reader.read(consent).orElse(null);
        return Optional.of(new StoredConsent(id, version, patient, life(id, consent, written, recorded), policy, null));
    }

    /** The same of a consent that is deleted, by its last version: it says nothing, and still replaces what it replaced. */
    public Optional<StoredConsent> deleted(String id, long lastVersion, Instant written, Instant recorded) {
        return consent(id, lastVersion, written, recorded).map(last -> {
            var life = last.life();
            var ended = new Supersession.Version(
                    life.id(),
                    ConsentStatus.DELETED,
                    life.given(),
                    life.identifiers(),
                    life.replaces(),
                    life.dated(),
                    life.recorded());
            return new StoredConsent(id, lastVersion, last.patient(), ended, null, null);
        });
    }

    private static Supersession.Version life(String id, Consent consent, Instant written, Instant recorded) {
        var life = LifeReader.read("Consent/" + id, consent, consent.hasDateTime() ? written : recorded);
        // Of what is inactive the versions before are not asked; it is taken for what was given and revoked.
        var given = life.given() || life.status() == ConsentStatus.INACTIVE;
        return new Supersession.Version(
                life.id(), life.status(), given, life.identifiers(), life.replaces(), life.dated(), recorded);
    }

    /** What a version said as a rule of law or organisation; empty if it was none, or not in force. */
    public Optional<HardRule> law(String id, long version) {
        var consent = read(id, version);
        try {
            return PolicyReader.isPolicy(consent) ? PolicyReader.readActive(consent) : Optional.empty();
        } catch (UnenforceableConsent unenforceable) {
            throw new IllegalStateException("a stored policy cannot be read", unenforceable);
        }
    }

    private Consent read(String id, long version) {
        return dao.read(new IdType("Consent", id, String.valueOf(version)), new SystemRequestDetails());
    }
}
