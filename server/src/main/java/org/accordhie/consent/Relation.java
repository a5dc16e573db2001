package org.accordhie.consent;

import java.util.Set;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;

/** ALWAYS, by what a requester is to a resource. Sources: 45 CFR 164.524 for the patients; the authors keep what is theirs. */
public enum Relation {
    /** An organisation reads what it wrote. */
    AUTHOR("the author organisation reads what it wrote"),
    /** Patients read with their own apps what is about them alone. */
    SUBJECT("a patient reads their own record"),
    /** Neither. */
    NONE("");

    private final String rule;

    Relation(String rule) {
        this.rule = rule;
    }

    /** The rule's name in a decision's reasons. */
    String rule() {
        return rule;
    }

    /** What the requester is to the resource. */
    public static Relation of(Requester requester, ResourceFacts facts) {
        if (!facts.source().isEmpty() && facts.source().equals(requester.organization())) {
            return AUTHOR;
        }
        var subject = requester.patient() != null
                && facts.patients().equals(Set.of(requester.patient()))
                && facts.compartments().contains(requester.patient());
        return subject ? SUBJECT : NONE;
    }
}
