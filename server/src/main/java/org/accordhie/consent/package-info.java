/**
 * The policy decision point: a request, the facts of a resource and the rules in force go in, a decision with its reasons
 * comes out.
 *
 * <p>Pure: nothing here knows of Spring, FHIR, HTTP or a database, and nothing here reads a clock. Start with
 * {@code DecisionPoint}. The rule is explained in {@code docs/consent.md}.
 */
@NullMarked
package org.accordhie.consent;

import org.jspecify.annotations.NullMarked;
