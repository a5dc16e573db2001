package org.accordhie.disclosure;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.accordhie.vocabulary.PurposeOfUse;

/**
 * Records about one patient went to somebody: one event of the audit trail, or what a source reports of itself.
 *
 * @param id of the event, or of the report
 * @param at when
 * @param recipient to whom
 * @param reason why
 * @param place where
 * @param contents what, as far as it is about this patient; empty where it is no longer known
 */
public record Disclosure(
        String id, Instant at, Recipient recipient, Reason reason, Place place, List<Content> contents) {

    public Disclosure {
        contents = List.copyOf(contents);
    }

    /**
     * Why.
     *
     * @param purposes what the recipient or the reporter says; empty where they do not
     * @param basis on what right, as far as it is said
     * @param emergency whether the recipient declared one, so that no consent was asked for
     */
    public record Reason(Set<PurposeOfUse> purposes, Basis basis, boolean emergency) {

        public Reason {
            purposes = Set.copyOf(purposes);
        }
    }

    /** Where a disclosure was made. */
    public enum Place {
        /** By this exchange. */
        EXCHANGE,
        /** Elsewhere, through an electronic health record. */
        ELECTRONIC,
        /** Elsewhere, on paper, by telephone, by fax or on a medium. */
        OTHER;

        boolean isElectronicRecord() {
            return this != OTHER;
        }
    }

    /**
     * Resources of one kind.
     *
     * @param kind a resource type, or the words of whoever reports it
     * @param count how many
     * @param part2 whether they are records of substance use that 42 CFR Part 2 protects
     * @param own whether the recipient wrote them itself
     */
    public record Content(String kind, int count, boolean part2, boolean own) {}

    /** The same disclosure, as if nothing but this had been disclosed. */
    Disclosure telling(List<Content> only) {
        return new Disclosure(id, at, recipient, reason, place, only);
    }

    /** The same disclosure to a recipient of whom more is known. */
    public Disclosure to(Recipient known) {
        return new Disclosure(id, at, known, reason, place, contents);
    }

    boolean isForTreatmentPaymentOrOperations() {
        return reason.basis().leavesItToThePurpose() && Purposes.areTreatmentPaymentOrOperations(reason.purposes());
    }

    boolean isToTheIndividual() {
        return recipient.standing() == Recipient.Standing.INDIVIDUAL
                || Purposes.areThePatientsRequest(reason.purposes());
    }

    /** What the exchange releases of Part 2 records, it releases by the patient's consent, save in emergencies. */
    boolean isWithConsent() {
        return reason.basis() == Basis.CONSENT
                || reason.basis() == Basis.AUTHORIZATION
                || (place == Place.EXCHANGE && !reason.emergency());
    }

    boolean isNeitherConsentedNorElectronic() {
        return isForTreatmentPaymentOrOperations() ? !place.isElectronicRecord() : !isWithConsent();
    }

    /** Whether further ones of its kind may be told by their number. Source: 45 CFR 164.528(b)(3). */
    boolean maySumUp() {
        return reason.basis().leavesItToThePurpose()
                ? Purposes.areOneOfPublicInterest(reason.purposes())
                : reason.basis().isOfPublicInterest();
    }

    boolean isOwn() {
        return !contents.isEmpty() && contents.stream().allMatch(Content::own);
    }
}
