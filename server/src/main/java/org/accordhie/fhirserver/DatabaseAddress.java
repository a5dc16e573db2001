package org.accordhie.fhirserver;

/**
 * Where the PostgreSQL database is and who the server is to it.
 *
 * @param url a JDBC address
 * @param user the server's role
 * @param password that role's password; empty where the database asks none
 */
public record DatabaseAddress(String url, String user, String password) {

    /** Leaves the password out, since records end up in logs. */
    @Override
    public String toString() {
        return url + " as " + user;
    }
}
