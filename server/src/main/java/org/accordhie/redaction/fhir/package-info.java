/** Elements of FHIR resources: which of them carry labels, and how they are taken out. */
@NullMarked
package org.accordhie.redaction.fhir;

import org.jspecify.annotations.NullMarked;
