/** Records of accesses as FHIR AuditEvents. */
@NullMarked
package org.accordhie.audit.fhir;

import org.jspecify.annotations.NullMarked;
