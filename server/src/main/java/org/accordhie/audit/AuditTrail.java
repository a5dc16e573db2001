package org.accordhie.audit;

/** Where accesses are recorded. */
public interface AuditTrail {

    /** Adds a record in the running transaction; if that fails nothing may leave. */
    void add(AccessRecord accessed);
}
