package org.accordhie.disclosure;

import static org.accordhie.disclosure.Exclusion.AUTHORIZATION;
import static org.accordhie.disclosure.Exclusion.CUSTODY;
import static org.accordhie.disclosure.Exclusion.DIRECTORY_OR_CARE;
import static org.accordhie.disclosure.Exclusion.INCIDENTAL;
import static org.accordhie.disclosure.Exclusion.LIMITED_DATA_SET;
import static org.accordhie.disclosure.Exclusion.NATIONAL_SECURITY;
import static org.accordhie.disclosure.Exclusion.NEITHER_CONSENTED_NOR_ELECTRONIC;
import static org.accordhie.disclosure.Exclusion.NOT_PART_2;
import static org.accordhie.disclosure.Exclusion.OWN_RECORDS;
import static org.accordhie.disclosure.Exclusion.TO_THE_INDIVIDUAL;
import static org.accordhie.disclosure.Exclusion.TREATMENT_PAYMENT_OPERATIONS;
import static org.accordhie.disclosure.Exclusion.USE_BY_THE_EXCHANGE;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The law under which an accounting is given. */
public enum AccountingRule {
    /** Every disclosure of six years, but for the exceptions. */
    HIPAA("hipaa", "45 CFR 164.528", 6),
    /** Of records of substance use treatment, what three years disclosed with consent or electronically. */
    PART_2("part2", "42 CFR 2.25", 3);

    /** An earlier one is named before a later one. No disclosure is older than the exchange's compliance date, (a)(1)(ix). */
    private static final List<Exclusion> OF_HIPAA = List.of(
            USE_BY_THE_EXCHANGE,
            OWN_RECORDS,
            TREATMENT_PAYMENT_OPERATIONS,
            TO_THE_INDIVIDUAL,
            INCIDENTAL,
            AUTHORIZATION,
            DIRECTORY_OR_CARE,
            NATIONAL_SECURITY,
            CUSTODY,
            LIMITED_DATA_SET);

    private static final List<Exclusion> OF_PART_2 =
            List.of(NOT_PART_2, USE_BY_THE_EXCHANGE, OWN_RECORDS, TO_THE_INDIVIDUAL, NEITHER_CONSENTED_NOR_ELECTRONIC);

    private final String code;
    private final String citation;
    private final int years;

    AccountingRule(String code, String citation, int years) {
        this.code = code;
        this.citation = citation;
        this.years = years;
    }

    /** Empty if there is no such rule. */
    public static Optional<AccountingRule> ofCode(String code) {
        return Arrays.stream(values()).filter(rule -> rule.code.equals(code)).findFirst();
    }

    public String code() {
        return code;
    }

    /** Where the law is written. */
    public String citation() {
        return citation;
    }

    /** How far back the right reaches from the day it is asked for. */
    public int years() {
        return years;
    }

    /** Why a disclosure is not told; empty if it is. */
    public Optional<Exclusion> excludes(Disclosure disclosure) {
        var told = told(disclosure);
        return (this == PART_2 ? OF_PART_2 : OF_HIPAA)
                .stream().filter(exclusion -> exclusion.appliesTo(told)).findFirst();
    }

    /** The disclosure as far as the rule is about it, without what the recipient had itself. */
    Disclosure describe(Disclosure disclosure) {
        var told = told(disclosure);
        return told.telling(
                told.contents().stream().filter(content -> !content.own()).toList());
    }

    private Disclosure told(Disclosure disclosure) {
        return this == PART_2
                ? disclosure.telling(disclosure.contents().stream()
                        .filter(Disclosure.Content::part2)
                        .toList())
                : disclosure;
    }
}
