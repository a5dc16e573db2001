package org.accordhie.benchmark.server;

/** As whom the benchmark asks: partners that Accord's development authorization server knows. */
public enum Role {
    /** A clinic that treats, and wrote nothing of what it reads. */
    READER("riverside-clinic", "system/*.rs"),
    /** The hospital that pushes everything. */
    WRITER("lakeside-hospital", "system/*.cruds"),
    /** Who writes down the consents. */
    OFFICER("privacy-officer", "user/*.cruds");

    final String partner;
    final String scope;

    Role(String partner, String scope) {
        this.partner = partner;
        this.scope = scope;
    }
}
