package org.accordhie.intake.fhir;

/** Another transaction pushed one of the same things and was committed first; the running one must be tried again. */
public final class PushedMeanwhile extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PushedMeanwhile() {
        super("another push of the same things came first");
    }
}
