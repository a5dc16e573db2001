/** The settings, and what the server is made of. */
@NullMarked
package org.accordhie.fhirserver;

import org.jspecify.annotations.NullMarked;
