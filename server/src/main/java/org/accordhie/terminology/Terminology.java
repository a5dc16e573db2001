package org.accordhie.terminology;

import java.util.Set;
import org.accordhie.vocabulary.Coding;

/** What codes and value sets stand for, as the running transaction sees it. */
public interface Terminology {

    /**
     * The code and every code below it; the code alone where its system is not loaded or does not have it.
     *
     * <p>Source: FHIR R4, CodeSystem, subsumption testing ({@code subsumes} and {@code equivalent}).
     */
    Set<Coding> covered(Coding code);

    /**
     * The codes of a value set in force, never none; empty where no such value set is in force, which says nothing about any
     * code and must not be taken for a set without members.
     *
     * @param valueSetUrl its canonical address, with or without {@code |version}
     */
    Set<Coding> members(String valueSetUrl);
}
