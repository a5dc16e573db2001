/**
 * What codes mean here: the hierarchies of the loaded code systems, the members of the loaded value sets, and so which codes a
 * code or a value set that a consent names stands for.
 *
 * <p>Pure: nothing here knows of Spring, FHIR, HTTP or a database, and nothing here reads a clock. Start with
 * {@code Terminology}. What can be loaded is told in {@code docs/terminology.md}.
 */
@NullMarked
package org.accordhie.terminology;

import org.jspecify.annotations.NullMarked;
