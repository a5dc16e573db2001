package org.accordhie.consent.fhir;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.Optional;
import org.accordhie.consent.ConsentPolicy;
import org.accordhie.consent.HardRule;
import org.accordhie.consent.Supersession;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.IdType;

/** Former versions of Consents, read as what they said when they were current. */
public final class ConsentVersions {

    private final IFhirResourceDao<Consent> dao;
    private final ConsentReader reader;

    public ConsentVersions(IFhirResourceDao<Consent> dao, ConsentReader reader) {
        this.dao = dao;
        this.reader = reader;
    }

    /** What a version said as a consent of this patient; empty if it was not in force, or another's. */
    public Optional<ConsentPolicy> consent(String id, long version, String patient) {
        var consent = read(id, version);
        return patient.equals(ActorReader.nameOf(consent.getPatient())) ? reader.read(consent) : Optional.empty();
    }

    /** What supersession looks at in a version. */
    public Supersession.Version life(String id, long version) {
        var consent = read(id, version);
        return LifeReader.read(
                "Consent/" + id, consent, consent.getMeta().getLastUpdated().toInstant());
    }

    /** What a version said as a rule of law or organisation; empty if it was none, or not in force. */
    public Optional<HardRule> law(String id, long version) {
        var consent = read(id, version);
        if (!PolicyReader.isPolicy(consent) || consent.getStatus() != ConsentState.ACTIVE) {
            return Optional.empty();
        }
        try {
            return Optional.of(PolicyReader.read(consent));
        } catch (UnenforceableConsent unenforceable) {
            throw new IllegalStateException("a stored policy cannot be read", unenforceable);
        }
    }

    private Consent read(String id, long version) {
        return dao.read(new IdType("Consent", id, String.valueOf(version)), new SystemRequestDetails());
    }
}
