package org.accordhie.benchmark.server;

import java.util.Locale;

/** A server that is measured. */
public enum Variant {
    /** Accord's jar as it was built: decisions, audit, a fifth of the patients with consents. */
    ACCORD(0),
    /** HAPI JPA with the stock starter's settings, without security. The baseline. */
    PLAIN(1),
    /** The same with HAPI's ConsentInterceptor and Accord's decisions. */
    CONSENT(2),
    /** Accord without decisions and audit. */
    UNENFORCED(3),
    /** Accord with all decisions and without the writing of audit events: beside {@link #ACCORD}, what auditing costs. */
    UNAUDITED(4),
    /** Accord's jar started in another way: other options of the JVM, another JVM, other settings. */
    LEVER(5);

    /** Which of the ports are its own. */
    final int place;

    Variant(int place) {
        this.place = place;
    }

    /** As in tables and on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it asks for tokens. */
    public boolean isAccord() {
        return this != PLAIN && this != CONSENT;
    }
}
