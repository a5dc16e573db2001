package org.accordhie.labels;

/** A rule file that cannot be carried out as it is written; the message names the place. */
public final class MalformedLabelRules extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong.
     *
     * @param place where in the file, such as {@code rules[3].words[0]}
     */
    public MalformedLabelRules(String place, String problem) {
        super(place + ": " + problem);
    }
}
