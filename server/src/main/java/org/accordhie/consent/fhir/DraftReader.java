package org.accordhie.consent.fhir;

import java.time.Instant;
import java.util.Set;
import org.accordhie.consent.ConsentStatus;
import org.accordhie.consent.Draft;
import org.accordhie.consent.StoredConsent;
import org.accordhie.consent.Supersession;
import org.hl7.fhir.r4.model.Consent;
import org.jspecify.annotations.Nullable;

/** Reads a Consent that is not stored as what it would say. */
public final class DraftReader {

    private static final String NEW = "draft";

    private final ConsentReader reader;

    public DraftReader(ConsentReader reader) {
        this.reader = reader;
    }

    /** The logical id it has; what a new one is called where it has none. */
    public static String idOf(Consent consent) {
        return consent.getIdElement().hasIdPart() ? consent.getIdElement().getIdPart() : NEW;
    }

    /**
     * Reads a rule of law or organisation.
     *
     * @throws UnenforceableConsent with the place and the reason
     */
    public Draft law(Consent consent) throws UnenforceableConsent {
        name(consent);
        return new Draft.OfLaw(idOf(consent), PolicyReader.readActive(consent).orElse(null));
    }

    /**
     * Reads a patient's consent.
     *
     * @param former the stored one of its id; null if there is none
     * @throws UnenforceableConsent with every place and reason
     */
    public StoredConsent consent(Consent consent, @Nullable StoredConsent former, Instant now)
            throws UnenforceableConsent {
        name(consent);
        reader.check(consent);
        if (!ActorReader.namesHere(consent.getPatient(), Set.of("Patient"))) {
            throw new UnenforceableConsent("Consent.patient", "must be a reference `Patient/[id]`");
        }
        var id = idOf(consent);
        return new StoredConsent(
                id,
                0,
                ActorReader.nameOf(consent.getPatient()),
                life(LifeReader.read("Consent/" + id, consent, now), consent, former),
                reader.read(consent).orElse(null),
                null);
    }

    /** As the registry keeps it: a new version does not make a consent younger than it says. */
    private static Supersession.Version life(
            Supersession.Version life, Consent consent, @Nullable StoredConsent former) {
        return former == null
                ? life
                : new Supersession.Version(
                        life.id(),
                        life.status(),
                        life.given()
                                || (life.status() == ConsentStatus.INACTIVE
                                        && former.life().given()),
                        life.identifiers(),
                        life.replaces(),
                        consent.hasDateTime() ? life.dated() : former.life().dated(),
                        former.life().recorded());
    }

    /** Its version is none of the stored ones. */
    private static void name(Consent consent) {
        consent.setId(idOf(consent));
        consent.getMeta().setVersionId(NEW);
    }
}
