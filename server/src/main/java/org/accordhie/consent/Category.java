package org.accordhie.consent;

import java.util.Set;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;

/** What an exchange is, whatever its law: which resources are nobody's record, and who looks after them. */
public enum Category {
    /** Names no patient, and is of a type that describes participants, products and terms. */
    DIRECTORY,
    /** A patient's demographics. */
    DEMOGRAPHICS,
    /** A consent: it tells what its patient hides. */
    CONSENT,
    /** Anything about a patient. */
    RECORD,
    /** Names no patient although its type is about one: nobody's consent can be asked. */
    UNATTRIBUTED;

    private static final Set<String> DIRECTORY_TYPES = Set.of(
            "CodeSystem", "Location", "Medication", "Organization", "Practitioner", "PractitionerRole", "ValueSet");

    /** The resource's category. */
    static Category of(ResourceFacts facts) {
        if (facts.type().equals("Consent")) {
            return CONSENT;
        }
        if (!facts.patients().isEmpty()) {
            return facts.type().equals("Patient") ? DEMOGRAPHICS : RECORD;
        }
        // A drug that tells an illness is no entry of a directory.
        var tells = facts.type().equals("Medication") && !facts.sensitivities().isEmpty();
        return DIRECTORY_TYPES.contains(facts.type()) && !tells ? DIRECTORY : UNATTRIBUTED;
    }

    /** Whether resources of a type are a directory's or consents, over which no rule of law or organisation is asked. */
    public static boolean isBeyondPolicies(String type) {
        return type.equals("Consent") || DIRECTORY_TYPES.contains(type);
    }

    /** ALWAYS: whom the exchange knows may read the directory, and its privacy officers manage consents. */
    boolean always(Requester requester) {
        return switch (this) {
            case DIRECTORY -> true;
            case CONSENT, DEMOGRAPHICS -> requester.is(ExchangeRole.PRIVACY_OFFICER);
            case RECORD, UNATTRIBUTED -> false;
        };
    }

    /** Whether every resource of a type is always released to a requester, whoever it is about. */
    static boolean alwaysReleases(String type, Requester requester) {
        return type.equals("Patient") && DEMOGRAPHICS.always(requester);
    }

    /** NEVER: consents go to nobody else, and what names no patient is not released. */
    boolean never() {
        return this == CONSENT || this == UNATTRIBUTED;
    }
}
