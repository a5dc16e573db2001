/**
 * Who acts as what: the members of care teams, and the people behind the roles that they hold.
 *
 * <p>Pure: nothing here knows of Spring, FHIR, HTTP or a database, and nothing here reads a clock. Start with
 * {@code Directory}.
 */
@NullMarked
package org.accordhie.directory;

import org.jspecify.annotations.NullMarked;
