package org.accordhie.fhirserver;

/**
 * The role that owns the tables and changes them when the server has a new version. The server itself works under another, which
 * may add to the audit trail and not change it.
 *
 * @param user the role; not a superuser
 * @param password its password; empty where the database asks none
 */
public record DatabaseOwner(String user, String password) {

    /** Leaves the password out, since records end up in logs. */
    @Override
    public String toString() {
        return user;
    }
}
