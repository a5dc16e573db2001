package org.accordhie.fhirserver;

/** Says no to what the token's scopes do not grant, before storage is asked. */
public interface ScopeGate {

    /**
     * Passes what is granted.
     *
     * @throws ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException for everything else
     */
    void check(RequestedInteraction asked);

    /**
     * Passes what is granted of what the exchange keeps about itself. A token that is bound to a part of somebody's data is
     * not for that.
     *
     * @throws ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException for everything else
     */
    void checkOwn(RequestedInteraction asked);
}
