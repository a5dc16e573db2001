package org.accordhie.disclosure;

import org.jspecify.annotations.Nullable;

/** Why a disclosure is not in an accounting. In doubt none applies, and it is told. */
public enum Exclusion {
    /** The exchange's own officers look at what it holds: that is a use. */
    USE_BY_THE_EXCHANGE("45 CFR 160.103, disclosure"),
    /** A source gets back what it wrote itself: nothing left it that it did not have. */
    OWN_RECORDS("45 CFR 160.103, disclosure"),
    TREATMENT_PAYMENT_OPERATIONS("45 CFR 164.528(a)(1)(i)"),
    TO_THE_INDIVIDUAL("45 CFR 164.528(a)(1)(ii); 42 CFR 2.23"),
    INCIDENTAL("45 CFR 164.528(a)(1)(iii)", Basis.INCIDENTAL),
    AUTHORIZATION("45 CFR 164.528(a)(1)(iv)", Basis.AUTHORIZATION),
    DIRECTORY_OR_CARE("45 CFR 164.528(a)(1)(v)", Basis.DIRECTORY_OR_CARE),
    NATIONAL_SECURITY("45 CFR 164.528(a)(1)(vi)", Basis.NATIONAL_SECURITY),
    CUSTODY("45 CFR 164.528(a)(1)(vii)", Basis.CUSTODY),
    LIMITED_DATA_SET("45 CFR 164.528(a)(1)(viii)", Basis.LIMITED_DATA_SET),
    /** Nothing of it was a record that Part 2 protects. */
    NOT_PART_2("42 CFR 2.11, records"),
    /** Part 2 counts what was disclosed with consent, and of treatment, payment and operations what was electronic. */
    NEITHER_CONSENTED_NOR_ELECTRONIC("42 CFR 2.25(a), (b)(1)");

    private final String citation;
    private final @Nullable Basis basis;

    Exclusion(String citation) {
        this(citation, null);
    }

    Exclusion(String citation, @Nullable Basis basis) {
        this.citation = citation;
        this.basis = basis;
    }

    /** Where the law says so. */
    public String citation() {
        return citation;
    }

    /** Whether it holds for a disclosure, of which only what the rule is about is given. */
    boolean appliesTo(Disclosure disclosure) {
        return switch (this) {
            case USE_BY_THE_EXCHANGE -> disclosure.recipient().standing() == Recipient.Standing.EXCHANGE;
            case OWN_RECORDS -> disclosure.isOwn();
            case TREATMENT_PAYMENT_OPERATIONS -> disclosure.isForTreatmentPaymentOrOperations();
            case TO_THE_INDIVIDUAL -> disclosure.isToTheIndividual();
            case NOT_PART_2 -> disclosure.contents().isEmpty();
            case NEITHER_CONSENTED_NOR_ELECTRONIC -> disclosure.isNeitherConsentedNorElectronic();
            default -> disclosure.reason().basis() == basis;
        };
    }
}
