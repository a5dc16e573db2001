package org.accordhie.benchmark.predicate;

/** A way to keep rows from a requester, all of them in one database and by the same classes and consents. */
enum Way {
    /** Nothing is kept away: the tables themselves. */
    TABLES("the tables themselves", "SET LOCAL search_path = public", "RESET ROLE"),
    /** The released views, as the exchange uses them. */
    VIEWS("released views", "SET LOCAL search_path = accord_released", "RESET ROLE"),
    /** The predicate of these views as PostgreSQL's row-level security, for a role that owns nothing. */
    ROW_SECURITY("row-level security", "SET LOCAL search_path = public", "SET LOCAL ROLE accord_measured"),
    /** The number of the release class in HAPI's PARTITION_ID, and the permitted numbers in each condition. */
    PARTITIONS("class in PARTITION_ID", "SET LOCAL search_path = accord_by_class, public", "RESET ROLE");

    /** As in tables. */
    final String label;

    private final String path;
    private final String role;

    Way(String label, String path, String role) {
        this.label = label;
        this.path = path;
        this.role = role;
    }

    /** What the transaction must be told first. */
    String settings() {
        return path + "; " + role;
    }
}
