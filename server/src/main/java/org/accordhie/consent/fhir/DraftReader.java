package org.accordhie.consent.fhir;

import java.util.Set;
import org.accordhie.consent.Draft;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;

/** Reads a Consent that is not stored as what it would say. */
public final class DraftReader {

    private final ConsentReader reader;

    public DraftReader(ConsentReader reader) {
        this.reader = reader;
    }

    /**
     * Reads a consent of a patient or a policy.
     *
     * @throws UnenforceableConsent with the place and the reason
     */
    public Draft read(Consent consent) throws UnenforceableConsent {
        var id = consent.hasId() ? consent.getIdElement().getIdPart() : "";
        // Its version is none of the stored ones.
        consent.setId(id.isEmpty() ? "draft" : id);
        consent.getMeta().setVersionId("draft");
        if (PolicyReader.isPolicy(consent)) {
            var active = consent.getStatus() == ConsentState.ACTIVE;
            return new Draft.OfLaw(id, active ? PolicyReader.read(consent) : null);
        }
        reader.check(consent);
        if (!ActorReader.namesHere(consent.getPatient(), Set.of("Patient"))) {
            throw new UnenforceableConsent("Consent.patient", "must be a reference `Patient/[id]`");
        }
        return new Draft.OfConsent(
                id,
                ActorReader.nameOf(consent.getPatient()),
                reader.read(consent).orElse(null));
    }
}
