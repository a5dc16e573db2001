package org.accordhie.disclosure;

import org.accordhie.vocabulary.Sensitivity;

/** Which records 42 CFR Part 2 protects, by their security labels. */
public final class Part2 {

    /** HL7's code of the law itself, as a policy that a record is under. Source: HL7 v3 ActCode. */
    private static final String POLICY = "42CFRPart2";

    private Part2() {}

    /** Whether a label of v3-ActCode says that a record is of substance use. */
    public static boolean covers(String label) {
        return label.equals(POLICY) || Sensitivity.isWithin(label, "ETH") || Sensitivity.isWithin(label, "SUD");
    }
}
