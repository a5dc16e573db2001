/**
 * What was released or written, to whom, under what right: the record of an access.
 *
 * <p>Pure: nothing here knows of Spring, FHIR, HTTP or a database, and nothing here reads a clock.
 */
@NullMarked
package org.accordhie.audit;

import org.jspecify.annotations.NullMarked;
