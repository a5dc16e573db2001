package org.accordhie.consent;

import java.util.List;
import java.util.Set;
import org.accordhie.consent.ConsentPolicy.Computable;
import org.accordhie.consent.HardRule.Kind;
import org.accordhie.consent.ResourceCriteria.DataClasses;
import org.accordhie.consent.ResourceCriteria.DataCodes;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Sensitivity;
import org.accordhie.vocabulary.TimeSpan;

/** The shipped rules of law as the decision reads them, written out a second time. */
final class Packs {

    static final String PART_2 = "https://www.ecfr.gov/current/title-42/part-2";

    static final ReleasePolicy US_OPT_OUT = new ReleasePolicy(List.of(
            new HardRule(
                    Kind.DEFAULT,
                    "Treatment, payment and health care operations without a consent (45 CFR 164.506(c)); of payment and"
                            + " operations what is of normal confidentiality (164.502(b))",
                    rule(
                            List.of(
                                    "https://www.ecfr.gov/current/title-45/section-164.506",
                                    "https://www.ecfr.gov/current/title-45/section-164.502"),
                            "Consent/policy-us-hipaa-tpo/_history/1",
                            LabelCriteria.ANY,
                            permit(0, Confidentiality.R, PurposeOfUse.TREAT),
                            permit(1, Confidentiality.N, PurposeOfUse.HPAYMT, PurposeOfUse.HOPERAT),
                            permit(2, Confidentiality.R, PurposeOfUse.BTG))),
            new HardRule(
                    Kind.REQUIRES_CONSENT,
                    "Substance use disorder records (42 CFR 2.31; in a medical emergency 2.51)",
                    rule(
                            List.of(PART_2),
                            "Consent/policy-us-part2/_history/1",
                            new LabelCriteria(Set.of("ETH", "SUD"), Set.of()),
                            new Provision(
                                    "Consent.provision.provision[0]",
                                    Effect.PERMIT,
                                    asking(PurposeOfUse.BTG),
                                    ResourceCriteria.ANYTHING,
                                    List.of()))),
            new HardRule(
                    Kind.REQUIRES_CONSENT,
                    "Psychotherapy notes (45 CFR 164.508(a)(2)) and substance use disorder counseling notes"
                            + " (42 CFR 2.31(b))",
                    rule(
                            List.of(
                                    "https://www.ecfr.gov/current/title-45/section-164.508",
                                    "https://www.ecfr.gov/current/title-42/section-2.31"),
                            "Consent/policy-us-psychotherapy-notes/_history/1",
                            new LabelCriteria(Set.of("PSYTHPN"), Set.of())))));

    private Packs() {}

    private static Computable rule(List<String> bases, String id, LabelCriteria labels, Provision... exceptions) {
        return new Computable(
                id,
                TimeSpan.ALWAYS,
                bases,
                Effect.DENY,
                RequesterCriteria.ANYBODY,
                labelled(labels),
                List.of(exceptions));
    }

    private static Provision permit(int index, Confidentiality highest, PurposeOfUse... purposes) {
        return new Provision(
                "Consent.provision.provision[" + index + "]",
                Effect.PERMIT,
                asking(purposes),
                labelled(new LabelCriteria(Set.of(Sensitivity.ANY), Set.of(highest))),
                List.of());
    }

    private static RequesterCriteria asking(PurposeOfUse... purposes) {
        return new RequesterCriteria(TimeSpan.ALWAYS, List.of(), List.of(purposes), List.of());
    }

    private static ResourceCriteria labelled(LabelCriteria labels) {
        return new ResourceCriteria(Set.of(), DataClasses.ANY, DataCodes.ANY, labels, null, Set.of());
    }
}
