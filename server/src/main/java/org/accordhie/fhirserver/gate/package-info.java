/**
 * The first step of every request: looks at the bytes before any parser does, and refuses what a parser must not meet.
 *
 * <p>The scanners know neither Spring nor HAPI; only the filters do. Nothing here repeats a value of the body.
 */
@NullMarked
package org.accordhie.fhirserver.gate;

import org.jspecify.annotations.NullMarked;
