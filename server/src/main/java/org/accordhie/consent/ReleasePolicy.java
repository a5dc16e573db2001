package org.accordhie.consent;

import java.util.Set;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.ExchangeRole;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;

/**
 * The rules of law and organisation that stand around the patients' consents: a United States exchange in which a patient
 * takes part unless they opt out.
 *
 * <p>Sources: 45 CFR 164.506(c) permits treatment, payment and health care operations without consent and 164.502(b) asks
 * payment and operations to keep to what is necessary; 42 CFR 2.31 and 2.33 ask the patient's own consent for records of
 * substance use treatment; 45 CFR 164.524 gives patients access to their own records. Thread-safe, holds no state.
 */
public final class ReleasePolicy {

    /** Sensitivities that need the patient's own yes. Source: HL7 v3 ActCode, substance use (42 CFR Part 2). */
    private static final Set<String> REQUIRES_CONSENT = Set.of("ETH", "ETHUD", "OPIOIDUD", "SUD");

    /** Types that describe the exchange's participants and products, not a patient. */
    private static final Set<String> DIRECTORY =
            Set.of("Organization", "Practitioner", "PractitionerRole", "Location", "Medication");

    /** What this policy needs to know of a resource. */
    public enum Category {
        /** Names no patient, and is of a type that describes participants and products. */
        DIRECTORY,
        /** A patient's demographics. */
        DEMOGRAPHICS,
        /** A consent: it tells what its patient hides. */
        CONSENT,
        /** Anything about a patient. */
        RECORD,
        /** Names no patient although its type is about one: nobody's consent can be asked. */
        UNATTRIBUTED
    }

    /** The resource's category. */
    Category categoryOf(ResourceFacts facts) {
        if (facts.type().equals("Consent")) {
            return Category.CONSENT;
        }
        if (facts.type().equals("Patient")) {
            return Category.DEMOGRAPHICS;
        }
        if (!facts.patients().isEmpty()) {
            return Category.RECORD;
        }
        // A drug that tells an illness is no entry of a directory.
        var tells = facts.type().equals("Medication") && !facts.sensitivities().isEmpty();
        return DIRECTORY.contains(facts.type()) && !tells ? Category.DIRECTORY : Category.UNATTRIBUTED;
    }

    /** Whether a sensitivity needs the patient's own yes. */
    boolean requiresConsent(String sensitivity) {
        return REQUIRES_CONSENT.contains(sensitivity);
    }

    /** ALWAYS: an organisation reads what it wrote. */
    public boolean isAuthor(Requester requester, ResourceFacts facts) {
        return !facts.source().isEmpty() && facts.source().equals(requester.organization());
    }

    /** ALWAYS: patients read their own records with their own apps. */
    public boolean isOwnRecord(Requester requester, ResourceFacts facts) {
        return requester.patient() != null
                && facts.patients().equals(Set.of(requester.patient()))
                && facts.compartments().contains(requester.patient());
    }

    /** ALWAYS: whom the exchange knows may read the directory, and its privacy officers manage consents. */
    boolean always(Category category, Requester requester) {
        return switch (category) {
            case DIRECTORY -> true;
            case CONSENT, DEMOGRAPHICS -> requester.is(ExchangeRole.PRIVACY_OFFICER);
            case RECORD, UNATTRIBUTED -> false;
        };
    }

    /** NEVER: consents go to nobody else, and what names no patient is not released. */
    boolean never(Category category) {
        return category == Category.CONSENT || category == Category.UNATTRIBUTED;
    }

    /** DEFAULT: what holds where the patient has said nothing. */
    boolean byDefault(Confidentiality confidentiality, RequesterCriteria.Asked asked) {
        return asked.purpose()
                .map(purpose -> {
                    if (purpose.isWithin(PurposeOfUse.TREAT)) {
                        return Confidentiality.R.isAtLeast(confidentiality);
                    }
                    return (purpose.isWithin(PurposeOfUse.HPAYMT) || purpose.isWithin(PurposeOfUse.HOPERAT))
                            && Confidentiality.N.isAtLeast(confidentiality);
                })
                .orElse(false);
    }
}
