package org.accordhie.consent;

/** Where the rules of law and organisation come from. */
public interface PolicySource {

    /** The rules in force, as the running transaction sees them. */
    ReleasePolicy inForce();
}
