package org.accordhie.labels;

import java.util.List;
import java.util.Set;

/** What decides over releases and must know of other labels, in the running transaction. */
public interface Reclassification {

    /** Keeps pushes about these patients waiting until the transaction has ended. */
    void hold(Set<String> patients);

    /** Puts the new labels of stored versions into force. */
    void relabel(List<Relabelled> versions);
}
