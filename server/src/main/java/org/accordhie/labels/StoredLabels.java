package org.accordhie.labels;

import java.util.Collection;
import java.util.Map;

/** The labels of what is stored, with their bases, as the running transaction sees them. */
public interface StoredLabels {

    /** The labels of the current versions of resources, as {@code [type]/[id]}; nothing for what is not there. */
    Map<String, Labels> of(Collection<String> addresses);

    /** The bases of the labels of versions that the rules labelled, by label code. */
    Map<Version, Map<String, LabelBasis>> basesOf(Collection<Version> versions);

    /** Keeps the bases of new versions' labels, in the running transaction. */
    void put(Map<Version, Labels> labels);

    /**
     * A version of a resource.
     *
     * @param type the resource type
     * @param id the logical id
     * @param version counted from 1
     */
    record Version(String type, String id, long version) {}
}
