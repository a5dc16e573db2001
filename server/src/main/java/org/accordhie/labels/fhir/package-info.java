/** Puts the labels of the rules on FHIR resources. */
@NullMarked
package org.accordhie.labels.fhir;

import org.jspecify.annotations.NullMarked;
