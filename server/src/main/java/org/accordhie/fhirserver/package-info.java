/**
 * Runs HAPI FHIR: the servlet, the storage, the order of every step, and what the steps hand on.
 *
 * <p>Knows the kinds of steps and imports no feature; the features register theirs. Read {@code RequestLine} first.
 */
@NullMarked
package org.accordhie.fhirserver;

import org.jspecify.annotations.NullMarked;
