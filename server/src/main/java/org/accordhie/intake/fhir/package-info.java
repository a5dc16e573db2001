/** A pushed bundle, entry by entry: read, identified, its references resolved, and stored. */
@NullMarked
package org.accordhie.intake.fhir;

import org.jspecify.annotations.NullMarked;
