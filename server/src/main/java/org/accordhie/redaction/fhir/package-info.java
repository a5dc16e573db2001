/** Elements of FHIR resources, and how they are taken out. */
@NullMarked
package org.accordhie.redaction.fhir;

import org.jspecify.annotations.NullMarked;
