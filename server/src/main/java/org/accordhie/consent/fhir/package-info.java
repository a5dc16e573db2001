/** FHIR resources to and from the decision's own types: facts of a resource, and a Consent as a policy. */
@NullMarked
package org.accordhie.consent.fhir;

import org.jspecify.annotations.NullMarked;
