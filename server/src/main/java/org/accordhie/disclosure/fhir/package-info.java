/** Disclosures as FHIR tells them: the AuditEvent that reports one, the Parameters that account for them. */
@NullMarked
package org.accordhie.disclosure.fhir;

import org.jspecify.annotations.NullMarked;
