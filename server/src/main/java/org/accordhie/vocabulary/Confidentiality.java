package org.accordhie.vocabulary;

import java.util.Arrays;
import java.util.Optional;

/**
 * How protected a resource is, least first: the order of the constants is the order of protection.
 *
 * <p>Source: HL7 v3 Confidentiality.
 */
public enum Confidentiality {
    U,
    L,
    M,
    N,
    R,
    V;

    /** The code system's canonical address. */
    public static final String SYSTEM = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

    /** Empty if the code is not one of the six. */
    public static Optional<Confidentiality> ofCode(String code) {
        return Arrays.stream(values())
                .filter(level -> level.name().equals(code))
                .findFirst();
    }

    /** Whether this level protects at least as much as the other. */
    public boolean isAtLeast(Confidentiality other) {
        return compareTo(other) >= 0;
    }
}
