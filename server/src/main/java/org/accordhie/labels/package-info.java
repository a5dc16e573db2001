/**
 * The security labelling service: codes and words of a record to sensitivities, by versioned rules.
 *
 * <p>Pure: nothing here knows of Spring, FHIR, HTTP or a database, and nothing here reads a clock.
 */
@NullMarked
package org.accordhie.labels;

import org.jspecify.annotations.NullMarked;
