package org.accordhie.vocabulary;

/**
 * A code with the system that defines it.
 *
 * @param system the code system's canonical address; empty where the source gave none
 * @param code the code, case-sensitive
 */
public record Coding(String system, String code) {

    @Override
    public String toString() {
        return system + "|" + code;
    }
}
