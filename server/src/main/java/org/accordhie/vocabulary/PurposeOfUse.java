package org.accordhie.vocabulary;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a requester asks. A rule about a purpose covers the purposes below it.
 *
 * <p>Source: HL7 v3 ActReason, the concepts below {@code PurposeOfUse}. Codes and hierarchy are HL7's.
 */
public enum PurposeOfUse {
    TREAT(null),
    ETREAT(TREAT),
    BTG(ETREAT),
    ERTREAT(ETREAT),
    CLINTRL(TREAT),
    COC(TREAT),
    TREATDS(TREAT),
    POPHLTH(TREAT),
    HPAYMT(null),
    CLMATTCH(HPAYMT),
    COVAUTH(HPAYMT),
    COVERAGE(HPAYMT),
    ELIGDTRM(COVERAGE),
    ELIGVER(COVERAGE),
    ENROLLM(COVERAGE),
    MILDCRG(COVERAGE),
    REMITADV(HPAYMT),
    HOPERAT(null),
    CAREMGT(HOPERAT),
    DONAT(HOPERAT),
    FRAUD(HOPERAT),
    GOV(HOPERAT),
    HACCRED(HOPERAT),
    HCOMPL(HOPERAT),
    HDECD(HOPERAT),
    HDIRECT(HOPERAT),
    HDM(HOPERAT),
    HLEGAL(HOPERAT),
    HOUTCOMS(HOPERAT),
    HPRGRP(HOPERAT),
    HQUALIMP(HOPERAT),
    HSYSADMIN(HOPERAT),
    LABELING(HSYSADMIN),
    METAMGT(HSYSADMIN),
    MEMADMIN(HOPERAT),
    MILCDM(HOPERAT),
    PATADMIN(HOPERAT),
    PATSFTY(HOPERAT),
    PERFMSR(HOPERAT),
    RECORDMGT(HOPERAT),
    SYSDEV(HOPERAT),
    HTEST(SYSDEV),
    TRAIN(HOPERAT),
    HMARKT(null),
    HRESCH(null),
    BIORCH(HRESCH),
    CLINTRCH(HRESCH),
    CLINTRCHNPC(CLINTRCH),
    CLINTRCHPC(CLINTRCH),
    PRECLINTRCH(CLINTRCH),
    TRANSRCH(HRESCH),
    DSRCH(HRESCH),
    POARCH(HRESCH),
    PATRQT(null),
    FAMRQT(PATRQT),
    PWATRNY(PATRQT),
    SUPNWK(PATRQT),
    PUBHLTH(null),
    DISASTER(PUBHLTH),
    THREAT(PUBHLTH);

    /** The code system's canonical address. */
    public static final String SYSTEM = "http://terminology.hl7.org/CodeSystem/v3-ActReason";

    /** The same code system as an object identifier, as UDAP's {@code hl7-b2b} extension writes it. */
    public static final String OID = "urn:oid:2.16.840.1.113883.5.8";

    private final @Nullable PurposeOfUse broader;

    PurposeOfUse(@Nullable PurposeOfUse broader) {
        this.broader = broader;
    }

    /** Empty if the code is none of this list: an unknown purpose permits nothing. */
    public static Optional<PurposeOfUse> ofCode(String code) {
        return Arrays.stream(values())
                .filter(purpose -> purpose.name().equals(code))
                .findFirst();
    }

    /** Whether this is the given purpose or one below it. */
    public boolean isWithin(PurposeOfUse purpose) {
        return this == purpose || (broader != null && broader.isWithin(purpose));
    }
}
