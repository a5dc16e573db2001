package org.accordhie.labels;

/**
 * Why a label is on a resource (HL7 DS4P 1.0.0, {@code extension-sec-label-basis}).
 *
 * @param system where the basis is defined: the address of a rule file; empty where a source put the label there
 * @param version the version of that file
 * @param code the rule
 */
public record LabelBasis(String system, String version, String code) {

    /** The source of the resource labelled it. */
    public static final LabelBasis SOURCE = new LabelBasis("", "", "");

    /** The resource refers to something that a source labelled. */
    public static final LabelBasis REFERENCE = new LabelBasis(LabelRules.SYSTEM, "", "by-reference");

    /** Whether the exchange put the label there. */
    public boolean isRule() {
        return !system.isEmpty();
    }
}
