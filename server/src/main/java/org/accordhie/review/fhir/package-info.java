/** Reviews as FHIR resources, and the people that the rules compare as the directory and the record have them. */
@NullMarked
package org.accordhie.review.fhir;

import org.jspecify.annotations.NullMarked;
