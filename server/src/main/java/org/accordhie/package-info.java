/** Accord, a FHIR R4 health information exchange. */
@NullMarked
package org.accordhie;

import org.jspecify.annotations.NullMarked;
