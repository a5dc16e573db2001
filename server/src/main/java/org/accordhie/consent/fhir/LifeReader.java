package org.accordhie.consent.fhir;

import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.consent.ConsentStatus;
import org.accordhie.consent.Supersession;
import org.accordhie.fhirserver.TimeSpans;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** Reads what supersession looks at in a consent. */
public final class LifeReader {

    private LifeReader() {}

    /**
     * Its status, its business identifiers, what it replaces, and when it was given.
     *
     * @param id the consent, as {@code Consent/[id]}
     * @param recorded now; a consent cannot have been given later, whatever it says
     */
    public static Supersession.Version read(String id, Consent consent, Instant recorded) {
        return new Supersession.Version(
                id,
                statusOf(consent),
                statusOf(consent) == ConsentStatus.ACTIVE,
                consent.getIdentifier().stream()
                        .filter(each -> each.hasSystem() && each.hasValue())
                        .map(LifeReader::name)
                        .collect(Collectors.toSet()),
                consent.hasSourceReference() ? replaced(consent.getSourceReference()) : Set.of(),
                given(consent, recorded),
                recorded);
    }

    /** When it says that it was given, as written; empty where it does not. */
    public static String stated(Consent consent) {
        return consent.hasDateTime() ? consent.getDateTimeElement().getValueAsString() : "";
    }

    /** Whose it is, as {@code Patient/[id]}; null for a rule of law or organisation. */
    public static @Nullable String patientOf(Consent consent) {
        return consent.hasPatient() ? ActorReader.nameOf(consent.getPatient()) : null;
    }

    private static ConsentStatus statusOf(Consent consent) {
        if (consent.getStatus() == null) {
            return ConsentStatus.DRAFT;
        }
        return switch (consent.getStatus()) {
            case ACTIVE -> ConsentStatus.ACTIVE;
            case INACTIVE -> ConsentStatus.INACTIVE;
            case PROPOSED -> ConsentStatus.PROPOSED;
            case REJECTED -> ConsentStatus.REJECTED;
            case ENTEREDINERROR -> ConsentStatus.ENTERED_IN_ERROR;
            case DRAFT, NULL -> ConsentStatus.DRAFT;
        };
    }

    private static String name(Identifier identifier) {
        return identifier.getSystem() + "|" + identifier.getValue();
    }

    private static Set<String> replaced(Reference source) {
        return ActorReader.namesHere(source, Set.of("Consent")) ? Set.of(ActorReader.nameOf(source)) : Set.of();
    }

    private static Instant given(Consent consent, Instant recorded) {
        var span = consent.hasDateTime() ? TimeSpans.of(consent.getDateTimeElement()) : null;
        var last = span == null ? null : span.until();
        return last == null || last.isAfter(recorded) ? recorded : last;
    }
}
