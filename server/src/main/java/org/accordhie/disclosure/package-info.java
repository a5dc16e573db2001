/**
 * To whom a patient's records were disclosed, and what of that the patient has a right to be told: the rules of 45 CFR 164.528
 * and 42 CFR 2.25 over what the audit trail and others have recorded.
 *
 * <p>Nothing here knows of Spring, FHIR, HTTP or a database, and nothing here reads a clock.
 */
@NullMarked
package org.accordhie.disclosure;

import org.jspecify.annotations.NullMarked;
