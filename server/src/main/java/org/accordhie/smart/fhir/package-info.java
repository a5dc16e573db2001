/** What scopes need to know of FHIR resources and searches, read from them. */
@NullMarked
package org.accordhie.smart.fhir;

import org.jspecify.annotations.NullMarked;
