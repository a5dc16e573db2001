/**
 * What a source may push, what it calls things, and how two pushes of one thing are known to be one.
 *
 * <p>Pure: nothing here knows of Spring, FHIR, HTTP or a database, and nothing here reads a clock.
 */
@NullMarked
package org.accordhie.intake;

import org.jspecify.annotations.NullMarked;
