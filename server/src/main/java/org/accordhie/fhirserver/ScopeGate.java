package org.accordhie.fhirserver;

/** Says no to what the token's scopes do not grant, before storage is asked. */
public interface ScopeGate {

    /**
     * Passes what is granted.
     *
     * @throws ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException for everything else
     */
    void check(RequestedInteraction asked);
}
