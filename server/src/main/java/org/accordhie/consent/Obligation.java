package org.accordhie.consent;

import java.util.Set;
import org.accordhie.vocabulary.ElementLabels;

/** What must be done with a resource before it is released (XACML 3.0, obligation). Who cannot carry it out releases nothing. */
public sealed interface Obligation {

    /**
     * Take out every element that carries one of these sets of labels.
     *
     * @param labels as the elements carry them, with those of the elements they stand in
     */
    record Redact(Set<ElementLabels> labels) implements Obligation {

        public Redact {
            labels = Set.copyOf(labels);
        }
    }

    /**
     * Take out these elements, of the resource and of those contained in it.
     *
     * @param elements named by the rules of law and organisation
     */
    record Remove(Set<NamedElement> elements) implements Obligation {

        public Remove {
            elements = Set.copyOf(elements);
        }
    }
}
