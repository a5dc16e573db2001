package org.accordhie.vocabulary;

import java.util.Comparator;

/**
 * A code with the system that defines it.
 *
 * @param system the code system's canonical address; empty where the source gave none
 * @param code the code, case-sensitive
 */
public record Coding(String system, String code) {

    /** By system, those without one first, then by code. */
    public static final Comparator<Coding> ORDER =
            Comparator.comparing(Coding::system).thenComparing(Coding::code);

    @Override
    public String toString() {
        return system + "|" + code;
    }
}
