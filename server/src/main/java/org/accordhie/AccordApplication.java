package org.accordhie;

/** The exchange's entry point. */
public final class AccordApplication {

    private AccordApplication() {}

    public static void main(String[] args) {}
}
