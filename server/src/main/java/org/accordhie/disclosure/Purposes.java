package org.accordhie.disclosure;

import static org.accordhie.vocabulary.PurposeOfUse.DONAT;
import static org.accordhie.vocabulary.PurposeOfUse.GOV;
import static org.accordhie.vocabulary.PurposeOfUse.HDECD;
import static org.accordhie.vocabulary.PurposeOfUse.HOPERAT;
import static org.accordhie.vocabulary.PurposeOfUse.HPAYMT;
import static org.accordhie.vocabulary.PurposeOfUse.HRESCH;
import static org.accordhie.vocabulary.PurposeOfUse.MILCDM;
import static org.accordhie.vocabulary.PurposeOfUse.MILDCRG;
import static org.accordhie.vocabulary.PurposeOfUse.PATRQT;
import static org.accordhie.vocabulary.PurposeOfUse.PUBHLTH;
import static org.accordhie.vocabulary.PurposeOfUse.TREAT;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import org.accordhie.vocabulary.PurposeOfUse;

/** What the law makes of HL7's purposes of use. Where purposes differ, all of them must be so. */
final class Purposes {

    /**
     * Below payment or operations in HL7's hierarchy, and neither in law: donation (45 CFR 164.512(h)), the dead (g), and
     * functions of government and the military (k).
     */
    private static final Set<PurposeOfUse> NEITHER_PAYMENT_NOR_OPERATIONS =
            EnumSet.of(DONAT, HDECD, GOV, MILCDM, MILDCRG);

    private Purposes() {}

    /** Treatment, payment and health care operations. Source: 45 CFR 164.501, 164.506. */
    static boolean areTreatmentPaymentOrOperations(Set<PurposeOfUse> purposes) {
        return all(
                purposes,
                purpose -> !NEITHER_PAYMENT_NOR_OPERATIONS.contains(purpose)
                        && (purpose.isWithin(TREAT) || purpose.isWithin(HPAYMT) || purpose.isWithin(HOPERAT)));
    }

    /** The patient's request, or that of somebody in the patient's place. Source: 45 CFR 164.502(a)(1)(i), (g). */
    static boolean areThePatientsRequest(Set<PurposeOfUse> purposes) {
        return all(purposes, purpose -> purpose.isWithin(PATRQT));
    }

    /** One purpose of 45 CFR 164.512. */
    static boolean areOneOfPublicInterest(Set<PurposeOfUse> purposes) {
        return purposes.size() == 1
                && all(
                        purposes,
                        purpose -> NEITHER_PAYMENT_NOR_OPERATIONS.contains(purpose)
                                || purpose.isWithin(HRESCH)
                                || purpose.isWithin(PUBHLTH));
    }

    /** Who does not say why has none of them. */
    private static boolean all(Set<PurposeOfUse> purposes, Predicate<PurposeOfUse> test) {
        return !purposes.isEmpty() && purposes.stream().allMatch(test);
    }
}
