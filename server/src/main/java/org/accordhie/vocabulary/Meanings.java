package org.accordhie.vocabulary;

import java.util.Map;
import java.util.Optional;

/**
 * What the codes of the vocabulary mean, in words that can stand in a sentence.
 *
 * <p>Source: the displays and definitions of HL7 v3 ActReason, ActCode and Confidentiality, shortened.
 */
public final class Meanings {

    private static final Map<PurposeOfUse, String> PURPOSES = Map.ofEntries(
            Map.entry(PurposeOfUse.TREAT, "treatment"),
            Map.entry(PurposeOfUse.ETREAT, "emergency treatment"),
            Map.entry(PurposeOfUse.BTG, "breaking the glass in an emergency"),
            Map.entry(PurposeOfUse.ERTREAT, "treatment in an emergency room"),
            Map.entry(PurposeOfUse.CLINTRL, "treatment within a clinical trial"),
            Map.entry(PurposeOfUse.COC, "coordination of care"),
            Map.entry(PurposeOfUse.TREATDS, "disaster relief treatment"),
            Map.entry(PurposeOfUse.POPHLTH, "population health"),
            Map.entry(PurposeOfUse.HPAYMT, "payment"),
            Map.entry(PurposeOfUse.CLMATTCH, "claim attachment"),
            Map.entry(PurposeOfUse.COVAUTH, "authorisation of coverage"),
            Map.entry(PurposeOfUse.COVERAGE, "coverage"),
            Map.entry(PurposeOfUse.ELIGDTRM, "determining eligibility"),
            Map.entry(PurposeOfUse.ELIGVER, "verifying eligibility"),
            Map.entry(PurposeOfUse.ENROLLM, "enrolment"),
            Map.entry(PurposeOfUse.REMITADV, "remittance advice"),
            Map.entry(PurposeOfUse.HOPERAT, "health care operations"),
            Map.entry(PurposeOfUse.CAREMGT, "care management"),
            Map.entry(PurposeOfUse.DONAT, "donation"),
            Map.entry(PurposeOfUse.FRAUD, "finding fraud"),
            Map.entry(PurposeOfUse.HACCRED, "accreditation"),
            Map.entry(PurposeOfUse.HCOMPL, "compliance"),
            Map.entry(PurposeOfUse.HLEGAL, "legal proceedings"),
            Map.entry(PurposeOfUse.HOUTCOMS, "measuring outcomes"),
            Map.entry(PurposeOfUse.HQUALIMP, "improving quality"),
            Map.entry(PurposeOfUse.HSYSADMIN, "administering systems"),
            Map.entry(PurposeOfUse.PATADMIN, "administering patients"),
            Map.entry(PurposeOfUse.PATSFTY, "patient safety"),
            Map.entry(PurposeOfUse.PERFMSR, "measuring performance"),
            Map.entry(PurposeOfUse.RECORDMGT, "keeping records"),
            Map.entry(PurposeOfUse.SYSDEV, "developing systems"),
            Map.entry(PurposeOfUse.HTEST, "testing systems"),
            Map.entry(PurposeOfUse.TRAIN, "training"),
            Map.entry(PurposeOfUse.HMARKT, "marketing"),
            Map.entry(PurposeOfUse.HRESCH, "research"),
            Map.entry(PurposeOfUse.BIORCH, "biomedical research"),
            Map.entry(PurposeOfUse.CLINTRCH, "research within a clinical trial"),
            Map.entry(PurposeOfUse.TRANSRCH, "translational research"),
            Map.entry(PurposeOfUse.DSRCH, "research on a disease"),
            Map.entry(PurposeOfUse.POARCH, "research on origins and ancestry"),
            Map.entry(PurposeOfUse.PATRQT, "the patient's own request"),
            Map.entry(PurposeOfUse.FAMRQT, "a family's request"),
            Map.entry(PurposeOfUse.PWATRNY, "a request under a power of attorney"),
            Map.entry(PurposeOfUse.SUPNWK, "a supporting person's request"),
            Map.entry(PurposeOfUse.PUBHLTH, "public health"),
            Map.entry(PurposeOfUse.DISASTER, "a disaster"),
            Map.entry(PurposeOfUse.THREAT, "a threat to public health"));

    private static final Map<String, String> SENSITIVITIES = Map.ofEntries(
            Map.entry(Sensitivity.ANY, "every kind of sensitive information"),
            Map.entry("ETH", "substance use"),
            Map.entry("ETHUD", "alcohol use disorder"),
            Map.entry("OPIOIDUD", "opioid use disorder"),
            Map.entry("SUD", "substance use disorder"),
            Map.entry("SPI", "specially protected information"),
            Map.entry("BH", "behavioural health"),
            Map.entry("MH", "mental health"),
            Map.entry("PSY", "psychiatric disorders"),
            Map.entry("PSYTHPN", "psychotherapy notes"),
            Map.entry("COGN", "cognitive disorders"),
            Map.entry("DVD", "developmental disorders"),
            Map.entry("EMOTDIS", "emotional disturbance"),
            Map.entry("GDIS", "genetic disease"),
            Map.entry("HIV", "HIV and AIDS"),
            Map.entry("MST", "military sexual trauma"),
            Map.entry("PREGNANT", "pregnancy"),
            Map.entry("SCA", "sickle cell anaemia"),
            Map.entry("SICKLE", "sickle cell disease"),
            Map.entry("SDV", "sexual assault, abuse and domestic violence"),
            Map.entry("SEX", "sexuality and reproductive health"),
            Map.entry("STD", "sexually transmitted disease"),
            Map.entry("TBOO", "what the patient must not be told yet"),
            Map.entry("VIO", "violence"),
            Map.entry("DEMO", "demographics"),
            Map.entry("DOB", "date of birth"),
            Map.entry("GENDER", "gender and sexual orientation"),
            Map.entry("RACE", "race"),
            Map.entry("REL", "religion"),
            Map.entry("ADOL", "adolescence"),
            Map.entry("CEL", "celebrity"),
            Map.entry("DIA", "diagnosis"),
            Map.entry("EMP", "employees of the provider"));

    private static final Map<Confidentiality, String> CONFIDENTIALITIES = Map.of(
            Confidentiality.U, "unrestricted",
            Confidentiality.L, "low confidentiality",
            Confidentiality.M, "moderate confidentiality",
            Confidentiality.N, "normal confidentiality",
            Confidentiality.R, "restricted confidentiality",
            Confidentiality.V, "very restricted confidentiality");

    private Meanings() {}

    /** Empty where only the code is known here. */
    public static Optional<String> of(PurposeOfUse purpose) {
        return Optional.ofNullable(PURPOSES.get(purpose));
    }

    /** Of a code of v3-Confidentiality or of a sensitivity of v3-ActCode; empty where only the code is known here. */
    public static Optional<String> ofLabel(String code) {
        return Confidentiality.ofCode(code)
                .map(CONFIDENTIALITIES::get)
                .or(() -> Optional.ofNullable(SENSITIVITIES.get(code)));
    }
}
